import { findOperation } from "../catalogue/registry.ts";
import { withoutTelling } from "../catalogue/telling.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import { knownToZoom } from "../target/target.ts";
import { factsOf } from "./read-back.ts";
import type { StepContext, StepRun } from "./run-step.ts";
import type { StepResult } from "./step-result.ts";

/**
 * Reads the Zoom user, confirms that it is still the approved person, and keeps what was read: it is what an undo
 * needs, since deactivating takes licences away.
 */
export async function takeSnapshot(context: StepContext, run: StepRun): Promise<StepResult> {
  const { requestId, step } = run;
  const target = knownToZoom(run.target);
  const operation = findOperation(step.operation);
  let user: { id?: unknown; email?: unknown; login_types?: unknown };
  try {
    user = (await context.execute(operation, step.input)) as typeof user;
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const facts = factsOf(error);
    if (error.facts.kind === "not_found")
      return { outcome: "not_found", sentence: "Zoom knows no user with this id any more.", facts };
    return {
      outcome: "failed",
      sentence: "The Zoom user could not be read, so there is no snapshot.",
      facts,
    };
  }
  const email = typeof user.email === "string" ? user.email : "";
  if (user.id !== target.zoomUserId || email.toLowerCase() !== target.zoomEmail.toLowerCase())
    return {
      outcome: "failed",
      sentence: `STOPPED: this Zoom id now belongs to ${email === "" ? "a user without e-mail" : email}, not to ${target.zoomEmail}. Nothing was changed.`,
      facts: { advice: "Find out who changed the Zoom user since the request, then ask again." },
      wrongPerson: true,
    };
  await context.keepSnapshot(requestId, step.id, operation.vendor, withoutTelling(user));
  const signsInBySso = Array.isArray(user.login_types) && user.login_types.includes(101);
  const sentence = signsInBySso
    ? "Zoom shows the approved person. The snapshot is kept."
    : "Zoom shows the approved person. The snapshot is kept. Note: they do not sign in by SSO, and Zoom promises the token revocation for SSO sessions only.";
  return { outcome: "verified", sentence, facts: {} };
}
