import type { Operation, Risk } from "../../catalogue/operation.ts";
import { operations } from "../../catalogue/registry.ts";
import { needsSnapshot, SNAPSHOT_OPERATION } from "../../catalogue/snapshot.ts";
import { askedOperation, type AskedOperation } from "./asked-operation.ts";

/** Playbooks that are part of the program: a policy cannot give these names to its own. */
export const BUILT_IN_PLAYBOOKS: readonly string[] = ["zoom-offboard", "lockout", "release"];

/** A playbook of the policy's own as the permission check sees it. */
export interface OwnPlaybook {
  name: string;
  title: string;
  risks: readonly Risk[];
  /** What is asked for: each operation once, and the snapshot where there is one. */
  operations(): AskedOperation[];
}

/** Where playbooks are written, as far as it can be read. */
interface Defining {
  playbooks?:
    | Record<string, { title?: string | undefined; steps?: { operation?: string | undefined }[] | undefined }>
    | undefined;
}

const GRAVITY: readonly Risk[] = ["read", "reversible", "irreversible"];

/** The playbooks that a policy defines; those of which a step cannot be understood are left out. */
export function ownPlaybooks({ playbooks = {} }: Defining): OwnPlaybook[] {
  return Object.entries(playbooks).flatMap(([name, { title = name, steps = [] }]) => {
    const found = steps.map((step) => operations.find((one) => one.name === step.operation));
    const known = found.filter((operation) => operation !== undefined);
    if (known.length === 0 || known.length < steps.length) return [];
    const gravest = GRAVITY.findLast((risk) => known.some((operation) => operation.risk === risk));
    return {
      name,
      title,
      risks: gravest === undefined ? [] : [gravest],
      operations: () => operationsOf(known).map((operation) => askedOperation(operation)),
    };
  });
}

function operationsOf(steps: readonly Operation[]): Operation[] {
  const snapshot = steps.some(needsSnapshot)
    ? operations.filter(({ name }) => name === SNAPSHOT_OPERATION)
    : [];
  return [...new Set([...snapshot, ...steps])];
}
