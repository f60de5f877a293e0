import type { WatchResult } from "../../deps/lockout.ts";
import { findRequest } from "../../request/store.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { mayTend, type TendContext } from "./may-tend.ts";

/** A lockout as it is, for someone's eyes. @throws DirectoryError */
export async function watchedLockout(
  context: TendContext,
  requestId: string,
  personId: string,
): Promise<WatchResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  return (await followedLockout(context, requestId)) ?? { kind: "refused", refusal: UNKNOWN_REQUEST };
}

/** A lockout as it is, for a window whose owner was judged when it opened. */
export async function followedLockout(
  context: Pick<TendContext, "database" | "events">,
  requestId: string,
): Promise<Extract<WatchResult, { kind: "watched" }> | undefined> {
  const found = await findRequest(context.database, requestId);
  if (found === undefined) return undefined;
  const { requester, ...request } = found;
  return {
    kind: "watched",
    request: { ...request, requesterId: requester.id },
    events: await context.events(requestId),
  };
}
