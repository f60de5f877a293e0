import type { KnownBlock } from "@slack/types";
import type { Operation } from "../../src/catalogue/operation.ts";
import { answerLines, answerMeta, listedThings, nameOfThing, type AnswerLine } from "./answer-lines.ts";
import { mrkdwn, plain } from "../blocks/text.ts";

const LONGEST_SECTION = 2_900;
/** How many things fit on a screen that is still read. */
export const PAGE_LENGTH = 25;

/** Lines in as many sections as it takes, at most this many. */
function lineBlocks(lines: readonly AnswerLine[], most: number): KnownBlock[] {
  const chunks: string[] = [];
  for (const { title, text } of lines) {
    const line = `*${title}:* ${text}`.slice(0, LONGEST_SECTION);
    const last = chunks.at(-1);
    if (last === undefined || last.length + line.length + 1 > LONGEST_SECTION) chunks.push(line);
    else chunks[chunks.length - 1] = `${last}\n${line}`;
  }
  const kept = chunks.slice(0, most).map((text): KnownBlock => ({ type: "section", text: mrkdwn(text) }));
  return chunks.length <= most
    ? kept
    : [...kept, { type: "context", elements: [plain("There is more: have all of it sent as a file.")] }];
}

/** One listed thing: its name, and on one line what tells it apart. */
function thingText(thing: unknown, number: number, meta: ReturnType<typeof answerMeta>): string {
  const name = nameOfThing(thing);
  const lines = answerLines(declared(thing, meta), meta).filter(
    ({ text }) => text !== name && !text.includes("\n"),
  );
  const details = lines.map(({ title, text }) => `${title}: ${text}`).join("  ·  ");
  const text = `*${number}. ${name}*${details === "" ? "" : `\n${details}`}`;
  return text.length > 1_200 ? `${text.slice(0, 1_199)}…` : text;
}

/** What is in the name already. */
const IN_NAME = new Set(["first_name", "last_name"]);

/** Of a listed thing, what the catalogue knows of it: the rest is in the file. */
function declared(thing: unknown, meta: ReturnType<typeof answerMeta>): unknown {
  if (typeof thing !== "object" || thing === null || Array.isArray(thing)) return thing;
  const known = Object.entries(thing).filter(([name]) => meta.has(name) && !IN_NAME.has(name));
  return known.length === 0 ? thing : Object.fromEntries(known);
}

/** What an answer says, laid out. */
export function outputBlocks(operation: Operation, output: unknown, from: number): KnownBlock[] {
  const meta = answerMeta(operation);
  const things = listedThings(operation, output);
  if (things === undefined) {
    const lines = answerLines(output, meta, new Set(operation.secrets));
    return lines.length === 0 && (operation.secrets ?? []).length === 0
      ? [{ type: "section", text: plain("The answer is empty.") }]
      : lineBlocks(lines, 20);
  }
  if (things.length === 0) return [{ type: "section", text: plain("There is none.") }];
  return things.slice(0, PAGE_LENGTH).map((thing, index): KnownBlock => ({
    type: "section",
    text: mrkdwn(thingText(thing, from + index + 1, meta)),
  }));
}
