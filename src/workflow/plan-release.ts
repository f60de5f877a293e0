import type { Execute } from "../connectors/connector.ts";
import type { LockoutToRelease, PlannedRelease } from "./lockout-to-release.ts";
import { cloudflareRestores } from "./plan-release-cloudflare.ts";
import { zoomRestores } from "./plan-release-zoom.ts";

/**
 * Works out what to give back: what the snapshot of the first lockout that stands says they had, as far as it is not so
 * now. The first one, because a later one has seen what the first had done.
 * @throws VendorError when the vendor cannot be asked how it is now
 */
export async function planRelease(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const [zoom, cloudflare] = await Promise.all([
    zoomRestores(execute, lockouts),
    cloudflareRestores(execute, lockouts),
  ]);
  const lost = [...zoom.lost, ...cloudflare.lost];
  return { restores: [...zoom.restores, ...cloudflare.restores], lost };
}
