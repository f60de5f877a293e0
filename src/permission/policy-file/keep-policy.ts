import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { AskedOperation } from "../decide/asked-operation.ts";
import { loadPolicy } from "./load-policy.ts";
import { ownPlaybooks } from "../decide/own-playbooks.ts";
import type { LoadedPolicy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import { hasPassed, runPolicyTests, type PolicyTestResult } from "./policy-tests.ts";
import type { KnownPlaybook } from "./references.ts";
import type { Policy } from "../schema.ts";

export interface TestablePlaybook extends KnownPlaybook {
  /** What can be asked of it, where that differs by what it does. */
  actions?: readonly string[];
  operations(action?: string): AskedOperation[];
}

/** The policy in force. */
export interface PolicyKeeper {
  current(): LoadedPolicy;
  /** Reads the file again; a faulty one is reported and the last good one stays in force. */
  reload(): Promise<void>;
  /** Calls this after each other policy that comes into force. */
  onChange(listener: () => void): void;
  /** Reads the file again whenever it is another one, from now on until it is stopped. */
  watch(pace?: WatchPace): PolicyWatch;
}

/** How soon a changed file is seen, in milliseconds. */
export interface WatchPace {
  /** How often the file is looked at where the system tells of no change, as on some network drives. */
  poll: number;
  /** How long a file must stay as it is before it is read: it may be half written. */
  settle: number;
}

export interface PolicyWatch {
  /** Resolves when a reading in flight is over; there is none after it. */
  stop(): Promise<void>;
}

const PACE: WatchPace = { poll: 5_000, settle: 250 };

/**
 * Reads the policy and runs the tests that stand in it.
 * @throws PolicyError that lists every fault and every failed test
 */
export async function readTestedPolicy(
  file: string,
  playbooks: readonly TestablePlaybook[],
): Promise<LoadedPolicy> {
  const loaded = await loadPolicy(file, playbooks);
  const failed = testPolicy(loaded.policy, playbooks).filter((result) => !hasPassed(result));
  if (failed.length > 0)
    throw new PolicyError(
      file,
      failed.map(({ index, test, actual, why }) => ({
        path: `tests[${index}]`,
        message: `The test expects ${test.expect}, but the policy answers ${actual}. ${why}`,
      })),
    );
  return loaded;
}

/** Runs the tests that stand in a policy, with the operations of these playbooks and of the policy's own. */
export function testPolicy(policy: Policy, playbooks: readonly TestablePlaybook[]): PolicyTestResult[] {
  const known: readonly TestablePlaybook[] = [...playbooks, ...ownPlaybooks(policy)];
  return runPolicyTests(
    policy,
    (name, action) => known.find((playbook) => playbook.name === name)?.operations(action) ?? [],
  );
}

/** Loads the policy and keeps it. @throws PolicyError when the first one is faulty */
export async function keepPolicy(
  file: string,
  playbooks: readonly TestablePlaybook[],
  log: Logger,
): Promise<PolicyKeeper> {
  // Before it is read: what is written meanwhile is another file.
  let seen = await stateOf(file);
  let loaded = await readTestedPolicy(file, playbooks);
  let reading: Promise<void> = Promise.resolve();
  const listeners: (() => void)[] = [];

  async function readAgain(): Promise<void> {
    try {
      seen = await stateOf(file);
      loaded = await readTestedPolicy(file, playbooks);
      log.info({ policy: loaded.version }, "the policy was read again");
      for (const listener of listeners) listener();
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      log.error({ policy: loaded.version }, `the last good policy stays in force. ${error.message}`);
    }
  }
  /** One after another: what was read first must not come into force last. */
  function reload(): Promise<void> {
    const next = reading.then(readAgain);
    reading = next.catch(() => undefined);
    return next;
  }

  return {
    current: () => loaded,
    reload,
    onChange: (listener) => void listeners.push(listener),
    watch: (pace = PACE) =>
      watchFile(file, { pace, log, isAnother: async () => seen !== (await stateOf(file)), reload }),
  };
}

/** What tells one file from another that takes its place, through every link on the way; empty where there is none. */
async function stateOf(file: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
  } catch {
    return "";
  }
}

interface Watching {
  pace: WatchPace;
  log: Logger;
  isAnother: () => Promise<boolean>;
  reload: () => Promise<void>;
}

/**
 * Watches the folder, since editors and Kubernetes put another file in the place of the one that was there; and looks
 * at the file every now and then, since not every file system tells of changes.
 */
function watchFile(file: string, { pace, log, isAnother, reload }: Watching): PolicyWatch {
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  let round: Promise<void> | undefined;
  let isToldMeanwhile = false;

  async function look(): Promise<void> {
    do {
      isToldMeanwhile = false;
      if (!(await isAnother())) continue;
      // A burst of changes is one, once it is over.
      let state;
      do {
        state = await stateOf(file);
        await sleep(pace.settle, undefined, { ref: false });
      } while (!isStopped() && state !== (await stateOf(file)));
      if (!isStopped()) await reload();
    } while (!isStopped() && isToldMeanwhile);
  }
  function readAgain(): void {
    isToldMeanwhile = true;
    if (isStopped() || round !== undefined) return;
    round = look()
      .catch((error: unknown) => log.warn({ err: error }, "the policy file could not be checked"))
      .finally(() => {
        round = undefined;
      });
  }

  const watcher = watchFolder(dirname(file), readAgain, log);
  const timer = setInterval(readAgain, pace.poll).unref();
  // What changed since it was loaded.
  readAgain();
  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      watcher?.close();
      await round;
    },
  };
}

function watchFolder(folder: string, readAgain: () => void, log: Logger): FSWatcher | undefined {
  const lost = (error: unknown) =>
    log.warn(
      { err: error, folder },
      "the policy's folder cannot be watched; the file is looked at now and then",
    );
  try {
    const watcher = watch(folder, { persistent: false }, readAgain);
    watcher.on("error", lost);
    return watcher;
  } catch (error) {
    lost(error);
    return undefined;
  }
}
