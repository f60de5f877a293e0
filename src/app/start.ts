import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { registerCommands } from "../../commands/register.ts";
import { registerViews } from "../../views/register.ts";
import { registerSecondFactor } from "../../views/deadbolt/second-factor.ts";
import { desiredMessages } from "../../views/thread/thread.ts";
import type { AuditEvent } from "../audit/event.ts";
import { createAuditLog } from "../audit/log.ts";
import { secretsOf, type Config } from "../config.ts";
import type { Connector } from "../connectors/connector.ts";
import { createConnector } from "./create-connector.ts";
import { createDeps } from "./create-deps.ts";
import { connectDatabase, type DatabaseClient } from "../database/connect.ts";
import { migrateDatabase } from "../database/migrate.ts";
import { openDatabase, type OpenedDatabase } from "../database/open.ts";
import { createApproverPool } from "../people/approver-pool.ts";
import { createPeople } from "../people/people.ts";
import { createReach } from "../people/slack-ready.ts";
import { createFactorParts } from "./second-factor-wiring.ts";
import { createRunParts } from "./run-wiring.ts";
import { createOnCallProviders, onCallNow } from "../people/on-call-now.ts";
import { createHealth } from "./health.ts";
import { createSealer } from "../connectors/sealed-text.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { createLog } from "../log.ts";
import { createLookups } from "../people/lookups.ts";
import { keepPolicy, type PolicyKeeper, type PolicyWatch } from "../permission/policy-file/keep-policy.ts";
import { repeat } from "../concurrency/repeat.ts";
import { shareReads } from "../connectors/shared-reads.ts";
import { makePassword } from "./make-password.ts";
import { isBulk, isUrgent, priorityOf } from "../playbook/priority.ts";
import type { StartedPlan } from "../workflow/start/started-plan.ts";
import { findRequest, unfinishedRequests } from "../request/store.ts";
import { checkAdministration } from "../slack/administration.ts";
import { createSlackApp, createSlackClients } from "../slack/app.ts";
import { createDeliveries } from "../slack/deliveries.ts";
import { channelFault } from "../slack/channel-fault.ts";
import { createGivenFiles } from "../slack/uploaded-file.ts";
import { fileOrigins, responseOrigins } from "../slack/response-origins.ts";
import { createDirectory } from "../slack/directory.ts";
import { namesOf } from "../people/identify.ts";
import { createGuard } from "../slack/guard.ts";
import { startHttpServer } from "../slack/http-server.ts";
import { createInHand } from "../slack/in-flight.ts";
import { rememberDirectory } from "../slack/remembered-directory.ts";
import { createStoryteller } from "../slack/storyteller.ts";
import { createSharedStore, createStore } from "./short-lived-store.ts";
import { warnOfMissingSlackScope } from "./warn-missing-slack-scope.ts";
import { startEngine } from "../workflow/run/engine.ts";
import type { OperationContext } from "../workflow/operation/operation-context.ts";
import { beginRun } from "../workflow/run/run-actions.ts";
import { suspendPower } from "../workflow/start/suspend-power.ts";
import { createLanes } from "../workflow/run/priority-lanes.ts";
import { createTurns } from "../concurrency/in-turn.ts";
import { createUnderway } from "../workflow/lockout/prefetched-reads.ts";
import { watchLockouts } from "../workflow/lockout/watch-lockouts.ts";
import { lookAfterRequests } from "../workflow/waiting/remind-and-expire.ts";

/** A running app. */
export interface Deadbolt {
  port: number;
  /** Stops every part, waiting for work in hand; resolves to the exit code. Safe to call twice. */
  stop(): Promise<number>;
}

/** How often waiting requests are looked at for what is due: a second is what a person can see. */
const CARE_MILLISECONDS = 1_000;
/** How long a file that somebody gave may take to come from Slack. */
const FILE_MILLISECONDS = 20_000;
/** How often it is seen whether a lockout is to be looked at. */
const WATCH_MILLISECONDS = 5_000;
/** How often approved requests without a run are looked for: a crash can fall between the two. */
const UNSTARTED_MILLISECONDS = 5_000;

/**
 * Starts every part in the order in which they need each other.
 * @throws ConfigError, PolicyError, OwnershipError, or an Error that says which part did not start and why
 */
