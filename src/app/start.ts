import { once } from "node:events";
import { secretsOf, type Config } from "../config.ts";
import { atMost } from "../concurrency/timeout.ts";
import { openDatabase } from "../database/open.ts";
import { createLog } from "../log.ts";
import { keepPolicy } from "../permission/policy-file/keep-policy.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { startBackground } from "./start-background.ts";
import { startReporting, type Ground } from "./start-reporting.ts";
import { startRuns } from "./start-runs.ts";
import { startSlack } from "./start-slack.ts";
import { stopDeadbolt } from "./stop.ts";

/** How long the start waits for what `/readyz` would say. */
const CHECK_MILLISECONDS = 2_000;

/** A running app. */
export interface Deadbolt {
  port: number;
  /** Stops every part, waiting for work in flight; resolves to the exit code. Safe to call twice. */
  stop(): Promise<number>;
}

/**
 * Starts every part in the order in which they need each other.
 * @param signal aborted where the app is asked to stop before it is up: an embedded Postgres is stopped then
 * @throws ConfigError, PolicyError, OwnershipError, or an Error that says which part did not start and why; the reason
 * of `signal`
 */
export async function startDeadbolt(config: Config, signal: AbortSignal): Promise<Deadbolt> {
  const log = createLog(config.LOG_LEVEL, secretsOf(config));
  const policy = await keepPolicy(config.POLICY_FILE, KNOWN_PLAYBOOKS, log);
  process.on("SIGHUP", () => void policy.reload());
  const policyWatch = policy.watch();

  let isGivenUp = false;
  const onLost = (error: Error) => {
    if (isGivenUp) return;
    log.fatal({ err: error }, "this instance lost its place in the database and stops at once");
    process.exit(1);
  };
  const opened = await openDatabase(config, log, onLost, signal);
  try {
    const stopping = new AbortController();
    const stages = startStages({ config, log, policy, policyWatch, opened, stopping, onLost });
    return await Promise.race([stages, rejectedBy(signal)]);
  } catch (error) {
    // An embedded Postgres must not outlive a start that failed.
    isGivenUp = true;
    await Promise.all([policyWatch.stop(), opened.close()]);
    throw error;
  }
}

async function rejectedBy(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  throw signal.reason;
}

async function startStages(ground: Ground): Promise<Deadbolt> {
  const { config, log, policy } = ground;
  const reporting = await startReporting(ground);
  const runs = await startRuns(ground, reporting);
  const background = await startBackground(ground, reporting, runs);
  // Only now: what a crash interrupted goes on, whether or not Slack can be reached.
  const slackSide = await startSlack(ground, reporting, runs);
  const { slack, http, teamId } = slackSide;

  await Promise.all(
    reporting.checks.map(async (check) => {
      // What is only named is logged by the part that looks at it.
      if (check.isOnlyNamed === true) return;
      const fault = await atMost(
        CHECK_MILLISECONDS,
        check.ask().catch(() => undefined),
      );
      if (fault !== undefined) log.error({ check: check.name }, `not ready: ${check.name}: ${fault}`);
    }),
  );
  log.info(
    { host: config.HOST, port: http.port, workspace: teamId, policy: policy.current().version },
    slack.listener === undefined ? "Deadbolt is up, by Socket Mode" : "Deadbolt is up, by HTTP",
  );

  let stopped: Promise<number> | undefined;
  return {
    port: http.port,
    stop: () => (stopped ??= stopDeadbolt(ground, reporting, runs, background, slackSide)),
  };
}
