import { createSealer, type Sealer } from "../connectors/sealed-text.ts";
import type { Connector } from "../connectors/connector.ts";
import { shareReads } from "../connectors/shared-reads.ts";
import { createApproverPool, type ApproverPool } from "../people/approver-pool.ts";
import type { BeyondSlack } from "../people/identify.ts";
import { createOnCallProviders, onCallNow } from "../people/on-call-now.ts";
import type { People } from "../people/people.ts";
import { createReach, type Reach } from "../people/slack-ready.ts";
import type { PlaybookSettings } from "../playbook/playbook.ts";
import { isBulk, isUrgent, priorityOf } from "../playbook/priority.ts";
import { unfinishedRequests } from "../request/find-requests.ts";
import { findRequest } from "../request/store.ts";
import { createUnderway, type Underway } from "../workflow/lockout/prefetched-reads.ts";
import { holdAliveLock } from "../workflow/run/alive-lock.ts";
import { startEngine, type Engine } from "../workflow/run/engine.ts";
import { createRecentChecks, type RecentChecks } from "../workflow/start/checked-just-now.ts";
import type { StartedPlan } from "../workflow/start/started-plan.ts";
import { createConnector, type Vendors } from "./create-connector.ts";
import { createRunParts, type Judging } from "./run-wiring.ts";
import type { Ground, Reporting } from "./start-reporting.ts";
import { lookUpZoneNames } from "./zone-names.ts";

/** What runs approved requests, and asks about people as soon as Slack is reached. */
export interface Runs {
  now: () => Date;
  connector: Connector;
  zoom: Vendors["zoom"];
  sealer: Sealer;
  playbookSettings: PlaybookSettings;
  underway: Underway;
  onCall: BeyondSlack["onCall"];
  reach: Reach;
  pool: ApproverPool;
  judging: Judging;
  /** The same for lockouts, which wait longer before they say no. */
  judgingUrgently: Judging;
  /** Shared by the click that approves and the start that follows. */
  recentChecks: RecentChecks;
  /** An approved request is to run; called after it is safely written. */
  start: (requestId: string, begun?: StartedPlan) => Promise<void>;
  /** Starts what is approved and has no run: a crash can fall between the two. */
  startUnstarted: () => Promise<void>;
  stop: Engine["stop"];
}

const LOST_DATABASE =
  "the connection to the database (DATABASE_URL, or the embedded one) was lost; nothing is done without it, and it is tried again";

/** Connects the vendors and starts the engine, which resumes what a crash interrupted. */
export async function startRuns(ground: Ground, reporting: Reporting): Promise<Runs> {
  const { config, log, policy, opened, onLost } = ground;
  const { database, audit, events, publish, lanes } = reporting;
  const now = () => new Date();
  const onCall = onCallNow(createOnCallProviders(config, log), () => policy.current().policy);
  const reach = createReach();
  const pool = createApproverPool({
    policy: () => policy.current().policy,
    remembered: () => reach.reached()?.remembered,
    onCall,
  });
  const common = { database, loadedPolicy: () => policy.current(), now };
  const judging = { ...common, ...asking(async () => (await reach.soon()).people) };
  const judgingUrgently = { ...common, ...asking(async () => (await reach.soon()).urgent) };
  const vendors = await createConnector(config, log);
  const connector = shareReads(vendors.connector);
  const zones = config.CLOUDFLARE_ZONE_IDS;
  const playbookSettings: PlaybookSettings = {
    cloudflareAccountId: config.CLOUDFLARE_ACCOUNT_ID,
    cloudflareZoneIds: zones,
    cloudflareZoneNames: await lookUpZoneNames(connector, zones, log),
    cloudflareBlockListId: config.CLOUDFLARE_BLOCK_LIST_ID,
    revokeAgainSeconds: config.LOCKOUT_REVOKE_AGAIN_SECONDS,
  };
  const underway = createUnderway();
  const sealer = createSealer(config.ZOOM_CLIENT_SECRET, "secrets and files of a request");
  const { zoom } = vendors;
  const recentChecks = createRecentChecks();
  const parts = {
    connector,
    zoom,
    sealer,
    playbookSettings,
    judging,
    judgingUrgently,
    recentChecks,
    underway,
  };
  const alive = await holdAliveLock({
    databaseUrl: opened.url,
    database,
    onInterrupted: (error) => log.error({ err: error }, LOST_DATABASE),
  });
  alive.onHeldAgain(() => log.info("the database is reached again; what waited for it goes on"));
  const isAlive = (requestId: string) => alive.isHeld(requestId);
  const engine = await startEngine({
    databaseUrl: opened.url,
    database,
    actions: createRunParts({ config, database, audit, events, publish, lanes, isAlive, ...parts }),
    log,
    clear: () => lanes.clear(),
    alive,
    onLost,
  });
  const starting = createStarting(ground, reporting, engine);
  return { now, onCall, reach, pool, ...parts, ...starting, stop: (most) => engine.stop(most) };
}

/** What is asked about people, as soon as Slack is reached. */
function asking(people: () => Promise<People>): Omit<Judging, "database" | "loadedPolicy" | "now"> {
  return {
    standing: async (personId, roleNames) => (await people()).standing(personId, roleNames),
    targetGroups: async (slackIds) => (await people()).targetGroups(slackIds),
    alikeProtected: async (person) => (await people()).alikeProtected(person),
    roleMembers: async (roleNames) => (await people()).roleMembers(roleNames),
    beginTargetGroups() {
      const begun = people().then((found) => found.beginTargetGroups());
      begun.catch(() => undefined);
      return async (slackIds) => (await begun)(slackIds);
    },
  };
}

function createStarting(
  { log }: Ground,
  { database, storyteller }: Reporting,
  engine: Engine,
): Pick<Runs, "start" | "startUnstarted"> {
  const reportUnstarted = (requestId: string) => (error: unknown) =>
    log.error({ requestId, err: error }, "a run did not start yet");

  async function startRun(requestId: string, begun?: StartedPlan): Promise<void> {
    if (begun !== undefined) {
      storyteller.putFirst(requestId);
      return engine.start(requestId, 0, { begun });
    }
    const request = await findRequest(database, requestId);
    const playbook = request?.playbook ?? "";
    if (isUrgent(playbook)) storyteller.putFirst(requestId);
    return engine.start(requestId, request?.attempt, { isBulk: isBulk(playbook) });
  }

  return {
    async start(requestId, begun) {
      const started = startRun(requestId, begun);
      storyteller.publish(requestId);
      // It is written down as approved: failing now must not read as a no, and the next round starts it.
      const noted = started.catch(reportUnstarted(requestId));
      // What is at work already waits for no note.
      if (begun === undefined) await noted;
    },
    async startUnstarted() {
      const unfinished = await unfinishedRequests(database, new Date());
      const inOrder = unfinished.toSorted(
        (one, other) => priorityOf(one.playbook) - priorityOf(other.playbook),
      );
      for (const { id, attempt, playbook } of inOrder)
        await engine.start(id, attempt, { isBulk: isBulk(playbook) }).catch(reportUnstarted(id));
    },
  };
}
