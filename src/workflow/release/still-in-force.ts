import type { DatabaseClient } from "../../database/connect.ts";
import { release, releaseFields } from "../../playbook/release.ts";
import { lockoutsOf } from "../../request/lockout-store.ts";
import { namesOfTarget } from "../../target/target.ts";
import type { Request } from "../../request/request.ts";

/**
 * Why a release may not go on; undefined where it may. It was asked for and approved about the lockouts that stood
 * then: one that began since is someone's new word that this person stays out, and one that was released is over.
 */
export async function releaseFault(
  client: DatabaseClient,
  request: Pick<Request, "playbook" | "plan">,
): Promise<string | undefined> {
  if (request.playbook !== release.name) return undefined;
  const { target } = request.plan;
  const { lockouts } = releaseFields.parse(request.plan.fields);
  const inForce = (await lockoutsOf(client, namesOfTarget(target))).map(({ requestId }) => requestId);
  if (inForce.some((id) => !lockouts.includes(id)))
    return "The person was locked out again since this release was asked for. Ask for a new release, about all of it.";
  if (lockouts.some((id) => !inForce.includes(id)))
    return "The lockout was released already by another request. There is nothing left to release.";
  return undefined;
}
