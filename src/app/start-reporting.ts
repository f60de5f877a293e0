import type { Logger } from "pino";
import { desiredMessages } from "../../views/thread/thread.ts";
import type { AuditEvent } from "../audit/event.ts";
import { createAuditLog } from "../audit/log.ts";
import type { AppendResult } from "../audit/record.ts";
import { secretsOf, type Config } from "../config.ts";
import { connectDatabase, type Database, type DatabaseClient } from "../database/connect.ts";
import { migrateDatabase } from "../database/migrate.ts";
import type { OpenedDatabase } from "../database/open.ts";
import type { Statement } from "../database/statement.ts";
import type { PolicyKeeper, PolicyWatch } from "../permission/policy-file/keep-policy.ts";
import { createSlackClients, type SlackClients, type SlackOptions } from "../slack/app.ts";
import { channelFault, type ChannelSetting } from "../slack/channel-fault.ts";
import { createStoryteller, type Storyteller } from "../slack/storyteller.ts";
import { createLanes, type Lanes } from "../workflow/run/priority-lanes.ts";
import { createHealth, type Health } from "./health.ts";
import { createReadiness, writeFault, type Check } from "./readiness.ts";

/** What is there before everything else. */
export interface Ground {
  config: Config;
  log: Logger;
  policy: PolicyKeeper;
  policyWatch: PolicyWatch;
  opened: OpenedDatabase;
  /** Aborted once the app stops. */
  stopping: AbortController;
  onLost: (error: Error) => void;
}

/** What records that something happened, and reports it to Slack and to the metrics. */
export interface Reporting {
  database: Database;
  /** Of its own for the storyteller, so that neither takes the other's connections. */
  storyDatabase: Database;
  slackOptions: SlackOptions;
  clients: SlackClients;
  /** What `/readyz` looks at; a part that starts later adds its own. */
  checks: Check[];
  health: Health;
  lanes: Lanes;
  storyteller: Storyteller;
  /** Adds an event to the trail, once by its id; whether it was new, as far as that is known before the commit. */
  audit: (event: AuditEvent, within?: DatabaseClient) => Promise<boolean>;
  /** Adds events together with changes of other rows: all of it or nothing. */
  auditWith: (changes: readonly Statement[], events: readonly AuditEvent[]) => Promise<void>;
  /** What the trail holds of a request. */
  events: (requestId: string, within?: DatabaseClient) => Promise<AuditEvent[]>;
  /** A request has news to report. */
  publish: (requestId: string) => void;
}

/** A probe that comes by every second asks Slack no more often than this. */
const SLACK_ANSWER_MILLISECONDS = 5_000;
const CHANNEL_ANSWER_MILLISECONDS = 30_000;
const DATABASE_ANSWER_MILLISECONDS = 2_000;

function createChecks(config: Config, database: Database, { background }: SlackClients): Check[] {
  const channelCheck = (name: string, setting: ChannelSetting, channel: string): Check => ({
    name,
    everyMilliseconds: CHANNEL_ANSWER_MILLISECONDS,
    ask: () => channelFault(background, channel, setting),
  });
  return [
    {
      name: "database",
      everyMilliseconds: DATABASE_ANSWER_MILLISECONDS,
      ask: () => writeFault(database),
    },
    {
      name: "slack",
      everyMilliseconds: SLACK_ANSWER_MILLISECONDS,
      async ask() {
        await background.auth.test();
        return undefined;
      },
    },
    channelCheck("channel", "DEADBOLT_CHANNEL", config.DEADBOLT_CHANNEL),
    ...(config.INCIDENT_CHANNEL === undefined || config.INCIDENT_CHANNEL === config.DEADBOLT_CHANNEL
      ? []
      : [channelCheck("incident channel", "INCIDENT_CHANNEL", config.INCIDENT_CHANNEL)]),
  ];
}

/** Opens the database and prepares what reports; nothing is asked of Slack yet. */
export async function startReporting({ config, log, policy, opened, stopping }: Ground): Promise<Reporting> {
  const database = connectDatabase(opened.url, { log, poolSize: 10, idleConnections: 10 });
  const storyDatabase = connectDatabase(opened.url, { log, poolSize: 9 });
  await migrateDatabase(database);
  await database.warmUp();
  const secrets = secretsOf(config);
  const policyVersion = () => policy.current().version;
  const auditLog = createAuditLog(database, secrets, policyVersion);

  const slackOptions: SlackOptions = {
    botToken: config.SLACK_BOT_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    appToken: config.SLACK_APP_TOKEN,
    apiUrl: config.SLACK_API_URL,
    log,
  };
  const clients = createSlackClients(slackOptions);
  const checks = createChecks(config, database, clients);
  const readiness = createReadiness({
    checks,
    policyVersion,
    isStopping: () => stopping.signal.aborted,
    now: Date.now,
  });
  const health = createHealth(readiness);
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
  const publish = (requestId: string) => storyteller.publish(requestId);
  const report = ({ requestId }: AuditEvent) => {
    if (requestId !== null) publish(requestId);
  };

  return {
    database,
    storyDatabase,
    slackOptions,
    clients,
    checks,
    health,
    lanes,
    storyteller,
    publish,
    async audit(event, within) {
      const added = ({ appended }: AppendResult) => {
        if (appended) health.count(event);
        report(event);
        return appended;
      };
      if (within === undefined) return added(await auditLog.append(event));
      auditLog.appendAtCommit(event, within, added);
      return true;
    },
    async auditWith(changes, events) {
      await auditLog.appendWith(changes, events);
      for (const event of events) {
        health.count(event);
        report(event);
      }
    },
    events: (requestId, within) => auditLog.list({ requestId }, within),
  };
}
