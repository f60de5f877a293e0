import type { KnownBlock } from "@slack/types";
import type { Operation } from "../src/catalogue/operation.ts";
import { answerLines, answerMeta, listedThings, nameOfThing } from "./answer-lines.ts";
import { mrkdwn, plain } from "./text.ts";

const LONGEST = 1_200;
const MOST_LINES = 14;
const MOST_THINGS = 20;

/** What is there now, in short, for use inside a form. */
export function currentBlocks(operation: Operation, output: unknown): KnownBlock[] {
  const things = listedThings(operation, output);
  if (things?.length === 0) return [{ type: "section", text: plain("There is none.") }];
  const lines =
    things === undefined
      ? answerLines(output, answerMeta(operation), new Set(operation.secrets))
          .filter(({ text }) => !text.includes("\n"))
          .slice(0, MOST_LINES)
          .map(({ title, text }) => `${title}: ${text}`)
      : things.slice(0, MOST_THINGS).map((thing) => `• ${nameOfThing(thing)}`);
  const rest = things !== undefined && things.length > MOST_THINGS ? [`… ${things.length} in all`] : [];
  let text = "";
  for (const line of [...lines, ...rest]) {
    if (text.length + line.length + 1 > LONGEST) break;
    text += text === "" ? line : `\n${line}`;
  }
  return [
    text === "" ? { type: "section", text: plain("Nothing.") } : { type: "section", text: mrkdwn(text) },
  ];
}
