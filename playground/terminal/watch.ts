import { styleText } from "node:util";
import type { Company } from "../company.ts";
import type { Call } from "../simulator.ts";
import type { Message } from "../slack/state.ts";
import { frame, showBlocks } from "./show-blocks.ts";
import { showText } from "./show-text.ts";

/** Writes one or several lines for the person at the terminal. */
export type Say = (text: string) => void;

/** Ids and addresses are long; a person wants to see what is done. */
function shorten(path: string): string {
  return path
    .replace(/^\/(v2|client\/v4)/, "")
    .replaceAll(/[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{22}/g, (id) => `${id.slice(0, 6)}…`);
}

function answerOf(call: Call): string {
  if ("fault" in call.outcome) return styleText("red", call.outcome.fault);
  const { status } = call.outcome;
  return styleText(status < 300 ? "green" : "red", String(status));
}

/** Shows what the vendors and Slack see, as it happens. */
export function watchCompany(company: Company, say: Say): void {
  const { slack, zoom, cloudflare } = company;
  for (const vendor of [zoom, cloudflare])
    vendor.events.on("call", (call) => {
      if (call.request.path === "/oauth/token") return;
      const body = call.request.body === undefined ? "" : ` ${JSON.stringify(call.request.body)}`;
      const name = call.simulator === "zoom" ? "Zoom      " : "Cloudflare";
      say(
        `      ${styleText("cyan", `→ ${name}`)} ${call.request.method} ${shorten(call.request.path)}${body} ${answerOf(call)}`,
      );
    });

  const shown = new Map<Message, number>();
  let notices = 0;
  slack.events.on("call", () => {
    for (const message of slack.messages) {
      const edits = shown.get(message);
      if (edits === message.edits || message.user !== slack.credentials.botUserId || message.ephemeralTo)
        continue;
      shown.set(message, message.edits);
      showMessage(company, message, edits !== undefined, say);
    }
    for (const notice of slack.notices.slice(notices)) {
      const name = slack.users.get(notice.toUser)?.name ?? notice.toUser;
      say(`  ${styleText("magenta", `Only @${name} sees`)}: ${indent(showText(slack, notice.text))}`);
    }
    notices = slack.notices.length;
  });
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n      ");
}

function showMessage(company: Company, message: Message, isUpdate: boolean, say: Say): void {
  const { slack } = company;
  const channel = slack.channels.get(message.channel);
  const place = channel?.kind === "im" ? "direct message" : `#${channel?.name ?? message.channel}`;
  if (message.threadTs !== undefined) {
    say(`    ${styleText("blue", "thread")} ${indent(showText(slack, message.text))}`);
    return;
  }
  // While it runs the message follows every step; the thread tells the same, so only its ends are shown.
  const text = showText(slack, message.text);
  if (isUpdate && !/Done|NOT|Failed|Denied|Expired/.test(text)) return;
  const title = `Deadbolt in ${place}${isUpdate ? " (updated)" : ""}`;
  say(frame(title, message.blocks.length > 0 ? showBlocks(slack, message.blocks) : text.split("\n")));
}
