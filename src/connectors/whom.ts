import type { Diagnosis } from "./failure.ts";

/** Whom a call names. */
export interface NamedPeople {
  /** Whom it is about, by e-mail address or id. */
  subject: string | undefined;
  /** Who else: who receives what is transferred, whose assistant someone is. */
  others: readonly string[];
}

/** The words of a message, without the marks around them, so that no address is found within another. */
function wordsOf(message: string): ReadonlySet<string> {
  const words = message.toLowerCase().split(/[\s"'“”‘’`,;()<>[\]{}]+|:(?=\S*@)|:(?=\s|$)/);
  return new Set(words.map((word) => word.replace(/[.:!?]+$/, "")));
}

/**
 * Reads a "no such user" with whom it is about: Zoom says it of everyone whom a call names. Said of someone else, it
 * is a refusal; where the message does not say of whom, nothing may be concluded about the person.
 */
export function readWhom(diagnosis: Diagnosis, { subject, others }: NamedPeople): Diagnosis {
  if (diagnosis.kind !== "not_found" || others.length === 0) return diagnosis;
  const words = wordsOf(diagnosis.message ?? "");
  const isNamed = (name: string | undefined) => name !== undefined && words.has(name.toLowerCase());
  const named = others.filter(isNamed);
  if (isNamed(subject) && named.length === 0) return diagnosis;
  return named.length > 0 && !isNamed(subject)
    ? { ...diagnosis, kind: "refused", about: "another", others: named }
    : { ...diagnosis, kind: "refused", about: "unclear", others };
}
