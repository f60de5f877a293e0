import type { Logger } from "pino";
import { repeat } from "../concurrency/repeat.ts";
import type { CredentialFinding } from "../credentials/finding.ts";
import type { Check } from "./readiness.ts";

/** What is at fault may be mended at any time, and what was well may be revoked. */
const AGAIN_MILLISECONDS = 5 * 60_000;

/** What is known of our credentials. */
export interface CredentialWatch {
  /** One sentence for each setting that is at fault, as far as vendors have answered. */
  faults(): readonly string[];
  /** For `readyz`: names what is at fault, and asks nobody. */
  check: Check;
  /** Resolves when the first round is over. */
  first: Promise<void>;
  stop(): Promise<void>;
}

/** Checks the credentials now and again, and logs what is new. */
export function watchCredentials(
  ask: () => Promise<readonly CredentialFinding[]>,
  log: Logger,
): CredentialWatch {
  let found: readonly CredentialFinding[] = [];
  const faults = () => found.filter(({ kind }) => kind === "at_fault").map(({ sentence }) => sentence);
  async function round(): Promise<void> {
    const before = new Set(found.map(({ sentence }) => sentence));
    found = await ask();
    for (const { kind, settings, sentence } of found)
      if (kind !== "ok" && !before.has(sentence)) log.warn({ settings }, sentence);
  }
  const first = round().catch((error: unknown) => log.warn({ err: error }, "credentials were not checked"));
  const again = repeat("checking credentials", AGAIN_MILLISECONDS, round, log);
  return {
    faults,
    check: {
      name: "credentials",
      everyMilliseconds: 0,
      isOnlyNamed: true,
      ask: () => Promise.resolve(faults().join(" ") || undefined),
    },
    first,
    stop: () => again.stop(),
  };
}
