import type { App, RespondArguments } from "@slack/bolt";
import type { DeadboltDeps } from "../src/deps/explanation.ts";
import type { SecondFactorDeps } from "../src/second-factor/deps.ts";
import { explanationAnswer } from "../views/deadbolt/explanation.ts";
import { openSecondFactor } from "../views/deadbolt/second-factor.ts";
import { requestListLines } from "../views/deadbolt/request-lists.ts";
import { sections } from "../views/blocks/sections.ts";
import { cutMrkdwn, escapeAroundPeople, escapeText } from "../views/blocks/text.ts";
import { refusalAnswer } from "../views/blocks/refusal.ts";
import { parsePerson } from "./parse-person.ts";

const HELP = [
  "*Deadbolt takes a person's access away, proves it, and tells the story.*",
  "`/zoom-offboard [@person|email]` opens the offboarding form.",
  "`/lockout [@person|email]` locks somebody out at once. `/lockout release @person` gives it back, and `/lockout list` shows who is locked out now.",
  "`/zoom [operation] [@person|email]` looks at Zoom users, or changes them. Alone it shows what there is.",
  "`/cloudflare [operation] [@person|email]` does the same for Cloudflare.",
  "`/deadbolt requests` lists what waits for you, and your last requests.",
  "`/deadbolt explain @person operation [@target|email]` says why somebody may or may not have it done, e.g. `zoom-offboard` or `zoom.user.delete`.",
  "`/deadbolt second-factor` sets up the one-time password that some approvals ask for.",
  "`/deadbolt restore @person reason` lets somebody ask and approve again who lost it with their access.",
  "`/deadbolt help` shows this.",
].join("\n");

/** `/deadbolt` and a word: what the app can do, what one has asked for, who may do what, and one's own password. */
export function registerDeadbolt(app: App, deps: DeadboltDeps, factor: SecondFactorDeps): void {
  app.command("/deadbolt", async ({ ack, command, client, respond }) => {
    const [word = "", ...rest] = command.text.trim().split(/\s+/);
    switch (word.toLowerCase()) {
      case "requests": {
        await ack();
        const lines = requestListLines(await deps.requestsOf(command.user_id));
        const text = cutMrkdwn(lines.join("\n"), 3_000);
        await respond({ response_type: "ephemeral", text, blocks: sections(lines) });
        return;
      }
      case "explain":
        await ack();
        await respond(await explained(deps, command.user_id, rest));
        return;
      case "second-factor":
        await ack();
        await openSecondFactor(client, command.trigger_id, command.user_id, factor);
        return;
      case "restore":
        await ack();
        await respond(await restored(deps, command.user_id, rest));
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

async function restored(
  deps: DeadboltDeps,
  askerId: string,
  [who = "", ...words]: readonly string[],
): Promise<RespondArguments> {
  const person = parsePerson(who);
  const reason = words.join(" ").slice(0, 1_000);
  if (person === "unknown" || person.slackId === undefined || reason === "")
    return refusalAnswer({
      rule: "somebody is named by a mention, and then why",
      reason: "I do not know who is to ask and approve again, or why. Nothing was changed.",
      next: "Type /deadbolt restore @person and the reason.",
    });
  const result = await deps.restorePower(askerId, person.slackId, reason);
  if (result.kind === "refused") return refusalAnswer(result.refusal);
  return { response_type: "ephemeral", text: escapeAroundPeople(result.sentence) };
}

async function explained(
  deps: DeadboltDeps,
  askerId: string,
  words: readonly string[],
): Promise<RespondArguments> {
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
  const result = await deps.explain(askerId, person.slackId, {
    what,
    target: whom === "" ? undefined : target,
  });
  return result.kind === "refused"
    ? refusalAnswer(result.refusal)
    : explanationAnswer(person.slackId, result.explanation);
}
