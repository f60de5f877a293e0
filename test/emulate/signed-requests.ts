import { createHmac } from "node:crypto";
import { PEOPLE, type PersonName } from "../../playground/company.ts";
import { APP_ID, SIGNING_SECRET } from "./emulate-process.ts";
import type { EmulateWorld, Message, View } from "./emulate-world.ts";
import { formState, type Entries } from "./form-state.ts";

/** What the app answered to a delivery itself, before it began to work. */
export interface Acknowledgement {
  status: number;
  body: unknown;
}

async function send(world: EmulateWorld, fields: Record<string, string>): Promise<Acknowledgement> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
  const response = await fetch(world.app().requestUrl, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

function interact(world: EmulateWorld, by: PersonName, payload: object): Promise<Acknowledgement> {
  const { teamId, people } = world.emulate;
  return send(world, {
    payload: JSON.stringify({
      team: { id: teamId, domain: "northwind" },
      user: { id: people[by], username: PEOPLE[by].name, name: PEOPLE[by].name, team_id: teamId },
      api_app_id: APP_ID,
      token: "an-old-verification-token",
      enterprise: null,
      is_enterprise_install: false,
      ...payload,
    }),
  });
}

/** A trigger that emulate lets someone's app open one modal with, for 3 seconds. */
export async function mintTrigger(world: EmulateWorld, by: PersonName): Promise<string> {
  const { emulate } = world;
  const answer = await emulate.ask("bot", "views.generateTriggerId", { user_id: emulate.people[by] });
  return String(answer["trigger_id"]);
}

/** Someone types a command in the channel; `trigger` is a fresh one unless given. */
export async function typeCommand(
  world: EmulateWorld,
  by: PersonName,
  command: string,
  text: string,
  trigger?: string,
): Promise<Acknowledgement> {
  const { teamId, people, channel } = world.emulate;
  return send(world, {
    token: "an-old-verification-token",
    team_id: teamId,
    team_domain: "northwind",
    channel_id: channel,
    channel_name: "privategroup",
    user_id: people[by],
    user_name: PEOPLE[by].name,
    command,
    text,
    api_app_id: APP_ID,
    is_enterprise_install: "false",
    response_url: world.responseUrl,
    trigger_id: trigger ?? (await mintTrigger(world, by)),
  });
}

/** Someone submits a modal. */
export async function submitView(
  world: EmulateWorld,
  by: PersonName,
  view: View,
  entries: Entries,
): Promise<Acknowledgement> {
  return interact(world, by, {
    type: "view_submission",
    trigger_id: await mintTrigger(world, by),
    view: { ...view, state: formState(view.blocks, entries) },
    response_urls: [],
  });
}

/** Someone chooses another option in a modal that is told of it. */
export async function chooseInView(
  world: EmulateWorld,
  by: PersonName,
  view: View,
  blockId: string,
  value: string,
): Promise<Acknowledgement> {
  const state = formState(view.blocks, { [blockId]: value });
  const [actionId = "", held] = Object.entries(state.values[blockId] ?? {})[0] ?? [];
  return interact(world, by, {
    type: "block_actions",
    trigger_id: await mintTrigger(world, by),
    container: { type: "view", view_id: view.id },
    view: { ...view, state },
    actions: [{ ...held, block_id: blockId, action_id: actionId, action_ts: "1.1" }],
  });
}

/** Someone presses a button of a message in the channel. @throws Error when it has no such button */
export async function pressButton(
  world: EmulateWorld,
  by: PersonName,
  message: Message,
  actionId: string,
): Promise<Acknowledgement> {
  const { channel } = world.emulate;
  const found = (message.blocks ?? [])
    .flatMap((block) =>
      ((block["elements"] ?? []) as Record<string, unknown>[]).map((element) => ({ block, element })),
    )
    .find(({ element }) => element["action_id"] === actionId);
  if (found === undefined) throw new Error(`The message has no button ${actionId}.`);
  return interact(world, by, {
    type: "block_actions",
    trigger_id: await mintTrigger(world, by),
    container: { type: "message", message_ts: message.ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: "privategroup" },
    message,
    state: { values: {} },
    response_url: world.responseUrl,
    actions: [{ ...found.element, block_id: found.block["block_id"], action_ts: "1.1" }],
  });
}