export async function startDeadbolt(config: Config): Promise<Deadbolt> {
  const log = createLog(config.LOG_LEVEL, secretsOf(config));
  const policy = await keepPolicy(config.POLICY_FILE, KNOWN_PLAYBOOKS, log);
  process.on("SIGHUP", () => void policy.reload());
  const watching = policy.watch();

  let isGivenUp = false;
  const onLost = (error: Error) => {
    if (isGivenUp) return;
    log.fatal({ err: error }, "this instance lost its place in the database and stops at once");
    process.exit(1);
  };
  const opened = await openDatabase(config, log, onLost);
  try {
    return await startParts(config, { log, policy, watching, opened, onLost });
  } catch (error) {
    // An embedded Postgres must not outlive a start that failed.
    isGivenUp = true;
    await Promise.all([watching.stop(), opened.close()]);
    throw error;
  }
}

/** What is there before everything else. */
interface Ground {
  log: Logger;
  policy: PolicyKeeper;
  watching: PolicyWatch;
  opened: OpenedDatabase;
  onLost: (error: Error) => void;
}

async function startParts(
  config: Config,
  { log, policy, watching: policyWatch, opened, onLost }: Ground,
): Promise<Deadbolt> {
  const now = () => new Date();
  const database = connectDatabase(opened.url, { log, poolSize: 10, keptOpen: 10 });
  const storyDatabase = connectDatabase(opened.url, { log, poolSize: 9 });
  await migrateDatabase(database);
  await database.warmUp();
  const secrets = secretsOf(config);
  const policyVersion = () => policy.current().version;
  const auditLog = createAuditLog(database, secrets, policyVersion);

  const slackOptions = {
    botToken: config.SLACK_BOT_TOKEN,
    apiUrl: config.SLACK_API_URL,
    log,
    ...(config.SLACK_APP_TOKEN === undefined
      ? { signingSecret: config.SLACK_SIGNING_SECRET ?? "" }
      : { appToken: config.SLACK_APP_TOKEN }),
  };
  const clients = createSlackClients(slackOptions);

  const askChannel = () => channelFault(clients.background, config.DEADBOLT_CHANNEL);
  let isStopping = false;
  const health = createHealth({
    database,
    askSlack: () => clients.background.auth.test(),
    askChannel,
    policyVersion,
    isStopping: () => isStopping,
    now: Date.now,
  });
  const lanes = createLanes();
  const storyteller = createStoryteller({
    database: storyDatabase,
    client: clients.background,
    audit: createAuditLog(storyDatabase, secrets, policyVersion),
    render: (request, events) => desiredMessages({ ...request, requesterId: request.requester.id }, events),
    log,
    now: Date.now,
    isHeldUp: () => lanes.isBusy(),
    lull: (most) => lanes.lull(most),
  });
  const told = ({ requestId }: AuditEvent) => {
    if (requestId !== null) storyteller.notice(requestId);
  };
  const audit = async (event: AuditEvent, within?: DatabaseClient): Promise<boolean> => {
    const { appended } = await auditLog.append(event, within);
    if (appended) health.count(event);
    // Inside a transaction the event is not there yet; the storyteller's next round finds it.
    if (within === undefined) told(event);
    return appended;
  };

  const onCall = onCallNow(createOnCallProviders(config, log), () => policy.current().policy);
  const reach = createReach();
  const pool = createApproverPool({
    policy: () => policy.current().policy,
    remembered: () => reach.reached()?.remembered,
    onCall,
  });
  const judging = {
    database,
    loadedPolicy: () => policy.current(),
    standing: async (personId: string, roleNames?: readonly string[]) =>
      (await reach.soon()).people.standing(personId, roleNames),
    targetGroups: async (slackIds: readonly string[]) => (await reach.soon()).people.targetGroups(slackIds),
    beginTargetGroups() {
      const begun = reach.soon().then(({ people }) => people.beginTargetGroups());
      begun.catch(() => undefined);
      return async (slackIds: readonly string[]) => (await begun)(slackIds);
    },
    now,
  };
  const notice = (requestId: string) => storyteller.notice(requestId);

  const connector = shareReads(await createConnector(config, log));
  const surroundings = {
    ...(config.CLOUDFLARE_ACCOUNT_ID === undefined
      ? {}
      : { cloudflareAccountId: config.CLOUDFLARE_ACCOUNT_ID }),
    cloudflareZoneIds: config.CLOUDFLARE_ZONE_IDS,
    ...(config.CLOUDFLARE_BLOCK_LIST_ID === undefined
      ? {}
      : { cloudflareBlockListId: config.CLOUDFLARE_BLOCK_LIST_ID }),
    revokeAgainSeconds: config.LOCKOUT_REVOKE_AGAIN_SECONDS,
  };
  const incidentChannel = config.INCIDENT_CHANNEL ?? config.DEADBOLT_CHANNEL;
  const eventsOf = async (requestId: string, within?: DatabaseClient) =>
    (await auditLog.list({ requestId }, within)) as unknown as AuditEvent[];
  const underway = createUnderway();
  const sealer = createSealer(config.ZOOM_CLIENT_SECRET, "secrets and files of a request");
  const engine = await startEngine({
    databaseUrl: opened.url,
    database,
    actions: createRunParts({
      config,
      database,
      audit,
      auditLog,
      connector,
      sealer,
      surroundings,
      notice,
      judging,
      underway,
      lanes,
    }),
    log,
    clear: () => lanes.clear(),
    onLost,
  });
  const startRun = async (requestId: string, begun?: StartedPlan) => {
    if (begun !== undefined) {
      storyteller.putFirst(requestId);
      return engine.start(requestId, 0, { begun });
    }
    const request = await findRequest(database, requestId);
    const playbook = request?.playbook ?? "";
    if (isUrgent(playbook)) storyteller.putFirst(requestId);
    return engine.start(requestId, request?.attempt, { isBulk: isBulk(playbook) });
  };
  const start = async (requestId: string, begun?: StartedPlan) => {
    const started = startRun(requestId, begun);
    storyteller.notice(requestId);
    // It is written down as approved: failing now must not read as a no, and the next round starts it.
    const noted = started.catch((error: unknown) =>
      log.error({ requestId, err: error }, "a run did not start yet"),
    );
    // What is at work already waits for no note.
    if (begun === undefined) await noted;
  };

  storyteller.start();
  const care = repeat(
    "looking after waiting requests",
    CARE_MILLISECONDS,
    () => lookAfterRequests({ database, audit, now, holders: pool.holders }),
    log,
  );
  const watching = repeat(
    "watching lockouts",
    Math.min(WATCH_MILLISECONDS, config.LOCKOUT_WATCH_SECONDS * 1_000),
    () =>
      watchLockouts({
        database,
        execute: (operation, input, context) => connector.execute(operation, input, context),
        audit,
        events: eventsOf,
        watchMilliseconds: config.LOCKOUT_WATCH_SECONDS * 1_000,
        notice,
        now,
      }),
    log,
  );
  const startUnstarted = async () => {
    const unfinished = await unfinishedRequests(database, now());
    const inOrder = unfinished.toSorted(
      (one, other) => priorityOf(one.playbook) - priorityOf(other.playbook),
    );
    for (const { id, attempt, playbook } of inOrder)
      await engine
        .start(id, attempt, { isBulk: isBulk(playbook) })
        .catch((error: unknown) => log.error({ requestId: id, err: error }, "a run did not start yet"));
  };
  await startUnstarted();
  const unstarted = repeat("looking for approved requests", UNSTARTED_MILLISECONDS, startUnstarted, log);

  // Only now: what a crash interrupted goes on, whether or not Slack can be reached.
  const slack = await createSlackApp(slackOptions, clients);
  const teamId = config.SLACK_TEAM_ID ?? slack.identity.teamId;
  const { SLACK_ADMIN_TOKEN: adminToken, SLACK_API_URL: apiUrl } = config;
  if (adminToken !== undefined) {
    await checkAdministration({ adminToken, apiUrl, log }, slack.identity);
    warnOfMissingSlackScope(policy.current().policy, log);
  }
  const surroundingsHere = {
    ...surroundings,
    ...(adminToken === undefined ? {} : { slackTeamId: teamId }),
  };
  const directory = createDirectory(clients.interactive, teamId);

  const rememberedDirectory = rememberDirectory(directory, await createStore(config, "directory", log));
  const parts = { database, onCall, policy: () => policy.current().policy, teamId };
  const people = createPeople({ ...parts, directory });
  const rememberedPeople = createPeople({ ...parts, directory: rememberedDirectory });
  reach.done({ people, remembered: { directory: rememberedDirectory, people: rememberedPeople } });

  const factor = createFactorParts({
    database,
    sealer: createSealer(config.ZOOM_CLIENT_SECRET, "one-time passwords"),
    now,
    audit,
    directory: rememberedDirectory,
    client: clients.background,
    channel: config.DEADBOLT_CHANNEL,
    log,
  });
  const common = { ...judging, audit, start, notice };
  const urgent: Connector = {
    execute: (named, input, context) => connector.execute(named, input, { priority: 0, ...context }),
  };
  const operation = {
    ...common,
    surroundings: surroundingsHere,
    settings: { ...surroundingsHere, zoomPlan: config.ZOOM_PLAN },
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
    lookups: createLookups(directory, connector, teamId, config.CLOUDFLARE_ACCOUNT_ID),
    approvers: pool.approvers,
  } satisfies OperationContext;
  const deps = createDeps({
    channel: config.DEADBOLT_CHANNEL,
    cloudflareConfigured: config.CLOUDFLARE_ACCOUNT_ID !== undefined || config.CLOUDFLARE_ZONE_IDS.length > 0,
    slackSessionsConfigured: adminToken !== undefined,
    policy,
    people,
    remembered: rememberedPeople,
    namesOf: (target) => namesOf(directory, target),
    operation,
    lockout: {
      ...operation,
      incidentChannel,
      underway,
      lanes,
      administratorsInTurn: createTurns(),
      begin: (client, request, firstSteps) =>
        beginRun(
          (within, about, at) => suspendPower({ loadedPolicy: () => policy.current() }, within, about, at),
          client,
          request,
          request.createdAt,
          firstSteps,
        ),
      auditWith: async (changes, events) => {
        await auditLog.appendWith(changes, events);
        for (const event of events) {
          health.count(event);
          told(event);
        }
      },
      events: eventsOf,
      // Ahead of whatever else waits for the rate limits.
      lookups: createLookups(directory, urgent, teamId, config.CLOUDFLARE_ACCOUNT_ID),
    },
    decide: {
      ...common,
      checkCode: (personId, code) => factor.checkCode(personId, code),
      isEnrolled: (personId) => factor.deps.isEnrolled(personId),
    },
    log,
  });

  const inHand = createInHand();
  slack.app.use(
    createGuard({
      teamId,
      ...(config.SLACK_APP_ID === undefined ? {} : { appId: config.SLACK_APP_ID }),
      responseOrigins: responseOrigins(config.SLACK_API_URL),
      deliveries: createDeliveries(await createSharedStore(config, "delivery", log), Date.now),
      inHand,
      log,
      reportFault: (where, error) => deps.reportFault(where, error),
    }),
  );
  const lockoutForms = registerViews(slack.app, deps);
  registerCommands(slack.app, deps, { factor: factor.deps, lockoutForms });
  registerSecondFactor(slack.app, factor.deps);

  const http = await startHttpServer({
    host: config.HOST,
    port: config.PORT,
    ...(slack.listener === undefined ? {} : { slack: slack.listener }),
    probes: health.probes,
    now: Date.now,
  });
  await slack.connect();
  const noPlace = await askChannel();
  if (noPlace !== undefined)
    log.error({ channel: config.DEADBOLT_CHANNEL }, `no place for requests: ${noPlace}`);
  log.info(
    { host: config.HOST, port: http.port, workspace: teamId, policy: policy.current().version },
    slack.listener === undefined ? "Deadbolt is up, by Socket Mode" : "Deadbolt is up, by HTTP",
  );

  async function stop(): Promise<number> {
    const end = Date.now() + config.STOP_SECONDS * 1_000;
    const left = () => Math.max(0, end - Date.now());
    isStopping = true;
    log.info("stopping: no new requests, waiting for work in hand");
    await slack.disconnect();
    await Promise.race([Promise.all([http.close(), inHand.idle()]), sleep(left())]);
    await Promise.all([care.stop(), unstarted.stop(), watching.stop(), policyWatch.stop()]);
    const { finished } = await engine.stop(left());
    const told = await storyteller.stop(Math.min(left(), 10_000));
    // What is still at work holds its connections and would keep the pools from closing; it ends with the process.
    if (finished && told) await Promise.all([database.close(), storyDatabase.close()]);
    else log.warn({ finished, told }, "not everything is finished; the rest is resumed at the next start");
    await opened.close();
    log.info("stopped");
    return 0;
  }

  let stopped: Promise<number> | undefined;
  return { port: http.port, stop: () => (stopped ??= stop()) };
}
