import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { lockoutFields, type LockoutPart } from "../playbook/lockout-fields.ts";
import type { AccountVendor } from "../target/account.ts";
import { isUncertainAtAccess } from "../target/access-doubt.ts";
import type { StepTimes } from "./ended-steps.ts";

/** A vendor that knows nobody under the addresses that were tried, and who confirmed that the person has none there. */
export interface NoAccount {
  vendor: AccountVendor;
  addresses: string[];
  confirmedBy?: string;
}

/** A plan, as far as it says who is known where. */
type KnownPlan = Pick<Plan, "steps" | "fields"> & Partial<Pick<Plan, "target">>;

/** The vendor whose account a part of a lockout is about. */
export function vendorOf(part: LockoutPart): AccountVendor {
  return part.startsWith("zoom-") ? "zoom" : part.startsWith("slack-") ? "slack" : "cloudflare";
}

/** The parts that were chosen; none where the plan is no lockout's. */
export function chosenParts({ fields }: Pick<Plan, "fields">): readonly LockoutPart[] {
  const parts = lockoutFields.shape.parts.safeParse(fields["parts"]);
  return parts.success ? parts.data : [];
}

/**
 * Every vendor without an account for the person, of those that a chosen part is about. That a vendor knows nobody under
 * an address is no proof that the person has no account there.
 */
export function withoutAccount(
  plan: KnownPlan,
  events: readonly AuditEvent[],
  steps: ReadonlyMap<string, StepTimes>,
): ReadonlyMap<AccountVendor, NoAccount> {
  const { target } = plan;
  if (target === undefined) return new Map();
  const { email, zoomUserId, slackId, noAccount = {} } = target;
  const tried = email === undefined ? [] : [email];
  // Zoom did not answer when the plan was made, and its steps go by the address: the run was the first to be told.
  const isToldByRun =
    zoomUserId?.includes("@") === true && steps.get("snapshot")?.finished?.data.outcome === "not_found";
  const missing: Partial<Record<AccountVendor, readonly string[]>> = {
    ...(zoomUserId === undefined || isToldByRun ? { zoom: noAccount.zoom ?? tried } : {}),
    ...(isMissingAtAccess(plan) ? { cloudflare: noAccount.cloudflare ?? tried } : {}),
    ...(slackId === undefined ? { slack: noAccount.slack ?? tried } : {}),
  };
  const confirmedBy = new Map(
    events.flatMap((event) =>
      event.type === "account.ruled_out" ? [[event.data.vendor, event.actor] as const] : [],
    ),
  );
  const vendors = new Set(chosenParts(plan).map((part) => vendorOf(part)));
  return new Map(
    [...vendors].flatMap((vendor) => {
      const addresses = missing[vendor];
      if (addresses === undefined) return [];
      return [[vendor, { vendor, addresses: [...addresses], confirmedBy: confirmedBy.get(vendor) }] as const];
    }),
  );
}

/** Whether Access was asked and named nobody. Where it was not asked, or named several, nobody can tell. */
function isMissingAtAccess({ target }: KnownPlan): boolean {
  if (target === undefined || target.cloudflareUserId !== undefined) return false;
  return target.noAccount?.cloudflare !== undefined && !isUncertainAtAccess(target.found);
}
