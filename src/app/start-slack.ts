import { registerCommands } from "../../commands/register.ts";
import { registerViews } from "../../views/register.ts";
import { registerSecondFactor } from "../../views/deadbolt/second-factor.ts";
import { createSealer } from "../connectors/sealed-text.ts";
import type { Deps } from "../deps/deps.ts";
import { groupFaults } from "../people/group-faults.ts";
import { namesOf } from "../people/identify.ts";
import { keepLastMembers } from "../people/last-known-members.ts";
import { createPeople } from "../people/people.ts";
import { rootPlaces } from "../request/root-places.ts";
import type { Reached } from "../people/slack-ready.ts";
import { checkCredentials } from "../credentials/check-credentials.ts";
import { atMost } from "../concurrency/timeout.ts";
import { checkAdministration } from "../slack/administration.ts";
import { createSlackApp, type SlackApp } from "../slack/app.ts";
import { createDeliveries } from "../slack/deliveries.ts";
import { createDirectories, type Directories } from "../slack/directories.ts";
import type { Directory } from "../slack/directory.ts";
import { createGuard } from "../slack/guard.ts";
import { startHttpServer, type HttpServer } from "../slack/http-server.ts";
import { createInHand, type InHand } from "../slack/in-flight.ts";
import { permalink } from "../slack/permalink.ts";
import { requireInstallation } from "../slack/installation.ts";
import { rememberDirectory } from "../slack/remembered-directory.ts";
import { responseOrigins } from "../slack/response-origins.ts";
import { createContexts } from "./contexts.ts";
import { createDeps } from "./create-deps.ts";
import { createFactorParts, type FactorParts } from "./second-factor-wiring.ts";
import { createSharedStore, createShortLivedStore } from "./short-lived-store.ts";
import type { Ground, Reporting } from "./start-reporting.ts";
import type { Runs } from "./start-runs.ts";
import { warnOfMissingSlackScope } from "./warn-missing-slack-scope.ts";
import { watchCredentials, type CredentialWatch } from "./watch-credentials.ts";

/** What listens to people. */
export interface SlackSide {
  slack: SlackApp;
  http: HttpServer;
  /** Our own workspace. */
  teamId: string;
  inFlight: InHand;
  credentials: CredentialWatch;
}

/** The first form should know which settings are at fault; a vendor that hangs keeps nobody from theirs. */
const CREDENTIALS_MILLISECONDS = 1_500;

/** Connects to Slack, however long it takes, and begins to listen. */
export async function startSlack(ground: Ground, reporting: Reporting, runs: Runs): Promise<SlackSide> {
  const { config, log, policy } = ground;
  const slack = await createSlackApp(reporting.slackOptions, reporting.clients);
  requireInstallation(slack.identity, config);
  const { scopes: slackScopes } = slack.identity;
  const credentials = watchCredentials(
    () =>
      checkCredentials({
        settings: config,
        zoom: runs.zoom,
        execute: (operation, input, context) => runs.connector.execute(operation, input, context),
        slackScopes,
      }),
    log,
  );
  reporting.checks.push(credentials.check);
  const { teamId } = slack.identity;
  if (config.SLACK_ADMIN_TOKEN !== undefined) {
    const { SLACK_ADMIN_TOKEN: adminToken, SLACK_API_URL: apiUrl } = config;
    await checkAdministration({ adminToken, apiUrl, log }, slack.identity);
    warnOfMissingSlackScope(policy.current().policy, log);
  }
  const directories = rememberingDirectories(ground, reporting, runs, teamId);
  const directory = directories.ordinary;
  watchGroups(ground, reporting, directory);
  const reached = await reachPeople(ground, reporting, runs, directories, teamId);
  const factor = createFactorParts({
    database: reporting.database,
    sealer: createSealer(config.ZOOM_CLIENT_SECRET, "one-time passwords"),
    now: runs.now,
    audit: reporting.audit,
    directory: reached.remembered.directory,
    standing: (personId) => reached.people.standing(personId, []),
    client: reporting.clients.background,
    channel: config.DEADBOLT_CHANNEL,
    log,
  });
  const linksTo = async (requestIds: readonly string[]) => {
    const { url } = slack.identity;
    if (url === undefined) return new Map<string, string>();
    const places = await rootPlaces(reporting.database, requestIds);
    return new Map([...places].map(([id, place]) => [id, permalink(url, place)]));
  };
  const deps = createDeps({
    channel: config.DEADBOLT_CHANNEL,
    cloudflareConfigured: config.CLOUDFLARE_ACCOUNT_ID !== undefined || config.CLOUDFLARE_ZONE_IDS.length > 0,
    slackSessionsConfigured: config.SLACK_ADMIN_TOKEN !== undefined,
    settingFaults: () => credentials.faults(),
    policy,
    people: reached.people,
    remembered: reached.remembered.people,
    namesOf: (target) => namesOf(directory, target),
    ...createContexts(ground, reporting, runs, factor, directories, { teamId, linksTo }),
    log,
  });
  const inFlight = await listen(ground, slack, deps, factor);
  await atMost(CREDENTIALS_MILLISECONDS, credentials.first);
  const http = await startHttpServer({
    host: config.HOST,
    port: config.PORT,
    slack: slack.listener,
    probes: reporting.health.probes,
    now: Date.now,
    log,
  });
  const { socket } = slack;
  if (socket !== undefined) {
    reporting.checks.push({
      name: "socket mode",
      everyMilliseconds: 0,
      ask: () => Promise.resolve(socket.fault()),
    });
    await socket.connect();
  }
  return { slack, http, teamId, inFlight, credentials };
}

