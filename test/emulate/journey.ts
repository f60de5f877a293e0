import { expect } from "vitest";
import {
  callsOf,
  channelMessages,
  nextAfter,
  openedViews,
  type EmulateWorld,
  type Message,
  type View,
} from "./emulate-world.ts";
import { submitView, typeCommand } from "./signed-requests.ts";

/** The person who leaves, as Slack puts a mention into a command. */
export function mention(world: EmulateWorld): string {
  return `<@${world.emulate.people.target}|sam>`;
}

/** The requester types `/zoom-offboard` with a person and waits for the form. */
export function openForm(world: EmulateWorld, text = mention(world)): Promise<View> {
  return nextAfter(
    "the form",
    () => openedViews(world),
    () => typeCommand(world, "requester", "/zoom-offboard", text),
  );
}

/** The requester asks for an offboarding, up to the message in the channel. */
export async function ask(world: EmulateWorld, text: string): Promise<{ id: string; root: Message }> {
  const view = await openForm(world, text);
  const root = await nextAfter(
    "the request's message",
    () => channelMessages(world),
    async () => {
      const { status, body } = await submitView(world, "requester", view, { reason: "Left the company" });
      expect(status).toBe(200);
      expect(body).toMatchObject({ response_action: "update", view: { title: { text: "Request made" } } });
    },
  );
  return { id: view.id, root };
}

/** A message of the channel as it is now. @throws Error when it is gone */
export async function again(world: EmulateWorld, message: Message): Promise<Message> {
  const found = (await channelMessages(world)).find(({ ts }) => ts === message.ts);
  if (found === undefined) throw new Error("The message is gone.");
  return found;
}

/** What the app told single people in the channel, where nobody else sees it. */
export function toldAlone(world: EmulateWorld): Record<string, unknown>[] {
  return callsOf(world, "chat.postEphemeral").map(({ sent }) => sent);
}
