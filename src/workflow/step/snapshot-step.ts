import { mayHaveChanged } from "../../lockout/ended-steps.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import { snapshotDataOf, signsInBySso } from "./snapshot-data.ts";
import { knownToZoom } from "../../target/target.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { TakenSnapshot, StepContext, StepRun } from "./step-context.ts";
import type { StepResult } from "../events/step-result.ts";

/** The read that confirms who a Zoom user is. */
const IDENTITY = "zoom.user.get";
/** What was seen so short a time ago, when the request was made, is not asked for again. */
const FRESH_MILLISECONDS = 10_000;

export function isFresh({ takenAt }: Pick<TakenSnapshot, "takenAt">, now: number): boolean {
  return now - takenAt.getTime() < FRESH_MILLISECONDS;
}

/**
 * Reads what is there before a change and keeps it: it is what an undo needs, since deactivating takes licences away.
 * The read of the Zoom user also confirms that it is still the approved person.
 */
export async function takeSnapshot(
  context: Pick<StepContext, "execute" | "clock" | "snapshots" | "events">,
  run: Pick<StepRun, "requestId" | "round" | "step" | "target" | "followers" | "isOvertaken" | "onAnswered">,
  isFirstRun: boolean,
): Promise<StepResult> {
  const { requestId, step, target } = run;
  const operation = findOperation(step.operation);
  const isIdentity = operation.name === IDENTITY;
  const asked = context.snapshots.prefetched(requestId, step.id);
  const isNew = isFirstRun && run.round === 0;
  // Written down with the request, so that nothing waited for it.
  const isWithRequest = isNew && run.isOvertaken();
  // What is asked for since the request was made is kept by nobody before this.
  const isFirstSight = isFirstRun && asked !== undefined && !isWithRequest;
  const earlier = isFirstSight ? undefined : await context.snapshots.find(requestId, step.id);
  // Whose id it is was read for the form, or before a restart: commands may have gone out, and it is proven again.
  const isProof = isIdentity && earlier !== undefined && (!isNew || asked !== undefined);
  if (earlier !== undefined && !isProof && (isWithRequest || isFresh(earlier, context.clock.now())))
    return isIdentity ? shown(earlier.data) : taken();
  let output: unknown;
  try {
    const ask = () => context.execute(operation, step.input);
    output = await (asked?.catch(ask) ?? ask());
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const facts = factsOf(error);
    if (isIdentity && error.facts.kind === "not_found") {
      // A restart came after the deletion: what is gone by our own doing says nothing against the next steps.
      if (!isFirstRun && (await mayBeChanged(context, run)))
        return { outcome: "accepted", sentence: TOO_LATE, facts };
      return { outcome: "not_found", sentence: "Zoom knows no user with this id any more.", facts };
    }
    const what = isIdentity ? "The Zoom user could not be read" : "It could not be read";
    return { outcome: "failed", sentence: `${what}, so there is no snapshot.`, facts };
  }
  if (isIdentity) {
    const user = output as { id?: unknown; email?: unknown };
    const { zoomUserId, zoomEmail } = knownToZoom(target);
    const email = typeof user.email === "string" ? user.email : "";
    // Where Zoom could not be asked for the id, the person goes by the address.
    const isTheirs = zoomUserId.includes("@") || user.id === zoomUserId;
    if (!isTheirs || email.toLowerCase() !== zoomEmail.toLowerCase())
      return {
        outcome: "failed",
        sentence: `STOPPED: this Zoom id now belongs to ${email === "" ? "a user without e-mail" : email}, not to ${zoomEmail}.`,
        facts: {
          advice: "Find out who changed the Zoom user since the request, then ask again.",
          wrongPerson: true,
        },
        wrongPerson: true,
      };
  }
  if (isProof) return shown(output);
  // Asked before the change may be sent: whoever waits for this answer may go on from here.
  // Where nothing was tried before, this process knows.
  const isFirst = isNew && !run.isOvertaken();
  const isLate = !isFirst && (await mayBeChanged(context, run));
  if (!isIdentity) run.onAnswered();
  if (isLate)
    return isIdentity ? shown(output, TOO_LATE) : { outcome: "accepted", sentence: TOO_LATE, facts: {} };
  await context.snapshots.keep(
    requestId,
    step.id,
    operation.vendor,
    snapshotDataOf(operation.name, output, target),
  );
  return isIdentity ? shown(output) : taken();
}

/** Whether one of those that wait for the answer may have been sent without it. */
async function mayBeChanged(
  context: Pick<StepContext, "events">,
  { requestId, followers }: Pick<StepRun, "requestId" | "followers">,
): Promise<boolean> {
  const events = await context.events(requestId);
  return followers.some((id) => mayHaveChanged(events, id));
}

function taken(): StepResult {
  return { outcome: "verified", sentence: "The snapshot is kept.", facts: {} };
}

const TOO_LATE =
  "It was seen only after the change had been sent, so it is no snapshot: how it was before is not known.";
function shown(user: unknown, kept = "The snapshot is kept."): StepResult {
  const sentence = signsInBySso(user)
    ? `Zoom shows the approved person. ${kept}`
    : `Zoom shows the approved person. ${kept} Note: they do not sign in by SSO, and Zoom promises the token revocation for SSO sessions only.`;
  return { outcome: "verified", sentence, facts: {} };
}
