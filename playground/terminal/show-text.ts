import { styleText } from "node:util";
import type { SlackSimulator } from "../slack/server.ts";

/** The emoji that the app uses, as a terminal shows them. */
const EMOJI: Record<string, string> = {
  white_check_mark: "✅",
  ballot_box_with_check: "☑️ ",
  warning: "⚠️ ",
  grey_question: "❔",
  x: "❌",
  fast_forward: "⏩",
  leftwards_arrow_with_hook: "↩️ ",
  white_circle: "⚪",
  hourglass_flowing_sand: "⏳",
  hourglass: "⏳",
  mag: "🔍",
  thumbsup: "👍",
  thumbsdown: "👎",
  alarm_clock: "⏰",
  checkered_flag: "🏁",
  no_entry: "⛔",
  gear: "⚙️ ",
  calendar: "📅",
  arrow_forward: "▶️ ",
  wastebasket: "🗑️ ",
};

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Slack's mrkdwn as plain terminal text: names for ids, local times, emoji, bold. */
export function showText(slack: SlackSimulator, text: string): string {
  return text
    .replaceAll(/<@(\w+)>/g, (whole, id: string) => `@${slack.users.get(id)?.name ?? whole}`)
    .replaceAll(/<#(\w+)>/g, (whole, id: string) => `#${slack.channels.get(id)?.name ?? whole}`)
    .replaceAll(/<!date\^(\d+)\^[^|>]*\|[^>]*>/g, (_whole, seconds: string) =>
      new Date(Number(seconds) * 1_000).toLocaleString("en-GB", {
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      }),
    )
    .replaceAll(/:([a-z_]+):/g, (whole, name: string) => EMOJI[name] ?? whole)
    .replaceAll(/\*([^*\n]+)\*/g, (_whole, bold: string) => styleText("bold", bold))
    .replaceAll(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
