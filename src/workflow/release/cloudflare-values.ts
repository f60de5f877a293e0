import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { Target } from "../../target/target.ts";
import type { ReleaseValues } from "./values.ts";
import { foreignNote, isListed } from "../step/snapshot-data.ts";

type Step = Pick<PlanStep, "operation" | "input" | "changes">;

export const BLOCKED = "blocked";
export const UNBLOCKED = "as the policies say";

/**
 * What a step at Cloudflare would change, and how it is now; undefined where nothing can be compared.
 * @throws VendorError when Cloudflare cannot be asked
 */
export async function cloudflareValues(
  execute: Execute,
  step: Step,
  target: Pick<Target, "cloudflareUserId">,
): Promise<ReleaseValues | undefined> {
  const ask = (operation: string, input: Record<string, unknown>) =>
    execute(findOperation(operation), input, { priority: 1 });
  const { accountId } = step.input;
  if (step.operation === "cloudflare.gateway.removeItem") {
    const [change] = step.changes ?? [];
    const { listId, email } = step.input;
    if (change === undefined || typeof email !== "string") return undefined;
    const items = await ask("cloudflare.gateway.listItems", { accountId, listId });
    const note = foreignNote(items, email);
    const blocked = note === undefined ? BLOCKED : `blocked by another entry (“${note}”)`;
    const now = isListed(items, email) ? blocked : UNBLOCKED;
    return { values: [{ ...change, before: change.before, key: "", now }], without: () => step.input };
  }
  if (step.operation === "cloudflare.registration.unrevoke") {
    const { registrationIds: ids } = step.input as { registrationIds: readonly string[] };
    const userId = target.cloudflareUserId;
    const listed = (await ask("cloudflare.registration.list", {
      accountId,
      ...(userId === undefined ? { registrationIds: ids } : { userId }),
      status: "all",
    })) as { id: string; revoked_at?: string | null; deleted_at?: string | null }[];
    return {
      values: ids.map((id, index) => {
        const one = listed.find((registration) => registration.id === id && !registration.deleted_at);
        const now = one === undefined ? "deleted" : one.revoked_at ? "revoked" : "active";
        const title = step.changes?.[index]?.title ?? id;
        return { key: id, title, before: "revoked", after: "active", now };
      }),
      without: (keys) => ({ ...step.input, registrationIds: ids.filter((id) => !keys.has(id)) }),
    };
  }
  return undefined;
}
