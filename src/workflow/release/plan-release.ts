import type { Execute } from "../../connectors/connector.ts";
import type { RevokedSince } from "./revoked-since.ts";
import { anyRan, type LockoutToRelease, type PlannedRelease } from "./lockout-to-release.ts";
import { cloudflareRestores } from "./plan-cloudflare.ts";
import { zoomRestores } from "./plan-zoom.ts";
import { withoutRevokedSince } from "./without-revoked-since.ts";
import { SLACK_STEP } from "../../playbook/lockout-slack.ts";

/**
 * Works out what to give back: what the snapshot of the first lockout in force says they had, as far as it is not so
 * now, and as far as no other request took it away since. The first one, because a later one has seen what the first had
 * done.
 * @throws VendorError when the vendor cannot be asked how it is now
 */
export async function planRelease(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
  keptAway: RevokedSince,
): Promise<PlannedRelease> {
  const [zoom, cloudflare] = await Promise.all([
    zoomRestores(execute, lockouts),
    cloudflareRestores(execute, lockouts),
  ]);
  const slack = anyRan(lockouts, SLACK_STEP) ? ["Slack sessions: they sign in again."] : [];
  const lost = [...zoom.lost, ...cloudflare.lost, ...slack];
  return withoutRevokedSince({ restores: [...zoom.restores, ...cloudflare.restores], lost }, keptAway);
}
