import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps.ts";
import { parsePerson } from "./parse-person.ts";
import { offboardForm } from "../views/offboard-form.ts";
import { refusalAnswer } from "../views/zoom-offboard.ts";

/** `/zoom-offboard [@person|email]` opens the form, filled in with the person. */
export function registerZoomOffboard(app: App, deps: Deps): void {
  app.command("/zoom-offboard", async ({ ack, command, client, respond }) => {
    await ack();
    const target = parsePerson(command.text);
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
