import type { Operation, Risk } from "../../catalogue/operation.ts";
import { scopesOf } from "../../catalogue/scope.ts";

/** One step as the permission check sees it. Any one of the scopes suffices; full names, narrowest first. */
export interface AskedOperation {
  name: string;
  risk: Risk;
  scopes: readonly string[];
  /** Its answer is a credential: looking is then no small matter. */
  revealsSecret?: boolean;
}

/** What the permission check must know of an operation. */
export function askedOperation(operation: Operation): AskedOperation {
  const { name, risk, secrets = [] } = operation;
  const scopes = scopesOf(operation);
  if (secrets.length === 0) return { name, risk, scopes };
  return { name, risk, scopes: scopes.filter((scope) => !ALL_OF_USERS.has(scope)), revealsSecret: true };
}

/** Whoever may administer users is not for that alone given the keys with which one acts as them. */
const ALL_OF_USERS: ReadonlySet<string> = new Set(["zoom:user:read:admin", "zoom:user:write:admin"]);

/** Whether somebody only wants to look: one read by itself, which gives nobody a credential. */
export function isLook(playbook: string, operations: readonly AskedOperation[]): boolean {
  const [only, ...others] = operations;
  if (only === undefined || others.length > 0 || only.name !== playbook) return false;
  return only.risk === "read" && only.revealsSecret !== true;
}
