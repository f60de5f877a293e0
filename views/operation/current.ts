import type { KnownBlock } from "@slack/types";
import type { Operation } from "../../src/catalogue/operation.ts";
import { answerLines, answerMeta, listedThings, nameOfThing } from "./answer-lines.ts";
import { cutMrkdwn, mrkdwn, plain } from "../blocks/text.ts";

const LONGEST = 1_200;
const MOST_LINES = 14;
const MOST_THINGS = 20;

/** What stands above already, or says nothing to people. */
const TOLD = new Set(["id", "email", "first_name", "last_name", "display_name", "role_id"]);

/** One thing on a few lines. */
function summaryBlock(operation: Operation, output: unknown): KnownBlock {
  const parts = answerLines(output, answerMeta(operation), new Set([...TOLD, ...(operation.secrets ?? [])]))
    .filter(({ text }) => !text.includes("\n"))
    .slice(0, MOST_LINES)
    .map(({ title, text }) => `${title}: *${text}*`);
  const text = parts.join("  ·  ");
  return { type: "section", text: text === "" ? plain("Nothing.") : mrkdwn(cutMrkdwn(text, LONGEST)) };
}

/** What is there now, in short, for use inside a form. */
export function currentBlocks(operation: Operation, output: unknown): KnownBlock[] {
  const things = listedThings(operation, output);
  if (things?.length === 0) return [{ type: "section", text: plain("There is none.") }];
  if (things === undefined) return [summaryBlock(operation, output)];
  const lines = things.slice(0, MOST_THINGS).map((thing) => `• ${nameOfThing(thing)}`);
  const rest = things.length > MOST_THINGS ? [`… ${things.length} in all`] : [];
  let text = "";
  for (const line of [...lines, ...rest]) {
    if (text.length + line.length + 1 > LONGEST) break;
    text += text === "" ? line : `\n${line}`;
  }
  return [
    text === "" ? { type: "section", text: plain("Nothing.") } : { type: "section", text: mrkdwn(text) },
  ];
}
