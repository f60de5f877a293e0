import type { DatabaseClient } from "../../database/connect.ts";
import { keysOfPerson } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import type { Plan } from "../../plan/plan.ts";
import { openRequestsAbout } from "../../request/find-requests.ts";
import type { RequestDecision } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import { namesOfTarget } from "../../target/target.ts";

export interface AlsoOpenContext {
  database: DatabaseClient;
  /** Where the message of each of these requests is in Slack, as a link, as far as it is posted. */
  linksTo: (requestIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** More than these would say nothing new. */
const SHOWN = 3;

/**
 * What waits or runs about the same person already, so that nobody asks twice unknowingly. What is told in another channel is
 * for other eyes.
 */
export async function alsoOpen(
  { database, linksTo }: AlsoOpenContext,
  policy: Pick<Policy, "identities">,
  { target }: Pick<Plan, "target">,
  channel: string,
): Promise<RequestDecision["alsoOpen"]> {
  if (target.email === undefined) return undefined;
  const keysOf = (whom: Plan["target"]) => keysOfPerson(policy, namesOfTarget(whom));
  const own = new Set(keysOf(target));
  const ids = await openRequestsAbout(database, (whom) => keysOf(whom).some((key) => own.has(key)));
  if (ids.length === 0) return undefined;
  const [links, found] = await Promise.all([
    linksTo(ids),
    Promise.all(ids.map((id) => findRequest(database, id))),
  ]);
  const open = found.flatMap((one) =>
    one?.channel === channel ? [{ title: one.plan.title, state: one.state, link: links.get(one.id) }] : [],
  );
  return open.length === 0 ? undefined : open.slice(0, SHOWN);
}
