const REDACTED = "[redacted]";

/** Words that make a member's value a secret, whatever it looks like. */
const SECRET_WORDS = new Set([
  "token",
  "tokens",
  "secret",
  "secrets",
  "password",
  "passwords",
  "passcode",
  "passwd",
  "pwd",
  "authorization",
  "zak",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "jwt",
]);

/** Pairs of neighbouring words that do so. */
const SECRET_PAIRS = new Set(["host key", "api key", "auth key", "private key", "access key", "signing key"]);

const SECRET_PATTERNS: readonly [RegExp, string][] = [
  // Slack: bot, user, app-level, refresh and legacy tokens.
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]{4,}/gi, REDACTED],
  [/\bxapp-[\w-]{4,}/gi, REDACTED],
  [/\bhttps:\/\/hooks\.slack\.com\/[^\s"'<>|]+/gi, REDACTED],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  // JSON Web Tokens, signed or not; a Zoom ZAK is one.
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, REDACTED],
  [/([?&](?:zak|tk|pwd|[a-z_]*(?:token|secret|password))=)[^&#\s"'<>|]+/gi, `$1${REDACTED}`],
  // The password in an address such as postgresql://user:password@host.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+@/gi, `$1${REDACTED}@`],
];

/** Without any of these in it, a text has none of the patterns: most have none, and one look tells. */
const SUSPICIOUS = /xox|xapp|slack\.com|bearer|basic|eyJ|[?&]|:\/\//i;

/** Names come again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 2_000;

function isSecretName(name: string): boolean {
  const answer = known.get(name) ?? tellsSecret(name);
  if (known.size < MOST_KNOWN) known.set(name, answer);
  return answer;
}

function tellsSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, index) => SECRET_WORDS.has(word) || SECRET_PAIRS.has(`${word} ${words[index + 1] ?? ""}`),
  );
}

function redactText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) if (secret.length >= 6) result = result.replaceAll(secret, REDACTED);
  if (!SUSPICIOUS.test(result)) return result;
  for (const [pattern, replacement] of SECRET_PATTERNS) result = result.replaceAll(pattern, replacement);
  return result;
}

function redactWithin(value: unknown, secrets: readonly string[], above: readonly object[]): unknown {
  if (typeof value === "string") return redactText(value, secrets);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (above.includes(value)) return "[circular]";
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => redactWithin(item, secrets, path));
  if (ArrayBuffer.isView(value)) return "[binary]";
  // What an Error says is not enumerable, and would be lost without a word.
  const members =
    value instanceof Error
      ? Object.assign({}, value, {
          name: value.name,
          message: value.message,
          stack: value.stack,
          cause: value.cause,
        })
      : value;
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [
        redactText(name, secrets),
        // A yes, a no or a nothing gives nothing away, and often is the very fact that matters.
        isSecretName(name) && typeof member !== "boolean" && member !== null
          ? REDACTED
          : redactWithin(member, secrets, path),
      ]),
  );
}

/**
 * A copy without secrets, for anything that goes to the audit log or a log: members with a telling name lose their
 * value, and text that looks like a token, a Bearer value, a JSON Web Token or an address with a password loses that
 * part. Errors become plain objects.
 * @param secrets values known to be secret (six characters or more), removed wherever they stand
 */
export function redact<Value>(value: Value, secrets: readonly string[] = []): Value {
  return redactWithin(value, secrets, []) as Value;
}
