import { PEOPLE, type PersonName } from "../../../playground/company.ts";
import type { Message, OpenView } from "../../../playground/slack/state.ts";
import { eventually, type World } from "./world.ts";

/** Chooses from the menu of a request's message, and waits for the form that it opens. */
export async function openFromMenu(
  world: World,
  person: PersonName,
  message: Message,
  choice: string,
): Promise<OpenView> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE[person].id).click(message, "request_more", { value: choice });
  return newViewOf(world, person, known);
}

/** Waits for a view of someone's that was not there before. */
export function newViewOf(world: World, person: PersonName, known: ReadonlySet<string>): Promise<OpenView> {
  return eventually(`a new window of ${person}`, () =>
    [...world.company.slack.views.values()].find(
      ({ id, owner }) => owner === PEOPLE[person].id && !known.has(id),
    ),
  );
}

/** What someone finds in their direct messages with the app. */
export function directMessagesOf(world: World, person: PersonName): Message[] {
  const { slack } = world.company;
  return slack.messages.filter(
    ({ channel, deleted }) =>
      !deleted &&
      slack.channels.get(channel)?.kind === "im" &&
      slack.channels.get(channel)?.members.has(PEOPLE[person].id) === true,
  );
}

/** The message that follows a request in someone's direct messages. */
export function approverMessage(world: World, person: PersonName, requestId: string): Promise<Message> {
  return eventually(`the message of ${requestId} to ${person}`, () =>
    directMessagesOf(world, person).find(
      ({ metadata }) =>
        (metadata?.["event_payload"] as { id?: unknown } | undefined)?.id ===
        `${requestId}:approver:${PEOPLE[person].id}`,
    ),
  );
}
