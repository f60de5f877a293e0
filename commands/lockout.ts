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
import { parsePerson } from "./parse-person.ts";

/** As manifest.yml names them. */
const LOCKOUT_SHORTCUT = "lockout";
const LOCKOUT_MESSAGE_SHORTCUT = "lockout_person";
/** Words that ask who is locked out now. */
const LIST_WORDS: ReadonlySet<string> = new Set(["list", "who", "status"]);

/**
 * `/lockout [@person|email]`, the shortcut, and the shortcut of a message, which takes whoever wrote it, open the form;
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
    const [first = "", ...others] = command.text.trim().split(/\s+/);
    if (LIST_WORDS.has(first.toLowerCase()) && others.length === 0) {
      const result = await deps.lockedOutNow(command.user_id);
      await respond(result.kind === "refused" ? refusalAnswer(result.refusal) : lockedOutAnswer(result));
      return;
    }
    const isRelease = first.toLowerCase() === "release";
    const named = (isRelease ? others : [first, ...others]).join(" ");
    const target = parsePerson(named);
    const isMissing = isRelease && named === "";
    if (target === "unknown" || isMissing) {
      await respond(
        refusalAnswer({
          rule: "a person is named by a mention or an e-mail, never guessed",
          reason: isMissing
            ? "I do not know whom to release. Nothing was done."
            : `I do not know whom you mean by “${named.slice(0, 100)}”. Nothing was done.`,
          next: "Type /lockout @person, /lockout name@example.com, /lockout alone, or /lockout release @person.",
        }),
      );
      return;
    }
    const asked = { triggerId: command.trigger_id, personId: command.user_id, target };
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
      const author = message.user;
      const tell = (text: string) =>
        tellPerson(client, { channel: channel.id, user: user.id, respond }, text);
      if (author === undefined || message["bot_id"] !== undefined) {
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
