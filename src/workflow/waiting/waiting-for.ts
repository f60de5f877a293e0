import { contributionOf } from "../../approval/tally.ts";
import { pendingRequests } from "../../request/find-requests.ts";
import type { Request } from "../../request/request.ts";
import { openReviews } from "../../request/review-store.ts";
import { findRequest } from "../../request/store.ts";
import type { ActContext } from "./act-context.ts";
import { judgeReview } from "./close-review.ts";
import { judgeDecider } from "./decider-refusal.ts";

/** What finding out who may do what reaches; the roles may be a minute old, as nothing is decided by them. */
export type WaitingContext = Pick<ActContext, "database" | "loadedPolicy" | "standing" | "now">;

/** The most requests, and the most reviews, that one list looks at. */
const LOOKED_AT = 50;

/**
 * What waits for one person: requests that their approval would bring on now, and reviews that they may close.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function waitingFor(
  context: WaitingContext,
  personId: string,
): Promise<{ decisions: Request[]; reviews: { request: Request; dueAt: Date }[] }> {
  const { database } = context;
  const [pending, open] = await Promise.all([
    pendingRequests(database, context.now(), LOOKED_AT),
    openReviews(database, LOOKED_AT),
  ]);
  const [decisions, reviews] = await Promise.all([
    Promise.all(pending.map(async (one) => ((await isWantedOf(context, one, personId)) ? [one] : []))),
    Promise.all(
      open.map(async ({ requestId, dueAt }) => {
        const answer = await judgeReview(context, requestId, personId);
        const request = "refusal" in answer ? undefined : await findRequest(database, requestId);
        return request === undefined ? [] : [{ request, dueAt }];
      }),
    ),
  ]);
  return { decisions: decisions.flat(), reviews: reviews.flat() };
}

/** Whether someone's approval would bring a request on now: it is their turn, and they have not given it yet. */
async function isWantedOf(context: WaitingContext, request: Request, personId: string): Promise<boolean> {
  const decider = { personId, verdict: "approve", planHash: request.plan.hash } as const;
  const judged = await judgeDecider(context, context.database, request, decider);
  return !("refusal" in judged) && contributionOf(judged.input, judged.made).rules.length > 0;
}
