import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import type { EnteredTarget } from "../src/deps/person.ts";
import type { Refusal } from "../src/deps/refusal.ts";
import { readOffboardWords } from "./lockout-words.ts";
import { NAME_HINT } from "./typed.ts";
import { offboardForm } from "../views/offboard/form.ts";
import { refusalAnswer, refusalText } from "../views/blocks/refusal.ts";
import { tellPerson } from "../views/blocks/tell-person.ts";

/** As manifest.yml names it. */
const OFFBOARD_SHORTCUT = "zoom_offboard";

/** Opens the form where the person may; otherwise says why not. */
async function openOffboardForm(
  client: WebClient,
  deps: SurfaceDeps,
  {
    triggerId,
    personId,
    target,
    reason,
  }: { triggerId: string; personId: string; target: EnteredTarget; reason?: string },
): Promise<Refusal | undefined> {
  const refusal = await deps.mayOpen(personId, "zoom-offboard");
  if (refusal !== undefined) return refusal;
  await client.views.open({
    trigger_id: triggerId,
    view: offboardForm({
      target,
      entered: reason === undefined ? undefined : { reason },
      action: "deactivate",
      cloudflareConfigured: deps.cloudflareConfigured,
      settingFaults: deps.settingFaults(),
      mayBreakGlass: await deps.mayBreakGlass(personId),
    }),
  });
  return undefined;
}

/** `/zoom-offboard [@person|email]`, and the shortcut, open the form; the command fills in the person. */
export function registerZoomOffboard(app: App, deps: SurfaceDeps): void {
  app.command("/zoom-offboard", async ({ ack, command, client, respond }) => {
    await ack();
    const read = readOffboardWords(command.text);
    if (read.kind !== "open") {
      const count = read.kind === "people" ? read.count : 0;
      await respond(
        refusalAnswer({
          rule: "a person is named by a mention or an e-mail, never guessed",
          reason:
            read.kind === "help"
              ? "This opens the form that offboards somebody. Nothing was done."
              : count > 0
                ? `You named ${count} people, and a request is about one. Nothing was done.`
                : `I do not know whom you mean by “${command.text.trim().slice(0, 100)}”. Nothing was done.`,
          next: `Type /zoom-offboard @person, /zoom-offboard name@example.com, or /zoom-offboard alone. What you type after the person becomes the reason. ${NAME_HINT}`,
        }),
      );
      return;
    }
    const { target, reason } = read;
    const asked = { triggerId: command.trigger_id, personId: command.user_id, target, reason };
    const refusal = await openOffboardForm(client, deps, asked);
    if (refusal !== undefined) await respond(refusalAnswer(refusal));
  });

  // From the menu of shortcuts there is no channel to answer in.
  app.shortcut({ type: "shortcut", callback_id: OFFBOARD_SHORTCUT }, async ({ ack, shortcut, client }) => {
    await ack();
    const asked = { triggerId: shortcut.trigger_id, personId: shortcut.user.id, target: {} };
    const refusal = await openOffboardForm(client, deps, asked);
    if (refusal !== undefined) await tellPerson(client, { user: shortcut.user.id }, refusalText(refusal));
  });
}
