import type { Refusal } from "../src/deps.ts";
import { escapeAroundPeople, moment } from "./text.ts";

/** A refusal in mrkdwn: what was refused and why, the rule that said so, and what to do next. */
export function refusalText(refusal: Refusal): string {
  const lines = [
    `:no_entry: ${escapeAroundPeople(refusal.reason)}`,
    `*Rule:* ${escapeAroundPeople(refusal.rule)}`,
    ...(refusal.notBefore === undefined ? [] : [`Possible again from ${moment(refusal.notBefore)}.`]),
    ...(refusal.next === undefined ? [] : [escapeAroundPeople(refusal.next)]),
  ];
  return lines.join("\n");
}
