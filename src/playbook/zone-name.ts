import type { PlaybookSettings } from "./playbook.ts";

/** A zone as a plan names it: by its name, or by its id where the name is not known. */
export function zoneName(
  { cloudflareZoneNames }: Pick<PlaybookSettings, "cloudflareZoneNames">,
  zoneId: string,
): string {
  return cloudflareZoneNames?.get(zoneId) ?? zoneId;
}
