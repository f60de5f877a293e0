import type { ActResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { comparePeople, isSamePerson, namesKnownOf } from "../../permission/decide/identities.ts";
import { requireAnswers } from "../../permission/decide/roles.ts";
import type { Request } from "../../request/request.ts";
import { closeReview as closeStoredReview, findReview, type Review } from "../../request/review-store.ts";
import { findRequest } from "../../request/store.ts";
import { namesOfTarget } from "../../target/target.ts";
import { reviewRefused } from "../events/refusal-events.ts";
import { concernedNow } from "../judge/tally-input.ts";
import type { ActContext } from "./act-context.ts";
import { refuser } from "../judge/refuser.ts";

const NO_REVIEW: Refusal = {
  rule: "only what ran without its approvals is reviewed",
  reason: "There is nothing here to review. Nothing was changed.",
};
const CLOSED: Refusal = {
  rule: "a review is closed once",
  reason: "This review was closed already. Your click changed nothing.",
};

type MayReview = { refusal: Refusal } | { roles: string[] };

/**
 * Whether someone may close a review now: by role, never whoever used break-glass nor whom it was about, under any of
 * their names.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function judgeReview(
  context: Pick<ActContext, "database" | "loadedPolicy" | "standing">,
  requestId: string,
  personId: string,
): Promise<MayReview> {
  const [request, review] = await Promise.all([
    findRequest(context.database, requestId),
    findReview(context.database, requestId),
  ]);
  if (request === undefined || review === undefined) return { refusal: NO_REVIEW };
  if (review.closedAt !== null) return { refusal: CLOSED };
  return judgeReviewer(context, request, review, personId);
}

async function judgeReviewer(
  context: Pick<ActContext, "loadedPolicy" | "standing">,
  request: Request,
  review: Review,
  personId: string,
): Promise<MayReview> {
  const { policy } = context.loadedPolicy();
  const wanted = [...review.approvers, ...(review.escalatedAt === null ? [] : review.escalateTo)];
  const names = wanted.filter((role) => Object.hasOwn(policy.roles, role));
  const [standing, known] = await Promise.all([
    context.standing(personId, names),
    concernedNow((id, roleNames) => context.standing(id, roleNames), request),
  ]);
  const own = namesKnownOf(standing.facts);
  const {
    requester,
    plan: { target },
  } = request;
  const rule = `${wanted.join(" or ")} reviews what ran without its approvals, and never those concerned`;
  if (isSamePerson(policy, own, [requester.id, requester.email, ...(known.get(requester.id) ?? [])]))
    return { refusal: { rule, reason: "You ran this yourself, so somebody else has to review it." } };
  const targetKnown = known.get(target.slackId ?? "") ?? [];
  const compared = comparePeople(policy, own, [...namesOfTarget(target), ...targetKnown]);
  if (compared === "same")
    return { refusal: { rule, reason: "This was about you, so somebody else has to review it." } };
  if (target.email !== undefined && compared === "unknown")
    return {
      refusal: {
        rule,
        reason: "Slack shows no e-mail for you, so it cannot be ruled out that this was about yourself.",
      },
    };
  if (standing.barred !== undefined) return { refusal: { rule, reason: standing.barred } };
  const roles = standing.roles.map(({ role }) => role);
  if (roles.length === 0) requireAnswers(standing);
  return roles.length > 0
    ? { roles }
    : {
        refusal: {
          rule,
          reason: "You hold none of the roles that review this. Nothing was changed.",
          wanted: [
            {
              roles: wanted,
              not: [...own, requester.id, requester.email, ...namesOfTarget(target)],
            },
          ],
        },
      };
}

function refuserOf(context: ActContext, requestId: string, personId: string) {
  return refuser(context, (refusal, at) =>
    reviewRefused(requestId, refusal === NO_REVIEW ? null : requestId, personId, refusal, at),
  );
}

/** Why someone may not close a review now; undefined where they may. @throws DirectoryError */
export async function mayReviewRequest(
  context: ActContext,
  requestId: string,
  personId: string,
): Promise<Refusal | undefined> {
  const answer = await judgeReview(context, requestId, personId);
  if (!("refusal" in answer)) return undefined;
  return (await refuserOf(context, requestId, personId)(answer.refusal)).refusal;
}

/**
 * Closes the review of what ran without its approvals, with what was found.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function closeReview(
  context: ActContext,
  requestId: string,
  personId: string,
  { justified, note }: { justified: boolean; note: string },
): Promise<ActResult> {
  const answer = await judgeReview(context, requestId, personId);
  const refuse = refuserOf(context, requestId, personId);
  if ("refusal" in answer) return refuse(answer.refusal);
  const isClosed = await context.database.transaction(async (client) => {
    const at = context.now();
    if (!(await closeStoredReview(client, requestId, { by: personId, at }))) return false;
    await context.audit(
      {
        id: `${requestId}:review:closed`,
        requestId,
        type: "review.closed",
        actor: personId,
        at,
        data: { justified, note, roles: answer.roles },
      },
      client,
    );
    return true;
  });
  if (!isClosed) return refuse(CLOSED);
  context.publish(requestId);
  return { kind: "done", sentence: "The review is closed. Everyone concerned can read it in the thread." };
}
