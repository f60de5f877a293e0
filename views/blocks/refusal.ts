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
    `*Rule:* ${escape(ruleInWords(refusal.rule))}`,
    ...(refusal.notBefore === undefined ? [] : [`Try again after ${moment(refusal.notBefore)}.`]),
    ...helpOf(refusal),
    ...(refusal.next === undefined ? [] : [escape(refusal.next)]),
  ];
  return lines.join("\n");
}

/** Who can help: by name where they were looked up, and by role where nobody was. */
function helpOf({ whoToAsk, wanted = [] }: Refusal): string[] {
  if (whoToAsk !== undefined) return [escapeAroundPeople(whoToAsk)];
  const roles = [...new Set(wanted.flatMap((one) => one.roles))];
  return roles.length === 0 ? [] : [`Ask someone with the role ${escapeText(roles.join(" or "))}.`];
}

const RULE_WORDS: Readonly<Record<string, string>> = {
  approvals: "approval rule",
  protected: "protection rule",
  deny: "deny rule",
  limits: "limit",
  windows: "time window",
};

/** A rule of the policy by its kind and number: whoever is refused has no policy file before them. */
function ruleInWords(rule: string): string {
  return rule.replaceAll(/\b([a-z]+)\[(\d+)\]/g, (path, list: string, index: string) =>
    Object.hasOwn(RULE_WORDS, list) ? `${RULE_WORDS[list]} ${Number(index) + 1} of the policy` : path,
  );
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
