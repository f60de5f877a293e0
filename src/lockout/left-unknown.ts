import type { Plan } from "../plan/plan.ts";
import { lockoutFields } from "../playbook/lockout-fields.ts";
import { isUncertainAtAccess } from "../target/access-doubt.ts";
import { chosenParts } from "./no-account.ts";

/** An access path that was to be closed, and that no step closes because a vendor did not say what is needed. */
export interface LeftUnknown {
  id: string;
  kind: "cloudflare-devices" | "zoom-password";
  title: string;
  because: string;
}

/** Every such path: a part that was chosen never drops out of what is reported. */
export function leftUnknown({
  steps,
  fields,
  target,
}: Pick<Plan, "steps" | "fields"> & Partial<Pick<Plan, "target">>): LeftUnknown[] {
  const parts = chosenParts({ fields });
  const has = (stepId: string) => steps.some(({ id }) => id === stepId);
  const seen = lockoutFields.shape.seen.safeParse(fields["seen"]);
  const saysHowTheySignIn = seen.success && (seen.data.hasPassword || seen.data.hasSso !== undefined);
  const left: LeftUnknown[] = [];
  if (
    parts.includes("zoom-password") &&
    target?.zoomUserId !== undefined &&
    !has("reset-password") &&
    !saysHowTheySignIn
  )
    left.push({
      id: "zoom-password",
      kind: "zoom-password",
      title: "the Zoom password",
      because: "Zoom did not say whether they sign in with a Zoom password, so none was set.",
    });
  if (
    parts.includes("cloudflare-devices") &&
    !has("revoke-registrations") &&
    isUncertainAtAccess(target?.found ?? [])
  )
    left.push({
      id: "cloudflare-devices",
      kind: "cloudflare-devices",
      title: "WARP devices",
      because:
        "It was not known which user of Cloudflare Access they are, so their devices could not be listed.",
    });
  return left;
}
