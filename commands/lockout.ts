import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { LockoutDeps } from "../src/deps/lockout.ts";
import type { ReleaseDeps } from "../src/deps/release.ts";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import type { Refusal } from "../src/deps/refusal.ts";
import type { AskedForm, LockoutForms } from "../views/lockout/open-form.ts";
import { refusalAnswer, refusalText } from "../views/blocks/refusal.ts";
import { lockedOutAnswer } from "../views/lockout/locked-out.ts";
import { openReleaseForm } from "../views/lockout/release.ts";
import { tellPerson } from "../views/blocks/tell-person.ts";
import { readLockoutWords, type NotUnderstood } from "./lockout-words.ts";
import { NAME_HINT } from "./typed.ts";

/** As manifest.yml names them. */
const LOCKOUT_SHORTCUT = "lockout";
const LOCKOUT_MESSAGE_SHORTCUT = "lockout_person";
const HELP = [
  "`/lockout @person` or `/lockout name@example.com` opens the form. What you type after it becomes the reason.",
  "`/lockout release @person` shows what a release would give back.",
  "`/lockout list` shows who is locked out now.",
].join("\n");

/** Whether an account is an app's. Where Slack does not say, it is taken for a person's: the form finds out. */
async function isApp(client: WebClient, author: string): Promise<boolean> {
  try {
    return (await client.users.info({ user: author })).user?.is_bot === true;
  } catch {
    return false;
  }
}

/** Why a command opens nothing, and what to type. */
function notUnderstood(read: NotUnderstood, text: string): Refusal {
  const rule = "a person is named by a mention or an e-mail, never guessed";
  if (read.kind === "people")
    return {
      rule,
      reason: `You named ${read.count} people, and a lockout begins with one. Nothing was done.`,
      next: "Type /lockout with one of them. “Lock out more people” in its thread takes the others.",
    };
  if (read.kind === "whom_to_release")
    return {
      rule,
      reason: "I do not know whom to release. Nothing was done.",
      next: "Type /lockout release @person. /lockout list shows who is locked out now.",
    };
  return {
    rule,
    reason: `I do not know whom you mean by “${text.trim().slice(0, 100)}”. Nothing was done.`,
    next: `Type /lockout @person, /lockout name@example.com, /lockout alone, /lockout release @person, or /lockout list. ${NAME_HINT}`,
  };
}

/**
 * `/lockout [@person|email]`, the shortcut, and the shortcut of a message, which takes the person who wrote it, open the form;
 * `/lockout release @person` shows what a release would give back, `/lockout list` who is locked out now.
 */
export function registerLockout(
  app: App,
  deps: LockoutDeps & ReleaseDeps & SurfaceDeps,
  forms: LockoutForms,
): void {
  /** Opens the form where the person may; otherwise says why not. */
  async function openForm(client: WebClient, asked: AskedForm): Promise<Refusal | undefined> {
    const refusal = await deps.mayOpen(asked.personId, "lockout");
    if (refusal === undefined) await forms.open(client, asked);
    return refusal;
  }

  app.command("/lockout", async ({ ack, command, client, respond }) => {
    await ack();
    const read = readLockoutWords(command.text);
    if (read.kind === "help") {
      await respond({ response_type: "ephemeral", text: HELP });
      return;
    }
    if (read.kind === "list") {
      const result = await deps.lockedOutNow(command.user_id);
      await respond(result.kind === "refused" ? refusalAnswer(result.refusal) : lockedOutAnswer(result));
      return;
    }
    if (read.kind !== "open" && read.kind !== "release") {
      await respond(refusalAnswer(notUnderstood(read, command.text)));
      return;
    }
    const { target, reason } = read;
    const isRelease = read.kind === "release";
    const asked = { triggerId: command.trigger_id, personId: command.user_id, target, reason };
    const refusal = isRelease ? await openReleaseForm(client, deps, asked) : await openForm(client, asked);
    if (refusal !== undefined) await respond(refusalAnswer(refusal));
  });

  app.shortcut({ type: "shortcut", callback_id: LOCKOUT_SHORTCUT }, async ({ ack, shortcut, client }) => {
    await ack();
    const asked = { triggerId: shortcut.trigger_id, personId: shortcut.user.id, target: {} };
    const refusal = await openForm(client, asked);
    if (refusal !== undefined) await tellPerson(client, { user: shortcut.user.id }, refusalText(refusal));
  });

  app.shortcut(
    { type: "message_action", callback_id: LOCKOUT_MESSAGE_SHORTCUT },
    async ({ ack, shortcut, client, respond }) => {
      await ack();
      const { user, channel, message } = shortcut;
      // An app that writes with someone's token, theirs or a stolen one, writes as that person.
      const author = message.user;
      const tell = (text: string) =>
        tellPerson(client, { channel: channel.id, user: user.id, respond }, text);
      if (author === undefined || (message["bot_id"] !== undefined && (await isApp(client, author)))) {
        await tell(
          refusalText({
            rule: "a lockout is about a person",
            reason: "This message was written by an app, not by a person. Nothing was done.",
            next: "Type /lockout @person.",
          }),
        );
        return;
      }
      const asked = { triggerId: shortcut.trigger_id, personId: user.id, target: { slackId: author } };
      const refusal = await openForm(client, asked);
      if (refusal !== undefined) await tell(refusalText(refusal));
    },
  );
}
