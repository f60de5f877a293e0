const longest = 300;
const mask = "[masked]";

/** Forms that credentials come in: an Authorization value, a JSON web token, a long run without a break. */
const tokenForms = [/\b(?:bearer|basic)\s+[\w\-.~+/=]+/gi, /\beyJ[\w-]+\.[\w\-.=]+/g, /[\w\-+]{32,}=*/g];

/**
 * Makes a vendor's message fit to be shown and stored: no control or invisible characters, nothing that is or looks
 * like a credential, at most 300 characters. Undefined when nothing is left.
 * @param secrets credentials in use, masked wherever they appear
 */
export function cleanVendorMessage(message: string, secrets: readonly string[] = []): string | undefined {
  let text = message.toWellFormed();
  for (const secret of secrets) if (secret !== "") text = text.replaceAll(secret, mask);
  text = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  for (const form of tokenForms) text = text.replaceAll(form, mask);
  if (text.length > longest) text = `${text.slice(0, longest - 1).toWellFormed()}…`;
  return text === "" ? undefined : text;
}
