import type { SectionBlock } from "@slack/types";
import { mrkdwn } from "./text.ts";

/** Slack takes 3,000 characters in a section. */
const SECTION_LENGTH = 2_900;

/** A line that is too long for a block goes on in the next one; nothing is parted inside an escape. */
function inPieces(line: string, length: number): string[] {
  if (line.length <= length) return [line];
  const pieces = [""];
  for (const [part] of line.matchAll(/&[a-z]+;|[^]/gu)) {
    const last = pieces[pieces.length - 1] ?? "";
    if (last.length + part.length > length) pieces.push(part);
    else pieces[pieces.length - 1] = last + part;
  }
  return pieces;
}

/** Lines in as few blocks as they take, because every one of them must be there. */
export function sections(lines: readonly string[]): SectionBlock[] {
  const chunks: string[] = [];
  for (const line of lines.flatMap((one) => inPieces(one, SECTION_LENGTH))) {
    const last = chunks.at(-1);
    if (last === undefined || last.length + line.length + 1 > SECTION_LENGTH) chunks.push(line);
    else chunks[chunks.length - 1] = `${last}\n${line}`;
  }
  return chunks.map((text) => ({ type: "section", text: mrkdwn(text) }));
}
