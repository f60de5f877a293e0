import type { App } from "@slack/bolt";
import type { Vendor } from "../src/catalogue/vendor.ts";
import type { Refusal } from "../src/deps/refusal.ts";
import type { OperationDeps } from "../src/deps/operation.ts";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import { showOperationForm } from "../views/operation/form.ts";
import { operationPicker } from "../views/operation/picker.ts";
import { refusalAnswer } from "../views/blocks/refusal.ts";
import { findOperationByWords, type FoundOperation } from "./find-operation.ts";
import { NAME_HINT } from "./typed.ts";

const EXAMPLES: Readonly<Record<Vendor, readonly string[]>> = {
  zoom: ["list users", "deactivate @person", "meetings name@example.com"],
  cloudflare: ["sessions @person", "sign out @person", "devices name@example.com"],
  slack: [],
};

function helpText(vendor: Vendor): string {
  const examples = EXAMPLES[vendor].map((example) => `\`/${vendor} ${example}\``).join(", ");
  return `\`/${vendor}\` alone lists what there is to choose from. Or name it, and the person: ${examples}. Never type a secret here: forms ask for it.`;
}

/** Why a command opens nothing. What was typed may have been a secret: it is not said again. */
function notUnderstood(
  command: string,
  found: Exclude<FoundOperation, { kind: "one" | "several" | "help" }>,
): Refusal {
  const rule = "an operation is named by its words, a person by a mention or an e-mail";
  if (found.kind === "people")
    return {
      rule,
      reason: `You named ${found.count} people, and an operation is about one. Nothing was done.`,
      next: `Type ${command} once for each of them.`,
    };
  if (found.kind === "elsewhere")
    return {
      rule,
      reason: "That has a command of its own. Nothing was done.",
      next: `Type ${found.command}.`,
    };
  const near = found.near.map((name) => `${command} ${name.split(".").slice(1).join(".")}`);
  const hints = [
    ...(found.hasName === true ? [NAME_HINT] : []),
    ...(near.length === 0 ? [] : [`Did you mean ${near.join(", ")}?`]),
    `Type ${command} alone to choose.`,
    "Passwords and other secrets are typed into the form, never here.",
  ];
  return {
    rule,
    reason: "I do not know the operation, or the person, that you named. Nothing was done.",
    next: hints.join(" "),
  };
}

/** `/zoom` and `/cloudflare`: the form of the operation that was named, or the choice among those that could be. */
export function registerOperationCommand(app: App, deps: OperationDeps & SurfaceDeps, vendor: Vendor): void {
  const command = `/${vendor}`;
  app.command(command, async ({ ack, command: typed, client, respond }) => {
    await ack();
    const found = findOperationByWords(vendor, typed.text);
    if (found.kind === "help") {
      await respond({ response_type: "ephemeral", text: helpText(vendor) });
      return;
    }
    if (found.kind !== "one" && found.kind !== "several") {
      await respond(refusalAnswer(notUnderstood(command, found)));
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
