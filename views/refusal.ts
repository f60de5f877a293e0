import type { Refusal } from "../src/deps.ts";
import { escapeText } from "./text.ts";

/** A refusal in mrkdwn: what was refused and why, the rule that said so, and what to do next. */
export function refusalText(refusal: Refusal): string {
  const lines = [
    `:no_entry: ${escapeText(refusal.reason)}`,
    `*Rule:* ${escapeText(refusal.rule)}`,
    ...(refusal.next === undefined ? [] : [escapeText(refusal.next)]),
  ];
  return lines.join("\n");
}
