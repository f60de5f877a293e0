import type { App } from "@slack/bolt";
import type { AskedTarget, Deps } from "../src/deps.ts";
import { offboardForm } from "../views/offboard-form.ts";
import { refusalAnswer } from "../views/zoom-offboard.ts";

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/;
const MAILTO = /^<mailto:([^|>]+)(?:\|[^>]*)?>$/;
const EMAIL = /^[^\s<>@]+@[^\s<>@]+$/;

/**
 * Reads whom the command is about. Nothing is guessed: a name that is neither a mention nor an e-mail is `unknown`.
 */
function parseTarget(text: string): AskedTarget | "unknown" {
  const word = text.trim();
  if (word === "") return {};
  const mentioned = MENTION.exec(word)?.[1];
  if (mentioned !== undefined) return { slackId: mentioned };
  const email = MAILTO.exec(word)?.[1] ?? (EMAIL.test(word) ? word : undefined);
  return email === undefined ? "unknown" : { email };
}

/** `/zoom-offboard [@person|email]` opens the form, filled in with the person. */
export function registerZoomOffboard(app: App, deps: Deps): void {
  app.command("/zoom-offboard", async ({ ack, command, client, respond }) => {
    await ack();
    const target = parseTarget(command.text);
    if (target === "unknown") {
      await respond(
        refusalAnswer({
          rule: "a person is named by a mention or an e-mail, never guessed",
          reason: `I do not know whom you mean by “${command.text.slice(0, 100)}”. Nothing was done.`,
          next: "Type /zoom-offboard @person, /zoom-offboard name@example.com, or /zoom-offboard alone.",
        }),
      );
      return;
    }
    const refusal = await deps.mayOpen(command.user_id, "zoom-offboard");
    if (refusal !== undefined) {
      await respond(refusalAnswer(refusal));
      return;
    }
    await client.views.open({
      trigger_id: command.trigger_id,
      view: offboardForm({
        target,
        action: "deactivate",
        cloudflareConfigured: deps.cloudflareConfigured,
      }),
    });
  });
}
