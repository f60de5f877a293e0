import type { App, RespondArguments } from "@slack/bolt";
import type { DeadboltDeps } from "../src/deps/explanation.ts";
import type { SecondFactorDeps } from "../src/second-factor/deps.ts";
import { explanationAnswer } from "../views/deadbolt/explanation.ts";
import { openSecondFactor } from "../views/deadbolt/second-factor.ts";
import { requestListLines } from "../views/deadbolt/request-lists.ts";
import { sections } from "../views/blocks/sections.ts";
import { cutMrkdwn, escapeAroundPeople, escapeText } from "../views/blocks/text.ts";
import { refusalAnswer } from "../views/blocks/refusal.ts";
import type { EnteredTarget } from "../src/deps/person.ts";
import { NAME_HINT } from "./typed.ts";
import { readDeadboltWords, type ExplainWords } from "./deadbolt-words.ts";

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
    const read = readDeadboltWords(command.text);
    switch (read.kind) {
      case "requests": {
        await ack();
        const lines = requestListLines(await deps.requestsOf(command.user_id));
        const text = cutMrkdwn(lines.join("\n"), 3_000);
        await respond({ response_type: "ephemeral", text, blocks: sections(lines) });
        return;
      }
      case "explain":
        await ack();
        await respond(await explained(deps, command.user_id, read.question));
        return;
      case "second-factor":
        await ack();
        await openSecondFactor(client, command.trigger_id, command.user_id, factor);
        return;
      case "restore":
        await ack();
        await respond(await restored(deps, command.user_id, read));
        return;
      case "elsewhere":
        await ack({
          response_type: "ephemeral",
          text: `That has a command of its own: \`${read.command}\`.`,
        });
        return;
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
  { person, reason }: { person?: EnteredTarget; reason: string },
): Promise<RespondArguments> {
  if (person?.slackId === undefined || reason === "")
    return refusalAnswer({
      rule: "somebody is named by a mention, and then why",
      reason: "I do not know who is to ask and approve again, or why. Nothing was changed.",
      next: "Type /deadbolt restore @person and the reason.",
    });
  const result = await deps.restorePower(askerId, person.slackId, reason);
  if (result.kind === "refused") return refusalAnswer(result.refusal);
  return { response_type: "ephemeral", text: escapeAroundPeople(result.sentence) };
}

const EXPLAIN_RULE = "somebody is named by a mention, and then what would be done";
const EXPLAIN_HINT =
  "Type /deadbolt explain @person zoom-offboard, or what you would type after /zoom. You can add whom it would be about.";

async function explained(
  deps: DeadboltDeps,
  askerId: string,
  question: ExplainWords,
): Promise<RespondArguments> {
  if (question.kind === "whom")
    return refusalAnswer({
      rule: "whom it would be about is named by a mention or an e-mail",
      reason: `I do not know who “${question.word.slice(0, 100)}” is.`,
      next: `${NAME_HINT} Or leave them out, to ask about anybody.`,
    });
  if (question.kind !== "asked") {
    const names = question.kind === "several" ? question.names : [];
    return refusalAnswer({
      rule: EXPLAIN_RULE,
      reason:
        names.length === 0
          ? "I do not know about whom or what you ask."
          : "That could be several operations.",
      next: names.length === 0 ? EXPLAIN_HINT : `Name one of them: ${names.slice(0, 6).join(", ")}.`,
    });
  }
  const { person, what, target } = question;
  const personId = person === undefined ? askerId : person.slackId;
  if (personId === undefined)
    return refusalAnswer({
      rule: EXPLAIN_RULE,
      reason: "Roles are held by people in Slack, so I need a mention, and not an e-mail.",
      next: EXPLAIN_HINT,
    });
  const result = await deps.explain(askerId, personId, { what, target });
  return result.kind === "refused"
    ? refusalAnswer(result.refusal)
    : explanationAnswer(personId, result.explanation);
}
