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

/** The app's log: JSON lines on standard error; standard output belongs to what a person asked to see. */
export function createLog(level: string): Logger {
  return pino({ level, base: undefined, redact: REDACTED_PATHS }, pino.destination(2));
}

/** Bolt's and the Web API client's logger, on top of ours. */
export function boltLogger(log: Logger): SlackLogger {
  const child = log.child({ part: "slack" });
  const text = (messages: unknown[]) =>
    messages.map((message) => (message instanceof Error ? message.message : String(message))).join(" ");
  return {
    debug: (...messages) => child.trace(text(messages)),
    info: (...messages) => child.debug(text(messages)),
    warn: (...messages) => child.warn(text(messages)),
    error: (...messages) => child.error(text(messages)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
