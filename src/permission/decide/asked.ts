import type { Effect } from "../../catalogue/effect.ts";
import type { Risk } from "../../catalogue/operation.ts";
import { VENDOR_NAMES, type Vendor } from "../../catalogue/vendor.ts";
import type { WhatIsAsked } from "../schema.ts";

/** What a request is and does, as rules speak of it. */
export interface AskedFor {
  playbook: string;
  /** Of each of its steps. */
  risks: readonly Risk[];
  /** What its steps do to access paths. */
  effects?: readonly Effect[];
}

/** Whether a rule's playbook is this one: by its name, or by `zoom.*` for every single operation of Zoom's. */
export function namesPlaybook(written: string, playbook: string): boolean {
  return written === playbook || (written.endsWith(".*") && playbook.startsWith(written.slice(0, -1)));
}

/**
 * Whether a rule speaks of a request: of its playbook, where it names one, of a step as grave as it says, and of a step
 * that does to access paths what it says.
 */
export function speaksOf(
  asked: WhatIsAsked | undefined,
  { playbook, risks, effects = [] }: AskedFor,
): boolean {
  const { playbook: name, risk, effect } = asked ?? {};
  return (
    (name === undefined || namesPlaybook(name, playbook)) &&
    (risk === undefined || risks.includes(risk)) &&
    (effect === undefined || effects.includes(effect))
  );
}

/** Every effect of these operations, once. */
export function effectsOfAll(operations: readonly { effects?: readonly Effect[] }[]): Effect[] {
  return [...new Set(operations.flatMap(({ effects = [] }) => effects))];
}

/** What a rule speaks of, as part of a sentence. */
export function describeAsked(asked: WhatIsAsked | undefined): string {
  const { playbook, risk, effect } = asked ?? {};
  const kinds = [
    ...(risk === undefined ? [] : [`is ${risk}`]),
    ...(effect === undefined ? [] : [describeEffect(effect)]),
  ];
  if (kinds.length === 0) return playbook ?? "everything";
  return playbook === undefined ? `what ${kinds.join(" and ")}` : `${playbook} that ${kinds.join(" and ")}`;
}

function describeEffect(effect: Effect): string {
  const [verb = "", vendor = ""] = effect.split("-");
  return `${verb} access to ${VENDOR_NAMES[vendor as Vendor]}`;
}
