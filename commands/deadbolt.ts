import type { App } from "@slack/bolt";
import type { Deps, RequestLine } from "../src/deps.ts";
import { escapeText, moment } from "../views/text.ts";

const HELP = [
  "*Deadbolt takes a person's access away, proves it, and tells the story.*",
  "`/zoom-offboard [@person|email]` opens the offboarding form.",
  "`/deadbolt requests` lists your last requests.",
  "`/deadbolt help` shows this.",
].join("\n");

function line(request: RequestLine): string {
  return `• ${moment(request.createdAt)}: ${escapeText(request.title)}, ${escapeText(request.target)}: *${request.state.replace("_", " ")}*`;
}

/** `/deadbolt [help|requests]`: what the app can do, and what one has asked for. */
export function registerDeadbolt(app: App, deps: Deps): void {
  app.command("/deadbolt", async ({ ack, command, respond }) => {
    const word = command.text.trim().toLowerCase();
    if (word !== "requests") {
      const unknown =
        word === "" || word === "help" ? "" : `I do not know “${escapeText(word.slice(0, 100))}”.\n`;
      await ack({ response_type: "ephemeral", text: unknown + HELP });
      return;
    }
    await ack();
    const requests = await deps.recentRequests(command.user_id);
    await respond({
      response_type: "ephemeral",
      text: requests.length === 0 ? "You have not asked for anything yet." : requests.map(line).join("\n"),
    });
  });
}
