import type { Operation } from "../catalogue/operation.ts";
import type { ExecuteContext } from "../connectors/connector.ts";
import { isVendorError, VendorError } from "../connectors/vendor-error.ts";
import type { Database } from "../database/connect.ts";
import type { Plan } from "../plan/plan.ts";
import { release } from "../playbook/release.ts";
import { releaseFault } from "./release-standing.ts";

/** A person who is locked out again stays out, however far their release has come. @throws VendorError */
export async function expectStanding(
  database: Database,
  plan: Plan,
  { name, vendor }: Operation,
): Promise<void> {
  const reason = await releaseFault(database, { playbook: plan.playbook, plan });
  if (reason !== undefined)
    throw new VendorError({
      vendor,
      operation: name,
      kind: "refused",
      mayHaveHappened: false,
      attempts: 0,
      advice: reason,
    });
}

/** Looks once more before each attempt: one that waited for its turn, or is tried again, may come much later. */
export function whileStanding(
  database: Database,
  plan: Plan,
  operation: Operation,
): Pick<ExecuteContext, "signal" | "beforeAttempt"> {
  if (plan.playbook !== release.name || operation.risk === "read") return {};
  const standing = new AbortController();
  return {
    signal: standing.signal,
    async beforeAttempt() {
      try {
        await expectStanding(database, plan, operation);
      } catch (error) {
        if (!isVendorError(error)) throw error;
        standing.abort(error);
      }
    },
  };
}
