import type { Operation } from "../../catalogue/operation.ts";
import type { ExecuteContext } from "../../connectors/connector.ts";
import { isVendorError, VendorError } from "../../connectors/vendor-error.ts";
import type { Database } from "../../database/connect.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Policy } from "../../permission/schema.ts";
import { closesDoor } from "../../playbook/takes-access.ts";
import { lockout } from "../../playbook/lockout.ts";
import { release } from "../../playbook/release.ts";
import { isLockedOutSinceStart } from "../../request/lockout-store.ts";
import { openingRefusal } from "../judge/opening-refusal.ts";
import { releaseFault } from "../release/still-in-force.ts";
import { isLostRun, type RunOwnership } from "./run-ownership.ts";

/** One write of a run. */
export interface DueCall {
  requestId: string;
  plan: Plan;
  operation: Operation;
  input: Record<string, unknown>;
}

const LOCKED_OUT =
  "The person was locked out since this began, and it could open what was closed. Look at them, and ask again if it is still wanted.";

/** Whether it could undo what a lockout closed: a release, and every write that does more than take access away. */
function mayOpen({ plan, operation, input }: DueCall): boolean {
  if (operation.risk === "read" || plan.playbook === lockout.name) return false;
  return plan.playbook === release.name || !closesDoor(operation.name, input);
}

async function faultOf(
  context: DueContext,
  { requestId, plan, operation, input }: DueCall,
): Promise<string | undefined> {
  const { playbook, target } = plan;
  if (playbook === release.name) return releaseFault(context.database, { playbook, plan });
  const steps = [{ operation: operation.name, input }];
  const refusal = await openingRefusal(context.database, context.loadedPolicy().policy, {
    playbook,
    target,
    steps,
  });
  if (refusal !== undefined) return refusal.reason;
  const { email } = target;
  if (email === undefined) return undefined;
  return (await isLockedOutSinceStart(context.database, requestId, email)) ? LOCKED_OUT : undefined;
}

/** What is asked before a call is sent. */
export interface DueContext {
  database: Database;
  loadedPolicy(): { policy: Pick<Policy, "identities"> };
}

/** Who is locked out stays out, however far something else about them has come. @throws VendorError */
export async function expectDue(context: DueContext, call: DueCall): Promise<void> {
  if (!mayOpen(call)) return;
  const reason = await faultOf(context, call);
  if (reason !== undefined) throw refused(call, reason);
}

function refused({ operation: { vendor, name } }: DueCall, advice: string): VendorError {
  return new VendorError({
    vendor,
    operation: name,
    kind: "refused",
    mayHaveHappened: false,
    attempts: 0,
    advice,
  });
}

const RELEASED =
  "The person was released since this lockout began. Lock them out again if they must not come back in.";

const ANOTHER_PERSON = "Zoom's id is another person's. Find out whose it is, then ask again.";

/**
 * Looks once more before each attempt of a write: one that waited for its turn, or is tried again, or whose process was
 * frozen, may come much later. Whoever does not own the run any more sends nothing.
 */
export function whileDue(
  context: DueContext,
  call: DueCall,
  ownership: RunOwnership,
  isStopped: () => boolean = () => false,
): Pick<ExecuteContext, "signal" | "beforeAttempt"> {
  if (call.operation.risk === "read") return {};
  const due = new AbortController();
  return {
    signal: due.signal,
    async beforeAttempt() {
      try {
        const { isReleased } = await ownership.confirm();
        if (isReleased && call.plan.playbook === lockout.name) throw refused(call, RELEASED);
        if (call.operation.vendor === "zoom" && isStopped()) throw refused(call, ANOTHER_PERSON);
        await expectDue(context, call);
      } catch (error) {
        if (!isVendorError(error) && !isLostRun(error)) throw error;
        due.abort(error);
      }
    },
  };
}
