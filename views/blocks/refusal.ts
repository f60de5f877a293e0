import type { RespondArguments } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import type { Refusal } from "../../src/deps/refusal.ts";
import { escapeAroundPeople, escapeText, moment, mrkdwn } from "./text.ts";

/** A refusal in mrkdwn: what was refused and why, the rule that said so, and what to do next. */
export function refusalText(refusal: Refusal): string {
  // What was typed may be part of a reason: only where all of it is ours do ids become mentions.
  const escape = refusal.namesPeople === true ? escapeAroundPeople : escapeText;
  const lines = [
    `:no_entry: ${escape(refusal.reason)}`,
    `*Rule:* ${escape(refusal.rule)}`,
    ...(refusal.notBefore === undefined ? [] : [`Try again after ${moment(refusal.notBefore)}.`]),
    ...(refusal.next === undefined ? [] : [escape(refusal.next)]),
  ];
  return lines.join("\n");
}

/** A refusal as an ephemeral answer to a command. */
export function refusalAnswer(refusal: Refusal): RespondArguments & { blocks: KnownBlock[] } {
  const text = refusalText(refusal);
  return { response_type: "ephemeral", text, blocks: [{ type: "section", text: mrkdwn(text) }] };
}

/** Why nothing is done about a button or a menu that does not carry what ours carry. */
export function unreadable(what: "button" | "menu"): string {
  return `This ${what} is not one that this app can read. Nothing was changed.`;
}
