import { atMost } from "../concurrency/timeout.ts";
import type { Database } from "../database/connect.ts";
import type { Probe } from "../slack/http-server.ts";

/** One thing that must be well for the app to be of use. */
export interface Check {
  /** What it looks at, as its line begins. */
  name: string;
  /** What is wrong, in words, or undefined when nothing is; a rejection is no answer. */
  ask(): Promise<string | undefined>;
  /** Milliseconds for which an answer is good, however often a probe comes by. */
  everyMilliseconds: number;
  /** What it finds is named and stops only what needs it, so the app stays ready. */
  isOnlyNamed?: true;
}

/** Whatever hangs, a probe has its answer within two seconds. */
const ANSWER_MILLISECONDS = 1_500;
/** A question that hangs is put again only after so long: otherwise each probe would leave one more behind. */
const GIVEN_UP_MILLISECONDS = 30_000;

const NO_ANSWER = "does not answer";

/** Asks again only when the last answer is too old; never a second time while the first is still on its way. */
function asking(check: Check, now: () => number): () => Promise<string | undefined> {
  let last: { at: number; isPending: boolean; answer: Promise<string | undefined> } | undefined;
  function begin(): Promise<string | undefined> {
    const answer = Promise.resolve()
      .then(() => check.ask())
      .catch(() => NO_ANSWER);
    const asked = { at: now(), isPending: true, answer };
    void answer.then(() => (asked.isPending = false));
    last = asked;
    return answer;
  }
  return async () => {
    const age = last === undefined ? Infinity : now() - last.at;
    const isGood = age <= (last?.isPending === true ? GIVEN_UP_MILLISECONDS : check.everyMilliseconds);
    const answer = last !== undefined && isGood ? last.answer : begin();
    const inTime = await atMost(
      ANSWER_MILLISECONDS,
      answer.then((fault) => ({ fault })),
    );
    return inTime === undefined ? NO_ANSWER : inTime.fault;
  };
}

/** `GET /readyz`: 200 when every check is well and the app is not stopping, else 503; a line for each. */
export function createReadiness(parts: {
  /** Read at each probe: a part that starts later adds its own. */
  checks: readonly Check[];
  policyVersion(): string;
  isStopping(): boolean;
  now(): number;
}): Probe {
  const askedOf = new Map<Check, () => Promise<string | undefined>>();
  function askOf(check: Check) {
    const ask = askedOf.get(check) ?? asking(check, () => parts.now());
    askedOf.set(check, ask);
    return ask();
  }
  return async () => {
    const faults = await Promise.all(parts.checks.map((check) => askOf(check)));
    const lines = [
      ...parts.checks.map(({ name }, index) => `${name}: ${faults[index] ?? "ok"}`),
      `policy: ${parts.policyVersion()}`,
      ...(parts.isStopping() ? ["stopping"] : []),
    ];
    const isReady =
      parts.checks.every(({ isOnlyNamed }, index) => isOnlyNamed === true || faults[index] === undefined) &&
      !parts.isStopping();
    return { status: isReady ? 200 : 503, text: `${lines.join("\n")}\n` };
  };
}

/** Of SQLSTATE: the disk is full, another resource is used up, it may only be read, the system's own fault. */
const CANNOT_WRITE = /^(?:53|25006|58)/;

/**
 * What keeps the database from being written, in words: a full disk answers every question and refuses every change.
 * A table of its own has to be given room on the disk, and its end has to be written to the log.
 * @throws when it does not answer
 */
export async function writeFault(database: Database): Promise<string | undefined> {
  try {
    await database.transaction(async (client) => {
      await client.query("set local statement_timeout = '5s'");
      await client.query(
        "create temporary table deadbolt_room on commit drop as select repeat('x', 1000) as filler from generate_series(1, 8)",
      );
    });
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // A role that may not make a table shows nothing about the disk.
    if (code === "42501") return undefined;
    if (code === undefined || !CANNOT_WRITE.test(code)) throw error;
    const fault = code === "53100" ? "the disk is full" : "cannot be written";
    return `${fault}, so nothing can be requested or started (${message})`;
  }
}
