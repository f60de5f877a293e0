import type { Operation } from "../../catalogue/operation.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { countAccepted } from "../../request/count-accepted.ts";
import type { Target } from "../../target/target.ts";

/** Why the vendor would not take the call so soon again, by what this app has sent; undefined where it would. */
export async function quotaFault(
  database: DatabaseClient,
  operation: Operation,
  target: Pick<Target, "zoomUserId">,
  now: Date,
): Promise<string | undefined> {
  const { quota, name } = operation;
  if (quota === undefined || target.zoomUserId === undefined) return undefined;
  const since = new Date(now.getTime() - quota.within);
  const sent = await countAccepted(database, name, target.zoomUserId, since);
  return sent >= quota.count ? quota.sentence : undefined;
}
