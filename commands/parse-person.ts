import type { EnteredTarget } from "../src/deps/person.ts";

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;
// What follows a question mark are fields of a letter, and no part of the address.
const MAILTO = /^<mailto:([^|>?]+)(?:\?[^|>]*)?(?:\|[^>]*)?>$/;
const EMAIL = /^[^\s<>@]+@[^\s<>@]+$/;

/**
 * Reads whom a word of a command means; nobody for an empty one. Nothing is guessed: a name that is neither a mention
 * nor an e-mail is `unknown`.
 */
export function parsePerson(text: string): EnteredTarget | "unknown" {
  const word = text.trim();
  if (word === "") return {};
  const mentioned = MENTION.exec(word)?.[1];
  if (mentioned !== undefined) return { slackId: mentioned };
  const email = MAILTO.exec(word)?.[1] ?? (EMAIL.test(word) ? word : undefined);
  return email === undefined ? "unknown" : { email };
}
