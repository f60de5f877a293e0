import { z } from "zod";

const longest = 255;

/** Words that stand in the place of an id but name another endpoint, or (`me`) whoever the credentials act as. */
const reservedWords = new Set([
  ".",
  "..",
  "me",
  "email",
  "vanity_name",
  "zak",
  "features",
  "summary",
  "verify",
]);

const percentSequence = /%([0-9a-f]{2})/gi;
/** %C0 and %C1 start only overlong UTF-8, an old way of hiding a dot or a slash from a check. */
const overlongSequence = /%c[01]/i;

/** As nearly every id and e-mail is written: nothing in them can be another way of writing something else. */
const PLAIN = /^[\w.@+=-]+$/;

function decodeOnce(text: string): string {
  return text.replaceAll(percentSequence, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function findFaultAsWritten(text: string): string | undefined {
  // A server may fold compatibility forms and trim, so a look-alike of a reserved word counts as the word.
  const folded = text.normalize("NFKC").trim();
  if (folded === "") return "is empty";
  if (/[\p{Cc}\p{Cf}]/u.test(text)) return "has control characters";
  if (/[/\\]/.test(folded)) return "has a slash";
  if (overlongSequence.test(text)) return "has an overlong escape";
  if (reservedWords.has(folded.toLowerCase())) return "is a reserved word";
  return undefined;
}

/** What makes `id` unfit to stand as one segment of a vendor's address, or undefined when it is fit. */
export function findPathSegmentFault(id: string): string | undefined {
  if (id.length > longest) return `is longer than ${longest} characters`;
  if (PLAIN.test(id)) return reservedWords.has(id.toLowerCase()) ? "is a reserved word" : undefined;
  if (!id.isWellFormed()) return "is not well-formed text";
  // Each layer of escaping is looked at, because nobody knows how many of them a vendor takes off.
  let text = id;
  for (;;) {
    const fault = findFaultAsWritten(text);
    if (fault !== undefined) return fault;
    const decoded = decodeOnce(text);
    if (decoded === text) return undefined;
    text = decoded;
  }
}

/**
 * Encodes an id as exactly one path segment.
 * @throws RangeError when the id could lead to another resource than the one it names
 */
export function encodePathSegment(id: string): string {
  const fault = findPathSegmentFault(id);
  if (fault !== undefined) throw new RangeError(`The id cannot stand in an address: it ${fault}.`);
  return encodeURIComponent(id);
}

/** A vendor's id, or an e-mail address where the vendor takes one for an id, fit for a path. */
export const pathId = z.string().superRefine((id, context) => {
  const fault = findPathSegmentFault(id);
  if (fault !== undefined) context.addIssue({ code: "custom", message: `the id ${fault}` });
});
