import { effectsOf, type Effect } from "../../catalogue/effect.ts";
import type { Operation, Risk } from "../../catalogue/operation.ts";
import { scopesOf } from "../../catalogue/scope.ts";

/** One step as the permission check sees it. Any one of the scopes suffices; full names, narrowest first. */
export interface AskedOperation {
  name: string;
  risk: Risk;
  scopes: readonly string[];
  /** What it does to access paths. */
  effects?: readonly Effect[];
  /** Its answer is a credential: looking is then no small matter. */
  revealsSecret?: boolean;
}

/**
 * What the permission check must know of an operation.
 * @param input what it is called with; where it is not known, the operation has every effect that it can have
 */
export function askedOperation(
  operation: Operation,
  input?: Readonly<Record<string, unknown>>,
): AskedOperation {
  const { name, risk, secrets = [] } = operation;
  const effects = effectsOf(operation, input);
  const asked = { name, risk, scopes: scopesOf(operation), ...(effects.length === 0 ? {} : { effects }) };
  if (secrets.length === 0) return asked;
  const scopes = asked.scopes.filter((scope) => !ALL_OF_USERS.has(scope));
  return { ...asked, scopes, revealsSecret: true };
}

/** The same for an operation that is not filled in yet: only what it does whatever is filled in. */
export function askedBeforeInput(operation: Operation): AskedOperation {
  const { effects: _effects, ...asked } = askedOperation(operation);
  return Array.isArray(operation.effects)
    ? { ...asked, effects: operation.effects as readonly Effect[] }
    : asked;
}

/** Anyone who may administer users is not for that alone given the keys with which one acts as them. */
const ALL_OF_USERS: ReadonlySet<string> = new Set(["zoom:user:read:admin", "zoom:user:write:admin"]);

/** Whether someone only wants to look: one read by itself, which gives nobody a credential. */
export function isLook(playbook: string, operations: readonly AskedOperation[]): boolean {
  const [only, ...others] = operations;
  if (only === undefined || others.length > 0 || only.name !== playbook) return false;
  return only.risk === "read" && only.revealsSecret !== true;
}
