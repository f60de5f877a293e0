import {
  PEOPLE,
  startCompany,
  type Company,
  type CompanyOptions,
  type PersonName,
} from "../../../playground/company.ts";
import { startAppProcess, type AppProcess } from "../../../playground/app-process.ts";
import type { Delivery, Message, OpenView } from "../../../playground/slack/state.ts";
import type { Entry } from "../../../playground/slack/entry.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import type { Database } from "../../../src/database/connect.ts";

export interface World {
  company: Company;
  database: Database;
  databaseUrl: string;
  /** The app that runs now; another one after `restart`. */
  app(): AppProcess;
  /** Everything that any of the apps has logged. */
  log(): string;
  /** Starts the app again, after `app().kill()` or `app().stop()`. */
  restart(environment?: Record<string, string>): Promise<AppProcess>;
  close(): Promise<void>;
}

export interface WorldOptions extends CompanyOptions {
  /** Settings beside those of the pretend vendors. */
  environment?: Record<string, string>;
}

/** The whole app in its own process, the three pretend vendors, and a database to look into. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { environment = {}, ...companyOptions } = options;
  const company = await startCompany({ rateLimits: false, ...companyOptions });
  const fresh: FreshDatabase = await createFreshDatabase();
  const settings = {
    ...company.environment,
    DATABASE_URL: fresh.url,
    POLICY_FILE: "playground/policy.yml",
    LOG_LEVEL: "debug",
    READ_BACK_SECONDS: "2",
    LOCKOUT_REVOKE_AGAIN_SECONDS: "0.6",
    LOCKOUT_WATCH_SECONDS: "600",
    // What a test changes in Slack counts at once.
    DIRECTORY_SECONDS: "0",
    ...environment,
  };
  const apps: AppProcess[] = [];
  async function restart(more: Record<string, string> = {}): Promise<AppProcess> {
    const app = await startAppProcess({ ...settings, ...more });
    apps.push(app);
    company.slack.requestUrl = app.requestUrl;
    return app;
  }
  await restart();
  const current = () => apps[apps.length - 1] as AppProcess;
  return {
    company,
    database: fresh.database,
    databaseUrl: fresh.url,
    app: current,
    log: () => apps.map((app) => app.log()).join(""),
    restart,
    async close() {
      if (current().process.exitCode === null) await current().kill();
      await company.close();
      await fresh.drop();
    },
  };
}

/** The two ways in which Slack reaches the app. */
export const TRANSPORTS = ["HTTP", "Socket Mode"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The same world, with the app reached by signed requests or by a connection of its own. */
export async function startWorldBy(transport: Transport, options: WorldOptions = {}): Promise<World> {
  if (transport === "HTTP") return startWorld(options);
  const environment = { ...options.environment, SLACK_APP_TOKEN: "xapp-playground-app-token" };
  const world = await startWorld({ ...options, environment });
  world.company.slack.requestUrl = undefined;
  await eventually("a Socket Mode connection", () => world.company.slack.socketConnections() > 0);
  return world;
}

/** Waits until `look` sees something, asking every 20 ms. @throws Error that says what was waited for */
export async function eventually<Seen>(
  what: string,
  look: () => Seen | undefined | false | null | Promise<Seen | undefined | false | null>,
  milliseconds = 60_000,
): Promise<Seen> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false && seen !== null) return seen;
    if (performance.now() > deadline) throw new Error(`Waited ${milliseconds} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The modal that lies in front of someone. */
export function openViewOf(world: World, person: PersonName): OpenView | undefined {
  return [...world.company.slack.views.values()].findLast((view) => view.owner === PEOPLE[person].id);
}

/** Types `/zoom-offboard` and waits for the form. */
export async function openForm(world: World, person: PersonName, text: string): Promise<OpenView> {
  const known = new Set(world.company.slack.views.keys());
  await world.company.slack.as(PEOPLE[person].id).command("/zoom-offboard", text);
  return eventually("the offboarding form", () => {
    const view = openViewOf(world, person);
    return view !== undefined && !known.has(view.id) ? view : undefined;
  });
}

export interface Asked {
  requestId: string;
  submission: Delivery;
  root: Message;
}

/** Asks for an offboarding as a person would, up to the message in the channel. */
export async function ask(
  world: World,
  options: { by?: PersonName; target?: PersonName; values?: Record<string, Entry> } = {},
): Promise<Asked> {
  const { by = "requester", target = "target", values = {} } = options;
  const view = await openForm(world, by, `@${PEOPLE[target].name}`);
  const submission = await world.company.slack
    .as(PEOPLE[by].id)
    .submit(view.id, { reason: "Left the company", ...values });
  const root = await eventually("the request's message", () => rootOf(world, view.id));
  return { requestId: view.id, submission, root };
}

function idOf(message: Message): unknown {
  const payload = message.metadata?.["event_payload"] as { id?: unknown } | undefined;
  return payload?.id;
}

/** The request's message in the channel. */
export function rootOf(world: World, requestId: string): Message | undefined {
  return world.company.slack.messages.find(
    (message) => idOf(message) === `${requestId}:root` && !message.deleted,
  );
}

/** What the request's thread says, in order. */
export function threadOf(world: World, requestId: string): string[] {
  const root = rootOf(world, requestId);
  return world.company.slack.messages
    .filter((message) => message.threadTs === root?.ts && root !== undefined && !message.deleted)
    .map((message) => message.text);
}

/** Everything that the app posted for a request, by our message id: each must stand once. */
export function messageIdsOf(world: World, requestId: string): unknown[] {
  return world.company.slack.messages
    .filter((message) => !message.deleted)
    .map(idOf)
    .filter((id) => String(id).startsWith(`${requestId}:`));
}

/** What was told to one person alone, the newest last. */
export function noticesTo(world: World, person: PersonName): string[] {
  return world.company.slack.notices
    .filter((notice) => notice.toUser === PEOPLE[person].id)
    .map((notice) => notice.text);
}

/** Waits for a new notice to someone, made by `act`. */
export async function noticeAfter(
  world: World,
  person: PersonName,
  act: () => Promise<unknown>,
): Promise<string> {
  const before = noticesTo(world, person).length;
  await act();
  return eventually(`a notice to ${person}`, () => noticesTo(world, person)[before]);
}

/** Presses Approve in the request's message. */
export function approve(world: World, requestId: string, by: PersonName): Promise<Delivery> {
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error(`There is no message of ${requestId}.`);
  return world.company.slack.as(PEOPLE[by].id).click(root, "request_approve");
}

export interface StoredRequest {
  state: string;
  requester_id: string;
  plan_hash: string;
}

export async function storedRequest(world: World, requestId: string): Promise<StoredRequest | undefined> {
  const { rows } = await world.database.query<StoredRequest>(
    "select state, requester_id, plan_hash from deadbolt.request where id = $1",
    [requestId],
  );
  return rows[0];
}

const ENDED = ["done", "partly_done", "failed", "denied", "expired", "cancelled"];

/** Waits until all that has happened so far stands in Slack. */
export async function storyTold(world: World, requestId: string, milliseconds = 120_000): Promise<void> {
  await eventually(
    "the end of its story",
    async () => {
      const { rows } = await world.database.query<{ told: number; wanted: number }>(
        "select told, wanted from deadbolt.story where request_id = $1",
        [requestId],
      );
      return rows[0] !== undefined && rows[0].told >= rows[0].wanted;
    },
    milliseconds,
  );
}

/** Waits until the request has ended and all of its story stands in Slack. */
export async function ended(world: World, requestId: string, milliseconds = 120_000): Promise<string> {
  const state = await eventually(
    "the end of the request",
    async () => {
      const request = await storedRequest(world, requestId);
      return request !== undefined && ENDED.includes(request.state) ? request.state : undefined;
    },
    milliseconds,
  );
  await storyTold(world, requestId, milliseconds);
  return state;
}

/** Types of the request's events in the audit log, in order. */
export async function eventsOf(
  world: World,
  requestId: string,
): Promise<{ type: string; id: string; actor: string; data: Record<string, unknown> }[]> {
  const { rows } = await world.database.query<{
    type: string;
    id: string;
    actor: string;
    data: Record<string, unknown>;
  }>("select type, id, actor, data from deadbolt.audit_event where request_id = $1 order by sequence", [
    requestId,
  ]);
  return rows;
}

/** The outcome of every step, by step id. */
export async function outcomesOf(world: World, requestId: string): Promise<Record<string, unknown>> {
  const events = await eventsOf(world, requestId);
  return Object.fromEntries(
    events
      .filter((event) => event.type === "step.finished")
      .map((event) => [String(event.data["stepId"]).replace(/-zone-.*/, "-zone"), event.data["outcome"]]),
  );
}
