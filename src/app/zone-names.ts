import type { Logger } from "pino";
import { getZone } from "../checks/cloudflare-reads.ts";
import { atMost } from "../concurrency/timeout.ts";
import type { Connector } from "../connectors/connector.ts";

/** A start waits no longer for names; those that come later are used from then on. */
const PATIENCE_MILLISECONDS = 1_500;

/**
 * Looks up once what the zones are called. A token that may not read zones changes nothing but that they go by their ids.
 * @returns the names that are known, by zone id; it grows while others are on their way
 */
export async function lookUpZoneNames(
  connector: Connector,
  zoneIds: readonly string[],
  log: Logger,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const looks = zoneIds.map(async (zoneId) => {
    try {
      const { name } = (await connector.execute(getZone, { zoneId })) as { name: string };
      // A plan's titles are read back: what stands between brackets is the zone.
      names.set(zoneId, name.replaceAll(/[()\s]/g, ""));
    } catch (error) {
      log.debug({ err: error, zone: zoneId }, "no name of a zone");
    }
  });
  await atMost(PATIENCE_MILLISECONDS, Promise.all(looks));
  return names;
}
