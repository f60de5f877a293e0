import type { KnownBlock } from "@slack/types";
import { escapeText, mrkdwn } from "./text.ts";

const LONGEST = 400;
const MOST = 5;

/** On top of a form: which settings of the app are at fault, so that nobody finds out by a step that fails. */
export function settingsNote(faults: readonly string[] = []): KnownBlock[] {
  if (faults.length === 0) return [];
  const shown = faults.slice(0, MOST).map((fault) => `• ${escapeText(fault.slice(0, LONGEST))}`);
  const rest = faults.length > MOST ? [`• and ${faults.length - MOST} more`] : [];
  const intro = ":warning: *Some settings of this app are at fault.* Steps that need them will fail.";
  const text = [intro, ...shown, ...rest, "Tell the people who run it."].join("\n");
  return [{ type: "section", text: mrkdwn(text) }];
}
