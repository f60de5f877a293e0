import { operations } from "../catalogue/registry.ts";
import type { OperationDeps } from "../deps/operation.ts";
import type { People } from "../people/people.ts";
import { openRefused, operationRefused } from "../workflow/events/refusal-events.ts";
import { lookOperation } from "../workflow/operation/look-operation.ts";
import type { OperationContext } from "../workflow/operation/operation-context.ts";
import { operationRefusal } from "../workflow/operation/operation-refusal.ts";
import { prepareOperation } from "../workflow/operation/prepare-operation.ts";
import { submitOperation } from "../workflow/operation/submit-operation.ts";
import type { FailClosed } from "./fail-closed.ts";

/**
 * Single operations, offered, prepared, looked at and asked for; every fault is a no.
 * @param remembered who someone is, as known for a minute: only to spare them a form
 */
export function createOperationDeps(
  context: OperationContext,
  remembered: People,
  failClosed: FailClosed,
): OperationDeps {
  return {
    offer: (personId, vendor) =>
      failClosed.result(
        "offer",
        async () => {
          const { policy } = context.loadedPolicy();
          const standing = await remembered.standing(personId);
          const at = context.now();
          const offered = operations
            .filter((operation) => operation.vendor === vendor)
            .map((operation) => ({
              operation: operation.name,
              refusal: operationRefusal(policy, standing, operation, at),
            }));
          return { kind: "offered", operations: offered };
        },
        (refusal, at) => openRefused(personId, vendor, refusal, at),
      ),
    prepare: (personId, asked) =>
      failClosed.result(
        "prepare",
        async () => {
          const result = await prepareOperation(context, personId, asked);
          if (result.kind === "refused")
            await failClosed.record(openRefused(personId, asked.operation, result.refusal, context.now()));
          return result;
        },
        (refusal, at) => openRefused(personId, asked.operation, refusal, at),
      ),
    look: (personId, entered) =>
      failClosed.result(
        "look",
        () => lookOperation(context, personId, entered),
        (refusal, at) => openRefused(personId, entered.operation, refusal, at),
      ),
    submitOperation: (submission) =>
      failClosed.result(
        "submit",
        () => submitOperation(context, submission),
        (refusal, at) => operationRefused(submission, refusal, at),
      ),
  };
}
