import { millisecondsInDay } from "date-fns/constants";
import type { DatabaseClient } from "../database/connect.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { createLog } from "../log.ts";
import { longestLimit } from "../permission/decide/limits.ts";
import { loadPolicy } from "../permission/policy-file/load-policy.ts";
import type { Policy } from "../permission/schema.ts";
import { createSimulation } from "../permission/simulate/simulate.ts";
import { judgementsSince, type Judgement } from "../request/judgement-store.ts";
import { policyFile, UsageError, type Command } from "./command.ts";
import { readOptions, wholeNumber } from "./options.ts";
import { createSimulationReport } from "./simulation-report.ts";
import { withDatabase } from "./with-database.ts";

const DEFAULT_DAYS = "30";
const MOST_DAYS = 3_650;
const PAGE = 1_000;

/**
 * `policy simulate [--days N] [--policy FILE]`: asks what was asked in the last days again under a changed policy, and
 * prints what would come out otherwise.
 * @throws ConfigError, PolicyError, UsageError
 */
export const simulatePolicy: Command = async (environment, words) => {
  const { values, positionals } = readOptions(words, {
    days: { type: "string", default: DEFAULT_DAYS },
    policy: { type: "string", default: policyFile(environment) },
  });
  if (positionals[0] !== undefined)
    throw new UsageError(
      `“${positionals[0]}” is no option of policy simulate. It takes --days N and --policy FILE.`,
    );
  const days = wholeNumber("days", values.days, MOST_DAYS);
  // Its own tests may fail: trying a policy out is what this is for.
  const { policy, version } = await loadPolicy(values.policy, KNOWN_PLAYBOOKS);
  const since = new Date(Date.now() - days * millisecondsInDay);
  const lines = await withDatabase(
    environment,
    { log: createLog("warn"), lacking: "nothing to replay" },
    (database) => simulateSince(database, policy, since),
  );
  const head = `What was asked in the last ${days} ${days === 1 ? "day" : "days"}, by ${values.policy} (version ${version}):`;
  return { text: [head, ...lines].join("\n"), code: 0 };
};

/** Replays the judgements since a moment, page by page, and says what would come out otherwise. */
export async function simulateSince(client: DatabaseClient, policy: Policy, since: Date): Promise<string[]> {
  const simulation = createSimulation(policy);
  const report = createSimulationReport();
  const counted = new Date(since.getTime() - longestLimit(policy));
  for await (const judgement of judgementsFrom(client, counted)) {
    if (judgement.at < since) simulation.warmUp(judgement);
    else report.add(judgement, simulation.replay(judgement));
  }
  return report.lines();
}

async function* judgementsFrom(client: DatabaseClient, since: Date): AsyncGenerator<Judgement, void> {
  let last: Judgement | undefined;
  for (;;) {
    const page = await judgementsSince(client, since, last, PAGE);
    yield* page;
    last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
  }
}
