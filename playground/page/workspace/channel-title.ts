import type { PageChannel, PagePerson } from "../../page-api.ts";

/** The other one in direct messages. */
export function personBehind(
  channel: PageChannel | undefined,
  people: readonly PagePerson[],
): PagePerson | undefined {
  return people.find(({ id }) => id === channel?.withUser);
}

/** `#offboarding`, or the other one's name. */
export function titleOf(channel: PageChannel | undefined, people: readonly PagePerson[]): string {
  if (channel === undefined) return "Nowhere";
  if (channel.kind === "channel") return `#${channel.name}`;
  return personBehind(channel, people)?.realName ?? channel.name;
}
