import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { inputFields } from "../../catalogue/input-fields.ts";
import type { EnteredOperation, PreparedOperation, PrepareResult } from "../../deps/operation.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import type { Target } from "../../target/target.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { foundPerson, lookAnswered } from "./look-answered.ts";
import { knownOf, placesOf, type OperationContext } from "./operation-context.ts";
import { operationRefusal } from "./operation-refusal.ts";
import { readChoices } from "../step/read-choices.ts";
import { readCurrent } from "./read-current.ts";

/** Why the policy does not let this person see a read, as it would not by itself either; or undefined. */
function readFault(policy: Policy, standing: Standing, read: Operation, at: Date): string | undefined {
  const refusal = operationRefusal(policy, standing, read, at);
  return refusal === undefined ? undefined : `You may not look at this here (${refusal.rule}).`;
}

/**
 * What a form needs of the vendors: who it is about, what can be chosen, what is there now.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function prepareOperation(
  context: OperationContext,
  personId: string,
  asked: Pick<EnteredOperation, "operation" | "target">,
): Promise<PrepareResult> {
  const operation = findOperation(asked.operation);
  const { policy } = context.loadedPolicy();
  const at = context.now();
  const places = placesOf(operation);
  const [standing, found] = await Promise.all([
    context.standing(personId),
    places === undefined ? undefined : lookUpPerson(context.lookups, asked.target, places),
  ]);
  const refusal = operationRefusal(policy, standing, operation, at);
  if (refusal !== undefined) return { kind: "refused", refusal };
  if (found !== undefined && found.kind !== "found") return found;

  const { execute } = context;
  const known = knownOf(context.settings, found?.target);
  const listing = Object.entries(operation.choices ?? {}).map(async ([path, choices]) => {
    const fault = readFault(policy, standing, findOperation(choices.operation), at);
    return [path, fault ?? (await readChoices(execute, choices, known))] as const;
  });
  const now =
    operation.current === undefined
      ? undefined
      : readFault(policy, standing, findOperation(operation.current.operation), at);
  const [listed, current] = await Promise.all([
    Promise.all(listing),
    now === undefined ? readCurrent(execute, operation, known) : { fault: now, isForbidden: true as const },
  ]);
  const person = found === undefined ? undefined : foundPerson(found.target);
  // A form that shows what is there is a look like any other.
  if (current !== undefined && "values" in current)
    await context.audit(
      lookAnswered(
        context,
        personId,
        findOperation(current.operation),
        `the form of ${operation.name}`,
        found?.target,
      ),
    );
  const prepared: PreparedOperation = {
    choices: { ...Object.fromEntries(listed), ...zoneChoices(operation, known.cloudflareZoneIds) },
    person,
    notFound: notFoundAt(operation, found?.target),
    current,
  };
  return { kind: "prepared", prepared };
}

/** That Access, asked beside, knows nobody: what is done there goes by the e-mail, and would be accepted all the same. */
function notFoundAt({ vendor, risk }: Operation, target: Target | undefined): string | undefined {
  const addresses = target?.noAccount?.cloudflare;
  return vendor !== "cloudflare" || risk === "read" || addresses === undefined
    ? undefined
    : `Cloudflare Access knows nobody under ${addresses.join(" or ")}. Check the address: this would change nothing for them.`;
}

/** Zones are chosen like everything else, from those that are set up here. */
function zoneChoices(operation: Operation, zones: readonly string[]): PreparedOperation["choices"] {
  const field = inputFields(operation).find(({ meta }) => meta.fill === "cloudflareZoneId");
  return field === undefined ? {} : { [field.path]: zones.map((zone) => ({ value: zone, title: zone })) };
}
