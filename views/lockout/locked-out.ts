import type { RespondArguments } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import type { LockedOutLine, LockedOutResult } from "../../src/deps/lockout.ts";
import { cutMrkdwn, escapeText, escapeValue, messageLink, moment, mrkdwn, plain } from "../blocks/text.ts";
import { TENDING } from "./buttons.ts";

function lineOf({ person, since, sentence, link }: LockedOutLine): string {
  const email = person.email === "" ? "" : ` (${escapeText(person.email)})`;
  return `*${escapeValue(person.name)}*${email}, since ${moment(since)}${messageLink(link)}\n${escapeText(sentence)}`;
}

/** The answer to `/lockout list`: everyone who is locked out now, each with the button that releases them. */
export function lockedOutAnswer({
  people,
  more,
}: Extract<LockedOutResult, { kind: "listed" }>): RespondArguments & { blocks: KnownBlock[] } {
  const head =
    people.length === 0
      ? "Nobody is locked out now."
      : `:lock: *Locked out now: ${people.length + more === 1 ? "one person" : `${people.length + more} people`}*`;
  const rest = more === 0 ? [] : [`… and ${more} more, who were locked out earlier.`];
  return {
    response_type: "ephemeral",
    text: cutMrkdwn([head, ...people.map(lineOf), ...rest].join("\n"), 3_000),
    blocks: [
      { type: "section", text: mrkdwn(head) },
      ...people.map((one): KnownBlock => ({
        type: "section",
        text: mrkdwn(lineOf(one)),
        accessory: {
          type: "button",
          action_id: TENDING.release,
          text: plain("Release", 75),
          value: one.requestId,
        },
      })),
      ...rest.map((text): KnownBlock => ({ type: "context", elements: [mrkdwn(text)] })),
    ],
  };
}
