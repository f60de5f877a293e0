import { readFile } from "node:fs/promises";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { readTestedPolicy } from "../permission/policy-file/keep-policy.ts";
import { describeFault } from "../permission/policy-file/policy-error.ts";
import { warningsOf } from "../permission/policy-file/warnings.ts";
import { createLog } from "../log.ts";
import { groupFaults } from "../people/group-faults.ts";
import type { Policy } from "../permission/schema.ts";
import { createSlackClients } from "../slack/app.ts";
import { createDirectories } from "../slack/directories.ts";
import { policyFile, UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";

/**
 * `policy lint`: checks POLICY_FILE, runs its own tests, and lists what is legal and surely not meant. With `--strict`
 * such a warning is a fault (exit code 1).
 * Where SLACK_BOT_TOKEN is set, Slack is asked for the user groups that the policy names.
 * @throws PolicyError that lists every fault
 */
export const lintPolicy: Command = async (environment, words) => {
  const { values, positionals } = readOptions(words, { strict: { type: "boolean" } });
  if (positionals[0] !== undefined)
    throw new UsageError(`This command takes nothing more, and “${positionals[0]}” was given.`);
  const file = policyFile(environment);
  const { policy, version } = await readTestedPolicy(file, KNOWN_PLAYBOOKS);
  const warnings = warningsOf(await readFile(file, "utf8"), KNOWN_PLAYBOOKS);
  const tests = policy.tests?.length ?? 0;
  const groups = await groupWarnings(environment, policy);
  const described = warnings.map((warning) => `  ${describeFault(file, warning)}`);
  const lines = [
    `${file} is valid (version ${version}): ${Object.keys(policy.roles).length} roles, ${policy.approvals.length} approval rules, ${tests} of ${tests} tests passed.`,
    ...(warnings.length === 0
      ? []
      : [`${warnings.length} warning${warnings.length === 1 ? "" : "s"}:`, ...described]),
    ...groups,
  ];
  const isWarned = warnings.length + groups.length > 0;
  return { text: lines.join("\n"), code: values.strict === true && isWarned ? 1 : 0 };
};

/** What Slack does not know of the user groups that the policy names; nothing where no token is set. */
async function groupWarnings(environment: NodeJS.ProcessEnv, policy: Policy): Promise<string[]> {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL, SLACK_TEAM_ID } = environment;
  if (botToken === undefined || botToken === "") return [];
  const clients = createSlackClients({
    botToken,
    apiUrl: SLACK_API_URL || "https://slack.com/api/",
    log: createLog("fatal", [botToken]),
  });
  const faults = await groupFaults(policy, createDirectories(clients, SLACK_TEAM_ID, 0).ordinary);
  return faults.map(({ sentence }) => `In Slack: ${sentence}`);
}
