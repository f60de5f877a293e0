import type { Operation, Risk } from "../catalogue/operation.ts";
import { scopesOf } from "../catalogue/scope.ts";

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
  return {
    name,
    risk,
    scopes: scopesOf(operation),
    ...(secrets.length === 0 ? {} : { revealsSecret: true }),
  };
}

/** Whether somebody only wants to look: one read by itself, which gives nobody a credential. */
export function isLook(playbook: string, operations: readonly AskedOperation[]): boolean {
  const [only, ...others] = operations;
  if (only === undefined || others.length > 0 || only.name !== playbook) return false;
  return only.risk === "read" && only.revealsSecret !== true;
}
