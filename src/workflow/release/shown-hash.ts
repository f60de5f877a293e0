import { createHash } from "node:crypto";
import type { Plan } from "../../plan/plan.ts";
import { release } from "../../playbook/release.ts";

/** Covers what is given back and to whom, and not the reason. */
export function shownHash(plan: Plan): string {
  const { restores, lost, lockouts } = release.fields.parse(plan.fields);
  return createHash("sha256")
    .update(JSON.stringify([restores, lost, lockouts]))
    .digest("hex");
}
