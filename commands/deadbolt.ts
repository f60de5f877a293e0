import type { App, RespondArguments } from "@slack/bolt";
import type { Deps, RequestLine } from "../src/deps.ts";
import { explanationAnswer } from "../views/explanation.ts";
import { escapeText, moment } from "../views/text.ts";
import { refusalAnswer } from "../views/zoom-offboard.ts";
import { parsePerson } from "./parse-person.ts";

const HELP = [
  "*Deadbolt takes a person's access away, proves it, and tells the story.*",
  "`/zoom-offboard [@person|email]` opens the offboarding form.",
  "`/zoom [operation] [@person|email]` looks at Zoom users, or changes them. Alone it shows what there is.",
  "`/cloudflare [operation] [@person|email]` does the same for Cloudflare.",
  "`/deadbolt requests` lists your last requests.",
  "`/deadbolt explain @person operation [@target|email]` says why somebody may or may not have it done, e.g. `zoom-offboard` or `zoom.user.delete`.",
  "`/deadbolt help` shows this.",
].join("\n");

function line(request: RequestLine): string {
  return `• ${moment(request.createdAt)}: ${escapeText(request.title)}, ${escapeText(request.target)}: *${request.state.replace("_", " ")}*`;
}

/** `/deadbolt [help|requests|explain]`: what the app can do, what one has asked for, who may do what. */
export function registerDeadbolt(app: App, deps: Deps): void {
  app.command("/deadbolt", async ({ ack, command, respond }) => {
    const [word = "", ...rest] = command.text.trim().split(/\s+/);
    switch (word.toLowerCase()) {
      case "requests": {
        await ack();
        const requests = await deps.recentRequests(command.user_id);
        const text =
          requests.length === 0 ? "You have not asked for anything yet." : requests.map(line).join("\n");
        await respond({ response_type: "ephemeral", text });
        return;
      }
      case "explain":
        await ack();
        await respond(await explained(deps, command.user_id, rest));
        return;
      case "":
      case "help":
        await ack({ response_type: "ephemeral", text: HELP });
        return;
      default: {
        const text = `I do not know “${escapeText(command.text.trim().slice(0, 100))}”.\n${HELP}`;
        await ack({ response_type: "ephemeral", text });
      }
    }
  });
}

async function explained(deps: Deps, askerId: string, words: readonly string[]): Promise<RespondArguments> {
  const [who = "", what = "", whom = "", ...others] = words;
  const person = parsePerson(who);
  if (person === "unknown" || person.slackId === undefined || what === "" || others.length > 0)
    return refusalAnswer({
      rule: "somebody is named by a mention, and then what would be done",
      reason: "I do not know about whom or what you ask.",
      next: "Type /deadbolt explain @person zoom-offboard, or the name of an operation; then whom it would be about, if you like.",
    });
  const target = parsePerson(whom);
  if (target === "unknown")
    return refusalAnswer({
      rule: "whom it would be about is named by a mention or an e-mail",
      reason: `I do not know who “${whom.slice(0, 100)}” is.`,
      next: "Type /deadbolt explain @person zoom-offboard @target, or leave the target out to ask about anybody.",
    });
  const result = await deps.explain(askerId, person.slackId, { what, ...(whom === "" ? {} : { target }) });
  return result.kind === "refused"
    ? refusalAnswer(result.refusal)
    : explanationAnswer(person.slackId, result.explanation);
}