/** Slack's directory, which remembers who was in the user groups that keep someone from something. */
function rememberingDirectories(
  { config, log, policy }: Ground,
  { clients, database }: Reporting,
  { now }: Runs,
  teamId: string,
): Directories {
  const { ordinary, urgent } = createDirectories(clients, teamId, config.DIRECTORY_SECONDS);
  const memory = { database, policy: () => policy.current().policy, log, now };
  return { ordinary: keepLastMembers(ordinary, memory), urgent: keepLastMembers(urgent, memory) };
}

/** A probe asks Slack for its user groups no more often than this: it answers twenty times a minute. */
const GROUPS_ANSWER_MILLISECONDS = 30_000;

/** Names the user groups about which Slack says nothing: now, after each reload of the policy, and in `readyz`. */
function watchGroups({ policy, log }: Ground, { checks }: Reporting, directory: Directory): void {
  const faults = () => groupFaults(policy.current().policy, directory);
  const warn = async () => {
    for (const { group, sentence } of await faults()) log.warn({ group }, sentence);
  };
  const begin = () =>
    void warn().catch((error: unknown) => log.warn({ err: error }, "no look at user groups"));
  begin();
  policy.onChange(begin);
  checks.push({
    name: "user groups",
    everyMilliseconds: GROUPS_ANSWER_MILLISECONDS,
    isOnlyNamed: true,
    ask: async () => (await faults()).map(({ sentence }) => sentence).join(" ") || undefined,
  });
}

/** From now on it can be asked who someone is. */
async function reachPeople(
  { config, log, policy }: Ground,
  { database }: Reporting,
  { onCall, reach }: Runs,
  { ordinary: directory, urgent }: Directories,
  teamId: string,
): Promise<Reached> {
  const rememberedDirectory = rememberDirectory(
    directory,
    await createShortLivedStore(config, "directory", log),
  );
  const parts = { database, onCall, policy: () => policy.current().policy, teamId };
  const reached: Reached = {
    people: createPeople({ ...parts, directory, names: rememberedDirectory }),
    urgent: createPeople({ ...parts, directory: urgent, names: rememberedDirectory }),
    remembered: {
      directory: rememberedDirectory,
      people: createPeople({ ...parts, directory: rememberedDirectory }),
    },
  };
  reach.done(reached);
  return reached;
}

async function listen(
  { config, log }: Ground,
  { app, identity }: SlackApp,
  deps: Deps,
  factor: FactorParts,
): Promise<InHand> {
  const inHand = createInHand();
  app.use(
    createGuard({
      teamId: identity.teamId,
      enterpriseId: identity.enterpriseId,
      appId: config.SLACK_APP_ID ?? identity.appId,
      responseOrigins: responseOrigins(config.SLACK_API_URL),
      deliveries: createDeliveries(await createSharedStore(config, "delivery", log), Date.now),
      inHand,
      log,
      reportFault: (where, error) => deps.reportFault(where, error),
    }),
  );
  const lockoutForms = registerViews(app, deps);
  registerCommands(app, deps, { factor: factor.deps, lockoutForms });
  registerSecondFactor(app, factor.deps);
  return inHand;
}
