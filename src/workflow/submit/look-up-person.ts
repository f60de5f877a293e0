import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { FieldFault, Refusal } from "../../deps/refusal.ts";
import { findTarget, type Lookups, type ZoomFinding } from "../../target/find.ts";
import type { IdentityFindings, Places } from "../../target/findings.ts";
import type { Target } from "../../target/target.ts";

/** Who was found, or why nobody was, next to the field where it can be put right. */
export type LookedUp =
  | { kind: "found"; target: Target; zoom?: ZoomFinding }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/**
 * Finds the person whom a form is about in every place that matters.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function lookUpPerson(
  lookups: Lookups,
  asked: IdentityFindings["asked"],
  places: Places,
): Promise<LookedUp> {
  try {
    const { verdict, zoom } = await findTarget(asked, lookups, places);
    return verdict.ok
      ? { kind: "found", target: verdict.target, zoom }
      : { kind: "invalid", faults: verdict.disagreements };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const where = places.zoom === "must" ? "Zoom" : "Cloudflare";
    return {
      kind: "refused",
      refusal: {
        rule: `the person must be found in ${where} before anything is asked for`,
        reason: `${where} could not be asked about this person. ${faultText(error.facts)}`,
        facts: factsOf(error),
        isPassing: true,
        next: `Nothing was requested. Try again, or act in the ${where} console if it is urgent.`,
      },
    };
  }
}
