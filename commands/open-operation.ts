import type { App } from "@slack/bolt";
import type { Vendor } from "../src/catalogue/vendor.ts";
import type { OperationDeps } from "../src/deps/operation.ts";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import { showOperationForm } from "../views/operation/form.ts";
import { operationPicker } from "../views/operation/picker.ts";
import { refusalAnswer } from "../views/blocks/refusal.ts";
import { findOperationByWords } from "./find-operation.ts";

/** `/zoom` and `/cloudflare`: the form of the operation that was named, or the choice among those that could be. */
export function registerOperationCommand(app: App, deps: OperationDeps & SurfaceDeps, vendor: Vendor): void {
  const command = `/${vendor}`;
  app.command(command, async ({ ack, command: typed, client, respond }) => {
    await ack();
    const found = findOperationByWords(vendor, typed.text);
    if (found.kind === "unknown") {
      const near = found.near.map((name) => `${command} ${name.split(".").slice(1).join(".")}`);
      await respond(
        refusalAnswer({
          rule: "an operation is named by its words, a person by a mention or an e-mail",
          // What was typed may have been a secret: it is not said again.
          reason: "I do not know the operation, or the person, that you named. Nothing was done.",
          next: `${near.length === 0 ? "" : `Did you mean ${near.join(", ")}? `}Type ${command} alone to choose. Passwords and other secrets are typed into the form, never here.`,
        }),
      );
      return;
    }
    const personId = typed.user_id;
    const offer = await deps.offer(personId, vendor);
    if (offer.kind === "refused") {
      await respond(refusalAnswer(offer.refusal));
      return;
    }
    if (found.kind === "one") {
      const refusal = offer.operations.find(({ operation }) => operation === found.operation)?.refusal;
      if (refusal !== undefined) {
        await respond(refusalAnswer(refusal));
        return;
      }
      const place = { triggerId: typed.trigger_id };
      await showOperationForm({ client, deps }, place, personId, found.operation, found.target);
      return;
    }
    const offered = offer.operations.filter(({ operation }) => found.operations.includes(operation));
    await client.views.open({
      trigger_id: typed.trigger_id,
      view: operationPicker({ vendor, offered, target: found.target }),
    });
  });
}
