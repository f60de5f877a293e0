import type { AuditEvent } from "../../audit/event.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { StepContext, StepRun } from "./step-context.ts";
import type { StepResult } from "../events/step-result.ts";

/** Reads once more what must not be there, and says what was found. */
export async function expectNothing(
  context: Pick<StepContext, "execute" | "events">,
  { requestId, step }: Pick<StepRun, "requestId" | "step">,
  answered: (accepted: boolean, facts: StepResult["facts"]) => Promise<void>,
): Promise<StepResult> {
  let output: unknown;
  try {
    output = await context.execute(findOperation(step.operation), step.input);
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const facts = factsOf(error);
    await answered(false, facts);
    return { outcome: "failed", sentence: "It could not be checked.", facts };
  }
  await answered(true, {});
  if (step.expects === "no-sessions") return sessionsResult(output);
  if (step.expects === "no-devices") return devicesResult(output);
  return signInsResult(output, await context.events(requestId));
}

function sessionsResult(output: unknown): StepResult {
  const count = Array.isArray(output) ? output.length : Number.NaN;
  if (count === 0) return { outcome: "verified", sentence: "No session is open.", facts: {} };
  return {
    outcome: "unverified",
    sentence: `${count === 1 ? "A session is" : `${count} sessions are`} open: somebody signed in again, or the revocation has not taken hold.`,
    facts: { advice: "Revoke the user in Cloudflare Zero Trust, and block them at the identity provider." },
  };
}

function devicesResult(output: unknown): StepResult {
  const count = Array.isArray(output) ? output.length : Number.NaN;
  if (count === 0) return { outcome: "verified", sentence: "No device is registered.", facts: {} };
  return {
    outcome: "unverified",
    sentence: `${count === 1 ? "A WARP device is" : `${count} WARP devices are`} registered: one was enrolled again, or the revocation has not taken hold.`,
    facts: { advice: "Revoke the devices in Cloudflare Zero Trust." },
  };
}

/** Clocks differ: a sign-in counts as later only by more than this. */
const SKEW_MILLISECONDS = 2_000;

const ACCOUNT_REVOKED = /^revoke-(again|cloudflare)-account$/;

/** When the sessions were last revoked: whoever signed in before then was signed out by it. */
function lastRevoked(events: readonly AuditEvent[]): number {
  const started = new Map<string, number>();
  const times: number[] = [];
  for (const event of events) {
    if (event.type === "step.started") started.set(event.data.stepId, event.at.getTime());
    if (event.type === "step.answered" && event.data.accepted && ACCOUNT_REVOKED.test(event.data.stepId))
      times.push(started.get(event.data.stepId) ?? 0);
  }
  // Where no revocation went through, what counts is who signed in since it began.
  const begun = events.find(({ type }) => type === "step.started")?.at.getTime() ?? 0;
  return Math.max(...times, begun);
}

function signInsResult(output: unknown, events: readonly AuditEvent[]): StepResult {
  const since = lastRevoked(events) + SKEW_MILLISECONDS;
  const entries = Array.isArray(output)
    ? (output as { allowed?: boolean | null; created_at?: string | null }[])
    : [];
  const later = entries.filter(
    ({ allowed, created_at: at }) => allowed === true && at != null && Date.parse(at) > since,
  );
  if (Array.isArray(output) && later.length === 0)
    return { outcome: "verified", sentence: "Nobody signed in as them since.", facts: {} };
  return {
    outcome: "unverified",
    sentence: `${later.length === 1 ? "One sign-in" : `${later.length} sign-ins`} went through after the sessions were revoked.`,
    facts: { advice: "Revoke the user in Cloudflare Zero Trust, and block them at the identity provider." },
  };
}
