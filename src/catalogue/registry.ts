import { cloudflareOperations } from "./cloudflare/operations.ts";
import type { Operation } from "./operation.ts";
import { slackOperations } from "./slack/operations.ts";
import { zoomOperations } from "./zoom/operations.ts";

/** Every vendor call that Deadbolt can make. */
export const operations: readonly Operation[] = [
  ...zoomOperations,
  ...cloudflareOperations,
  ...slackOperations,
];

const operationsByName = new Map(operations.map((operation) => [operation.name, operation]));

/**
 * The operation of this name.
 * @throws RangeError when the catalogue has none, naming those it has
 */
export function findOperation(name: string): Operation {
  const operation = operationsByName.get(name);
  if (operation === undefined)
    throw new RangeError(
      `The catalogue has no operation "${name}". It has: ${[...operationsByName.keys()].join(", ")}.`,
    );
  return operation;
}
