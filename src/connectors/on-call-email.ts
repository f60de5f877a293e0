import { emailAddress } from "../catalogue/email.ts";

/** Control, invisible and spacing characters, which the general pattern lets through beyond ASCII. */
const unseen = /[\p{Cc}\p{Cf}\p{Z}]/u;

/** Whether a character beyond ASCII would turn into plain letters when addresses are compared. */
function looksPlain(character: string): boolean {
  return character > "\u007F" && /[\u0020-\u007E]/.test(character.normalize("NFKC").toLowerCase());
}

/**
 * The e-mail address of someone on call, in lower case.
 * @returns undefined for what is no e-mail address, or would become another one by being compared
 */
export function readOnCallEmail(text: string): string | undefined {
  if (!emailAddress.safeParse(text).success || unseen.test(text)) return undefined;
  for (const character of text) if (looksPlain(character)) return undefined;
  return text.normalize("NFKC").toLowerCase();
}
