import { LogLevel, type Logger as SlackLogger } from "@slack/bolt";
import { pino, type Logger } from "pino";

const REDACTED_PATHS = [
  "*.token",
  "*.secret",
  "*.password",
  "*.authorization",
  "*.headers.authorization",
  "headers.authorization",
  "token",
  "authorization",
];

/** Slack's tokens, and addresses at which anybody may post: in a library's own lines they stand as plain text. */
const SECRET_FORMS = [/\bxox[a-z][\w.-]*/gi, /\bxapp-[\w-]+/gi, /https:\/\/hooks\.slack\.com\/[^\s"'\\]+/gi];

/**
 * The app's log: JSON lines on standard error; standard output belongs to what a person asked to see.
 * @param secrets values that never appear in it, wherever they come from
 */
export function createLog(level: string, secrets: readonly string[] = []): Logger {
  const known = secrets
    .filter((secret) => secret.length >= 6)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  function streamWrite(line: string): string {
    let text = line;
    for (const secret of known) text = text.replaceAll(secret, "[redacted]");
    for (const form of SECRET_FORMS) text = text.replaceAll(form, "[redacted]");
    return text;
  }
  return pino(
    { level, base: undefined, redact: REDACTED_PATHS, hooks: { streamWrite } },
    pino.destination(2),
  );
}

/** Bolt's and the Web API client's logger, on top of ours. */
export function boltLogger(log: Logger): SlackLogger {
  const child = log.child({ part: "slack" });
  const text = (messages: unknown[]) =>
    messages.map((message) => (message instanceof Error ? message.message : String(message))).join(" ");
  // Both libraries say much that nobody listens to.
  const isTold = (level: string) => child.isLevelEnabled(level);
  return {
    debug: (...messages) => void (isTold("trace") && child.trace(text(messages))),
    info: (...messages) => void (isTold("debug") && child.debug(text(messages))),
    warn: (...messages) => child.warn(text(messages)),
    error: (...messages) => child.error(text(messages)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
