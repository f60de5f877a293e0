/** An e-mail in the one form in which it is compared and kept: Unicode NFKC, trimmed, lower-case. */
export function normaliseEmail(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

// RFC 5321: a path is at most 256 octets, of which two are the angle brackets.
const LONGEST_EMAIL = 254;

// Quoted local parts are legal and used by nobody; the characters they would allow serve injection only.
const PLAIN_ADDRESS = /^[^\s@<>()[\]\\,;:"|]+@[^\s@<>()[\]\\,;:"|]+$/u;

/**
 * Why a text cannot be trusted as an e-mail, as a sentence, or undefined when it can. The text is judged as it was
 * given: normalising first would turn one person's look-alike into another person's address.
 */
export function emailFault(text: string): string | undefined {
  if (/\p{Cc}/u.test(text)) return "The e-mail contains control characters; type it again by hand.";
  if (/[\p{Cf}\u2028\u2029]/u.test(text))
    return "The e-mail contains invisible characters or ones that turn the direction of text; type it again by hand.";
  if (/[^\S ]/u.test(text))
    return "The e-mail contains a space that only looks like one; type it again by hand.";
  const normal = normaliseEmail(text);
  if (normal.includes(" ")) return "The e-mail contains a space.";
  for (const character of text)
    if (character > "\u007F" && /[!-~ ]/.test(character.normalize("NFKC").toLowerCase()))
      return "The e-mail contains characters that only look like plain letters; type it again by hand.";
  if (Buffer.byteLength(normal) > LONGEST_EMAIL) return `The e-mail is longer than ${LONGEST_EMAIL} bytes.`;
  if (!PLAIN_ADDRESS.test(normal)) return "This is not an e-mail address.";
  // A vendor address is made from it, and a slash would lead to another one.
  if (normal.includes("/")) return "The e-mail contains a slash, with which it cannot be looked up safely.";
  return undefined;
}
