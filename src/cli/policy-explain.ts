import type { Logger } from "pino";
import { loadConfig, secretsOf, type Config } from "../config.ts";
import type { Database } from "../database/connect.ts";
import { explanationLines, findAsked, unknownName } from "../workflow/judge/explain-permission.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { createLog } from "../log.ts";
import { createOnCallProviders, onCallNow } from "../people/on-call-now.ts";
import { targetGroups } from "../permission/decide/asked-target.ts";
import { explain, type PermissionQuestion } from "../permission/explain/explain.ts";
import { readTestedPolicy } from "../permission/policy-file/keep-policy.ts";
import type { Policy } from "../permission/schema.ts";
import { lastHeldRoles } from "../request/last-held-roles.ts";
import { isSuspended } from "../request/suspension-store.ts";
import { createSlackClients } from "../slack/app.ts";
import { createDirectories } from "../slack/directories.ts";
import { DirectoryError, type Directory } from "../slack/directory.ts";
import { slackErrorCode } from "../slack/slack-error.ts";
import { identify, membershipsOf, namesOf } from "../people/identify.ts";
import { askedPerson, historyFor } from "../workflow/judge/judge-request.ts";
import { policyFile, UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";
import { hasDatabase, withDatabase } from "./with-database.ts";

const VERDICTS = {
  allowed: "may have this done, at once",
  needs_approval: "may ask for this, and others must approve",
  denied: "may not have this done",
} as const;

/**
 * `policy explain PERSON OPERATION [TARGET]`: as `/deadbolt explain`, with what Slack, the schedules and the database
 * say now. People are Slack ids or e-mails.
 * @throws ConfigError, PolicyError, UsageError, or DirectoryError where Slack cannot be asked
 */
export const explainPolicy: Command = async (environment, words) => {
  const { positionals } = readOptions(words, {});
  const [person, what, target, ...others] = positionals;
  if (person === undefined || what === undefined || others.length > 0)
    throw new UsageError(
      "Say who, what, and if you like about whom: policy explain PERSON OPERATION [TARGET].",
    );
  const { policy } = await readTestedPolicy(policyFile(environment), KNOWN_PLAYBOOKS);
  const asked = findAsked(policy, what);
  if (asked === undefined) {
    const { reason, next = "" } = unknownName(policy, what);
    throw new UsageError(`${reason} ${next}`.trim());
  }
  const config = loadConfig(environment);
  const log = createLog("warn", secretsOf(config));
  const directory = await reachDirectory(config, log);
  const about = { policy, config, log, ...directory };
  const answer = (database?: Database) => explainAbout({ ...about, database }, person, asked, target);
  // Where the app never ran, nothing was asked for yet, and nobody is locked out.
  const text = hasDatabase(environment)
    ? await withDatabase(environment, { log, lacking: "no history" }, answer)
    : await answer();
  return { text, code: 0 };
};

interface ExplainContext {
  policy: Policy;
  config: Config;
  log: Logger;
  directory: Directory;
  teamId: string;
  database: Database | undefined;
}

async function reachDirectory(
  config: Config,
  log: Logger,
): Promise<{ directory: Directory; teamId: string }> {
  const clients = createSlackClients({
    botToken: config.SLACK_BOT_TOKEN,
    apiUrl: config.SLACK_API_URL,
    log,
  });
  const identity = await clients.interactive.auth.test().catch((error: unknown) => {
    throw new DirectoryError("auth.test", slackErrorCode(error));
  });
  const teamId = config.SLACK_TEAM_ID ?? identity.team_id;
  if (teamId === undefined) throw new DirectoryError("auth.test", "an answer without a workspace");
  return { directory: createDirectories(clients, teamId, config.DIRECTORY_SECONDS).ordinary, teamId };
}

async function explainAbout(
  { policy, config, log, directory, teamId, database }: ExplainContext,
  person: string,
  asked: PermissionQuestion & { title: string },
  target: string | undefined,
): Promise<string> {
  const personId = await slackIdOf(directory, person);
  const now = new Date();
  const beyond = {
    onCall: onCallNow(createOnCallProviders(config, log), () => policy),
    isLockedOut: (names: readonly string[]) =>
      database === undefined ? Promise.resolve(false) : isSuspended(database, names),
  };
  const standing = await identify({ directory, beyond, policy, homeTeamId: teamId }, personId);
  const [history, lastHeld, found] = await Promise.all([
    database === undefined ? [] : historyFor(database, policy, standing, now),
    database === undefined ? [] : lastHeldRoles(database, personId),
    target === undefined ? undefined : targetOf(directory, policy, target),
  ]);
  const explanation = explain(policy, standing, asked, {
    ...(found === undefined ? {} : { target: found }),
    at: now,
    history,
    lastHeld,
  });
  return [
    `${asked.title}${target === undefined ? "" : `, about ${target}`}: ${person} ${VERDICTS[explanation.verdict]}.`,
    ...explanationLines(explanation).map((line) => `- ${line}`),
  ].join("\n");
}

async function slackIdOf(directory: Directory, person: string): Promise<string> {
  const found = person.includes("@") ? await directory.personByEmail(person) : await directory.person(person);
  if (found === undefined) throw new UsageError(`Slack knows nobody as ${person}.`);
  return found.id;
}

async function targetOf(directory: Directory, policy: Policy, target: string) {
  const names = await namesOf(directory, target.includes("@") ? { email: target } : { slackId: target });
  return askedPerson(
    { targetGroups: (slackIds) => membershipsOf(directory, targetGroups(policy), slackIds) },
    policy,
    names,
  );
}
