import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PersonName } from "../../playground/company.ts";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { VendorAnswer, VendorRequest } from "../../playground/vendor-http.ts";
import { eventually, startWorld, type World } from "../journeys/world/world.ts";
import { APP_ID, BOT_TOKEN, SIGNING_SECRET, startEmulate, type Emulate } from "./emulate-process.ts";

/** A modal as emulate keeps it. */
export interface View extends Record<string, unknown> {
  id: string;
  hash: string;
  blocks: Record<string, unknown>[];
}

/** A message as emulate gives it back. */
export interface Message {
  ts: string;
  text: string;
  blocks?: Record<string, unknown>[];
  metadata?: { event_payload?: { id?: string } };
}

/** The app against emulate, with the pretend Zoom and Cloudflare. `company.slack` stands idle. */
export interface EmulateWorld extends World {
  emulate: Emulate;
  /** Stands between the app and emulate: keeps every call with its answer, and loses an answer on demand. */
  door: Simulator;
  /** Where the app answers commands: emulate has no such addresses, so the door takes what comes. */
  responseUrl: string;
}

/** People by id: emulate has no user groups, so what a policy does with groups cannot be shown here. */
function policyFor(people: Record<PersonName, string>): object {
  return {
    version: 1,
    roles: {
      "it-admins": {
        members: { users: [people.requester, people.approver] },
        scopes: ["zoom:user:read:admin", "zoom:user:write:admin", "cloudflare:access:revoke"],
      },
      security: {
        members: { users: [people.security] },
        scopes: ["zoom:*", "cloudflare:*", "deadbolt:approve"],
      },
    },
    approvals: [
      { for: { playbook: "zoom-offboard" }, approvers: ["it-admins", "security"], count: 1, expires: "24h" },
      { for: { risk: "irreversible" }, approvers: ["security"], count: 1, expires: "8h" },
    ],
  };
}

function passOn(emulate: Emulate): (request: VendorRequest) => Promise<VendorAnswer> {
  return async ({ path, headers, rawBody }) => {
    if (path.startsWith("/response")) return { status: 200, body: "ok" };
    const response = await fetch(emulate.url + path, {
      method: "POST",
      headers: {
        authorization: headers["authorization"] ?? "",
        "content-type": headers["content-type"] ?? "application/x-www-form-urlencoded",
      },
      body: rawBody,
    });
    return { status: response.status, body: await response.json() };
  };
}

/** Starts emulate, the vendors and the app. @throws Error when one of them does not come up */
export async function startEmulateWorld(): Promise<EmulateWorld> {
  const emulate = await startEmulate();
  const door = await startSimulator("emulate", passOn(emulate));
  const folder = await mkdtemp(join(tmpdir(), "emulate-policy-"));
  const policyFile = join(folder, "policy.yml");
  await writeFile(policyFile, JSON.stringify(policyFor(emulate.people)));
  async function closeSlack(): Promise<void> {
    await Promise.all([door.close(), emulate.close(), rm(folder, { recursive: true, force: true })]);
  }
  try {
    const world = await startWorld({
      environment: {
        SLACK_API_URL: `${door.url}/api/`,
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        SLACK_APP_ID: APP_ID,
        DEADBOLT_CHANNEL: emulate.channel,
        POLICY_FILE: policyFile,
      },
    });
    return {
      ...world,
      emulate,
      door,
      responseUrl: `${door.url}/response/1`,
      async close() {
        await world.close();
        await closeSlack();
      },
    };
  } catch (error) {
    await closeSlack();
    throw error;
  }
}

/** What the app asked of a method, with emulate's answers; calls whose answer was lost are left out. */
export function callsOf(
  world: EmulateWorld,
  method: string,
): { sent: Record<string, unknown>; answer: Record<string, unknown> }[] {
  return world.door.calls.flatMap(({ request, outcome }) =>
    request.path === `/api/${method}` && "body" in outcome
      ? [{ sent: request.body ?? {}, answer: outcome.body as Record<string, unknown> }]
      : [],
  );
}

/** The texts that came to the address for answers to commands. */
export function responses(world: EmulateWorld): string[] {
  return world.door.calls
    .filter(({ request }) => request.path.startsWith("/response"))
    .map(({ request }) => String(request.body?.["text"]));
}

/** Waits for the next of something that only grows, after `act`. */
export async function nextAfter<Thing>(
  what: string,
  list: () => Thing[] | Promise<Thing[]>,
  act: () => Promise<unknown>,
): Promise<Thing> {
  const { length } = await list();
  await act();
  return eventually(what, async () => (await list())[length]);
}

/** The modals that emulate let the app open, the newest last. */
export function openedViews(world: EmulateWorld): View[] {
  return callsOf(world, "views.open").flatMap(({ answer }) =>
    answer["ok"] === true ? [answer["view"] as View] : [],
  );
}

/** The channel's messages as a member reads them, the oldest first. */
export async function channelMessages(world: EmulateWorld): Promise<Message[]> {
  const { emulate } = world;
  const answer = await emulate.ask("security", "conversations.history", { channel: emulate.channel });
  return (answer["messages"] as Message[]).toReversed();
}

/** A message's thread without its first message, as a member reads it. */
export async function threadUnder(world: EmulateWorld, root: Message): Promise<string[]> {
  const { emulate } = world;
  const place = { channel: emulate.channel, ts: root.ts };
  const answer = await emulate.ask("security", "conversations.replies", place);
  return (answer["messages"] as Message[]).slice(1).map((message) => message.text);
}

/** What the bot wrote to someone in private, as they read it, the oldest first. */
export async function directMessagesOf(world: EmulateWorld, person: PersonName): Promise<string[]> {
  const { emulate } = world;
  const { channels } = await emulate.ask(person, "conversations.list", { types: "im" });
  const own = (channels as { id: string; is_member: boolean }[]).find((channel) => channel.is_member);
  if (own === undefined) return [];
  const { messages } = await emulate.ask(person, "conversations.history", { channel: own.id });
  return (messages as Message[]).map((message) => message.text).toReversed();
}
