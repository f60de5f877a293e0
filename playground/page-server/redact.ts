const SECRET_NAME = /token|secret|password|passwd|authorization|cookie|api_?key|credential|zak\b/i;
/** Named like secrets, but only places in a list. */
const HARMLESS_NAME = /^(?:next_page_token|token_type)$/;
const SECRET_TEXT =
  /\b(?:xox[a-z]|xapp)-[\w-]+|\b(?:Bearer|Basic) [\w.~+/=-]{8,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=\/response\/)[\w/-]+/g;
const PUT_IN_PLACE = "[redacted]";

/** Takes credentials out of what is shown. */
export interface Redactor {
  text(shown: string): string;
  /** A copy of any JSON value. */
  value(shown: unknown): unknown;
}

/**
 * Hides what is named like a credential, what looks like one, and what is one.
 * @param secrets the values that are known to be secret
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const known = [...secrets].filter((secret) => secret !== "");
  function text(shown: string): string {
    let result = shown.replaceAll(SECRET_TEXT, PUT_IN_PLACE);
    for (const secret of known) result = result.replaceAll(secret, PUT_IN_PLACE);
    return result;
  }
  function value(shown: unknown): unknown {
    if (typeof shown === "string") return text(shown);
    if (Array.isArray(shown)) return shown.map(value);
    if (typeof shown !== "object" || shown === null) return shown;
    return Object.fromEntries(
      Object.entries(shown).map(([name, one]) => [
        name,
        SECRET_NAME.test(name) && !HARMLESS_NAME.test(name) ? PUT_IN_PLACE : value(one),
      ]),
    );
  }
  return { text, value };
}
