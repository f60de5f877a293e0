import type { SlackState } from "./state.ts";

type Directory = Pick<SlackState, "users" | "usergroups" | "channels">;

const EMAIL = /(?<![\w<|:@.])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/**
 * A command's text as Slack sends it when the manifest has `should_escape`: people, groups and channels that exist
 * become references with their ids, e-mail addresses become links, and `&`, `<`, `>` become entities.
 * References that are already written out, e.g. `<@U0SAM>`, stay.
 */
export function escapedText(state: Directory, text: string): string {
  const people = new Map([...state.users.values()].map((user) => [user.name, user.id]));
  const groups = new Map([...state.usergroups.values()].map((group) => [group.handle, group.id]));
  const channels = new Map([...state.channels.values()].map((channel) => [channel.name, channel.id]));
  return text
    .split(/(<[@#!][^>]*>|<mailto:[^>]*>)/)
    .map((part, index) => (index % 2 === 1 ? part : escapePart(part, people, groups, channels)))
    .join("");
}

type Names = ReadonlyMap<string, string>;

function escapePart(part: string, people: Names, groups: Names, channels: Names): string {
  return part
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(EMAIL, "<mailto:$1|$1>")
    .replaceAll(/(?<![\w.+-])@([\w.-]*\w)/g, (typed, name: string) => {
      const person = people.get(name);
      if (person !== undefined) return `<@${person}|${name}>`;
      const group = groups.get(name);
      return group === undefined ? typed : `<!subteam^${group}|@${name}>`;
    })
    .replaceAll(/(?<![\w&])#([\w-]+)/g, (typed, name: string) => {
      const channel = channels.get(name);
      return channel === undefined ? typed : `<#${channel}|${name}>`;
    });
}
