import { randomUUID } from "node:crypto";
import type { Connector } from "../connectors/connector.ts";
import { createTurns } from "../concurrency/in-turn.ts";
import { createAccountLists } from "../people/account-lists.ts";
import { createLookups } from "../people/lookups.ts";
import type { Directories } from "../slack/directories.ts";
import { fileOrigins } from "../slack/response-origins.ts";
import { createGivenFiles } from "../slack/uploaded-file.ts";
import type { OperationContext } from "../workflow/operation/operation-context.ts";
import { beginRun } from "../workflow/run/begin-run.ts";
import { createFormMemory } from "../workflow/lockout/form-memory.ts";
import { checkApprovals } from "../workflow/start/check-approvals.ts";
import { suspendPower } from "../workflow/start/suspend-power.ts";
import type { DecideContext } from "../workflow/waiting/decide-request.ts";
import type { LockoutParts } from "./lockout-deps.ts";
import { makePassword } from "./make-password.ts";
import type { FactorParts } from "./second-factor-wiring.ts";
import type { Ground, Reporting } from "./start-reporting.ts";
import type { Runs } from "./start-runs.ts";

/** How long a file that someone gave may take to come from Slack. */
const FILE_MILLISECONDS = 20_000;

/** What the workflow reaches when people ask for operations and lockouts, and decide. */
export interface Contexts {
  operation: OperationContext;
  lockout: LockoutParts;
  decide: DecideContext;
}

export function createContexts(
  { config, policy }: Ground,
  { audit, auditWith, events, publish, lanes, clients }: Reporting,
  {
    connector,
    sealer,
    playbookSettings,
    underway,
    pool,
    judging,
    judgingUrgently,
    recentChecks,
    start,
  }: Runs,
  factor: FactorParts,
  { ordinary, urgent: urgentDirectory }: Directories,
  { teamId, linksTo }: { teamId: string; linksTo: OperationContext["linksTo"] },
): Contexts {
  const common = { ...judging, audit, start, publish };
  const here = {
    ...playbookSettings,
    slackTeamId: config.SLACK_ADMIN_TOKEN === undefined ? undefined : teamId,
  };
  // Ahead of whatever else waits for the rate limits.
  const urgent: Connector = {
    execute: (named, input, context) => connector.execute(named, input, { priority: 0, ...context }),
  };
  const operation: OperationContext = {
    ...common,
    playbookSettings: here,
    settings: { ...here, zoomPlan: config.ZOOM_PLAN },
    execute: (named, input, context) => connector.execute(named, input, context),
    sealer,
    givenFile: createGivenFiles({
      client: clients.interactive,
      botToken: config.SLACK_BOT_TOKEN,
      origins: fileOrigins(config.SLACK_API_URL),
      timeout: FILE_MILLISECONDS,
    }),
    uniqueId: randomUUID,
    makePassword,
    channel: config.DEADBOLT_CHANNEL,
    lookups: createLookups(ordinary, connector, teamId, config.CLOUDFLARE_ACCOUNT_ID),
    approvers: pool.approvers,
    isEnrolled: (personId) => factor.deps.isEnrolled(personId),
    linksTo,
  };
  return {
    operation,
    lockout: {
      ...operation,
      ...common,
      ...judgingUrgently,
      incidentChannel: config.INCIDENT_CHANNEL ?? config.DEADBOLT_CHANNEL,
      underway,
      formMemory: createFormMemory(),
      lanes,
      administratorsInTurn: createTurns(),
      accountLists: createAccountLists(clients.interactive, connector, teamId, Date.now),
      begin: (client, request, firstSteps) =>
        beginRun(
          (within, about, at) => suspendPower({ loadedPolicy: () => policy.current() }, within, about, at),
          client,
          request,
          request.createdAt,
          firstSteps,
        ),
      auditWith,
      events,
      lookups: createLookups(urgentDirectory, urgent, teamId, config.CLOUDFLARE_ACCOUNT_ID),
    },
    decide: {
      ...common,
      checkCode: factor.checkCode,
      isEnrolled: (personId) => factor.deps.isEnrolled(personId),
      whoToAsk: pool.whoToAsk,
      checkAhead: createCheckAhead(judging, recentChecks),
    },
  };
}

/** Remembers what may start by everyone whose word it stands on, in the moment of its last approval. */
function createCheckAhead(
  judging: Runs["judging"],
  recentChecks: Runs["recentChecks"],
): DecideContext["checkAhead"] {
  return async (request, decisions) => {
    const [at, { version }] = [judging.now(), judging.loadedPolicy()];
    const check = await checkApprovals(judging, request, decisions).catch(() => undefined);
    if (check?.kind === "start" && check.takenOverBy === undefined) recentChecks.note(request, version, at);
  };
}
