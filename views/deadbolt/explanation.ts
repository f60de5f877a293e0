import type { RespondArguments } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import type { ExplanationLines } from "../../src/deps/explanation.ts";
import { cutMrkdwn, escapeAroundPeople, escapeText, mention, moment, mrkdwn } from "../blocks/text.ts";

const VERDICTS = {
  allowed: ":white_check_mark: may have this done, at once",
  needs_approval: ":hourglass: may ask for this, and others must approve",
  denied: ":no_entry: may not have this done",
} as const;

/** Why a person may or may not have something done, for the requester's eyes. */
export function explanationAnswer(
  personId: string,
  { title, verdict, lines }: ExplanationLines,
): RespondArguments & { blocks: KnownBlock[] } {
  const head = `*${escapeText(title)}*\n${mention(personId)} ${VERDICTS[verdict]}.`;
  const text = cutMrkdwn([head, ...lines.map((line) => `• ${explanationLine(line)}`)].join("\n"), 3_000);
  return { response_type: "ephemeral", text, blocks: [{ type: "section", text: mrkdwn(text) }] };
}

const ISO_MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** People by their names, and moments in the reader's own time zone. */
function explanationLine(line: string): string {
  return escapeAroundPeople(line).replaceAll(ISO_MOMENT, (text) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? text : moment(at);
  });
}
