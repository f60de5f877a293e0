import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { answerText, isVendorError, type VendorErrorFacts } from "../../connectors/vendor-error.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { EnteredOperation, LookResult } from "../../deps/operation.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { completeInput } from "./complete-input.ts";
import { askedOperation } from "../../permission/decide/asked-operation.ts";
import { openingRefusal } from "../judge/opening-refusal.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { knownOf, placesOf, type OperationContext } from "./operation-context.ts";
import { LOOK_NEEDS_APPROVAL } from "./operation-refusal.ts";
import { foundPerson, lookAnswered } from "./look-answered.ts";
import { refusalFrom } from "../submit/request-result.ts";
import { openRefused } from "../events/refusal-events.ts";
import { refuser } from "../judge/refuser.ts";

/**
 * Makes a reading call for one person. That they looked is written down before they see anything; what they saw is
 * written down nowhere.
 * @throws DirectoryError when Slack cannot be asked; @throws when the audit log cannot be written
 */
export async function lookOperation(
  context: OperationContext,
  personId: string,
  entered: EnteredOperation,
): Promise<LookResult> {
  const operation = findOperation(entered.operation);
  const refuse = refuser(context, (refusal, at) => openRefused(personId, operation.name, refusal, at));
  if (operation.risk !== "read")
    return refuse({ rule: "only looking is answered at once", reason: "This changes something." });

  const { policy } = context.loadedPolicy();
  const places = placesOf(operation);
  const [standing, found] = await Promise.all([
    context.standing(personId),
    places === undefined ? undefined : lookUpPerson(context.lookups, entered.target, places),
  ]);
  const target = found?.kind === "found" ? found.target : undefined;
  const { decision, question } = await judgeRequest(context, policy, standing, {
    playbook: operation.name,
    operations: [askedOperation(operation)],
    target,
  });
  if (decision.kind === "denied") return refuse(refusalFrom(decision, question));
  if (decision.kind === "needs_approval") return refuse(LOOK_NEEDS_APPROVAL);
  if (found !== undefined && found.kind !== "found") return found;

  const known = knownOf(context.settings, target);
  const completed = await completeInput(context, operation, entered, known, personId);
  if (!completed.ok) return { kind: "invalid", faults: completed.faults };
  const { input } = completed.completed;
  const steps = [{ operation: operation.name, input }];
  const opening = await openingRefusal(context.database, policy, { playbook: operation.name, target, steps });
  if (opening !== undefined) return refuse(opening);
  let output: unknown;
  try {
    output = await context.execute(operation, input);
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return refuse(notAnswered(operation, error));
  }
  const person = target === undefined ? undefined : foundPerson(target);
  await context.audit(lookAnswered(context, personId, operation, decision.rule, target));
  return { kind: "answered", answer: { entered, output, person } };
}

/** A vendor's no to a look, in its own words. */
function notAnswered(operation: Operation, error: Error & { readonly facts: VendorErrorFacts }): Refusal {
  const said = answerText(error.facts);
  const vendor = VENDOR_NAMES[operation.vendor];
  return {
    rule: `${vendor} must answer`,
    reason: `${vendor} did not give the answer${said === "" ? "" : ` (${said})`}. Nothing was changed.`,
    next: error.facts.advice,
    facts: factsOf(error),
  };
}
