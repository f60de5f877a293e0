import type { Act, RequestDeps } from "../deps/decision.ts";
import { actRefused, decisionRefused, openRefused } from "../workflow/events/refusal-events.ts";
import type { ActContext } from "../workflow/waiting/act-context.ts";
import { cancelRequest } from "../workflow/waiting/cancel-request.ts";
import { closeReview, mayReviewRequest } from "../workflow/waiting/close-review.ts";
import { commentRequest } from "../workflow/waiting/comment-request.ts";
import { decideRequest, mayDecideRequest, type DecideContext } from "../workflow/waiting/decide-request.ts";
import { delegateRequest } from "../workflow/waiting/delegate-request.ts";
import { mayAct } from "../workflow/waiting/may-act.ts";
import type { FailClosed } from "./fail-closed.ts";

/** What people do to requests that wait; every fault is a no. */
export function createRequestDeps(context: DecideContext & ActContext, failClosed: FailClosed): RequestDeps {
  const acting = <Result>(act: Act, requestId: string, personId: string, work: () => Promise<Result>) =>
    failClosed.result(act, work, (refusal, at) => actRefused(requestId, personId, act, refusal, at));
  return {
    mayDecide: (requestId, personId) =>
      failClosed.check(
        "deny",
        () => mayDecideRequest(context, requestId, personId),
        (refusal, at) => decisionRefused({ requestId, personId, verdict: "deny" }, requestId, refusal, at),
      ),
    decide: (click) =>
      failClosed.result(
        "decide",
        () => decideRequest(context, click),
        (refusal, at) => decisionRefused(click, click.requestId, refusal, at),
      ),
    mayAct: (requestId, personId, act) =>
      failClosed.check(
        act,
        async () => {
          const answer = await mayAct(context, requestId, personId, act);
          return "refusal" in answer ? answer.refusal : undefined;
        },
        (refusal, at) => actRefused(requestId, personId, act, refusal, at),
      ),
    cancel: (requestId, personId, reason) =>
      acting("cancel", requestId, personId, () => cancelRequest(context, requestId, personId, reason)),
    comment: (requestId, personId, said) =>
      acting("comment", requestId, personId, () => commentRequest(context, requestId, personId, said)),
    delegate: (requestId, personId, to) =>
      acting("delegate", requestId, personId, () => delegateRequest(context, requestId, personId, to)),
    mayReview: (requestId, personId) =>
      failClosed.check(
        "review",
        () => mayReviewRequest(context, requestId, personId),
        (refusal, at) => openRefused(personId, "review", refusal, at),
      ),
    closeReview: (requestId, personId, review) =>
      failClosed.result(
        "review",
        () => closeReview(context, requestId, personId, review),
        (refusal, at) => openRefused(personId, "review", refusal, at),
      ),
  };
}
