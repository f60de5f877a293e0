import type { Closed } from "./answer-closed.ts";
import type { Act, ActResult } from "../deps/decision.ts";
import type { Deps } from "../deps/deps.ts";
import type { Refusal } from "../deps/refusal.ts";
import type { ChangeableResult, SubmissionResult } from "../deps/submission.ts";
import { zoomOffboard } from "../playbook/zoom-offboard.ts";
import type { ActContext } from "../workflow/waiting/act-context.ts";
import { cancelRequest } from "../workflow/waiting/cancel-request.ts";
import { changeableRequest, changeRequest } from "../workflow/waiting/change-request.ts";
import { closeReview, mayReviewRequest } from "../workflow/waiting/close-review.ts";
import { commentRequest } from "../workflow/waiting/comment-request.ts";
import type { DeciderContext } from "../workflow/waiting/decider-refusal.ts";
import { delegateRequest } from "../workflow/waiting/delegate-request.ts";
import { mayAct } from "../workflow/waiting/may-act.ts";
import { actRefused, openRefused, submissionRefused } from "../workflow/events/refusal-events.ts";
import { restorePower } from "../workflow/waiting/restore-power.ts";
import type { SubmitContext } from "../workflow/submit/submit-offboarding.ts";

type ActDeps = Pick<
  Deps,
  | "mayAct"
  | "cancel"
  | "comment"
  | "delegate"
  | "changeable"
  | "change"
  | "mayReview"
  | "closeReview"
  | "restorePower"
>;

/** What people do to requests besides asking for them and deciding them; every fault is a no. */
export function createActDeps(
  context: ActContext & DeciderContext,
  submitting: SubmitContext,
  closed: Closed,
): ActDeps {
  function acting<Result extends ActResult | ChangeableResult>(
    act: Act | "review",
    requestId: string,
    personId: string,
    work: () => Promise<Result | { kind: "refused"; refusal: Refusal }>,
  ) {
    return closed<Result | { kind: "refused"; refusal: Refusal }>(act, work, (refusal, at) => ({
      result: { kind: "refused", refusal },
      event:
        act === "review"
          ? openRefused(personId, act, refusal, at)
          : actRefused(requestId, personId, act, refusal, at),
    }));
  }
  return {
    mayAct: (requestId, personId, act) =>
      closed<Refusal | undefined>(
        act,
        async () => {
          const answer = await mayAct(context, requestId, personId, act);
          return "refusal" in answer ? answer.refusal : undefined;
        },
        (refusal, at) => ({ result: refusal, event: actRefused(requestId, personId, act, refusal, at) }),
      ),
    cancel: (requestId, personId, reason) =>
      acting<ActResult>("cancel", requestId, personId, () =>
        cancelRequest(context, requestId, personId, reason),
      ),
    comment: (requestId, personId, said) =>
      acting<ActResult>("comment", requestId, personId, () =>
        commentRequest(context, requestId, personId, said),
      ),
    delegate: (requestId, personId, to) =>
      acting<ActResult>("delegate", requestId, personId, () =>
        delegateRequest(context, requestId, personId, to),
      ),
    changeable: (requestId, personId) =>
      acting<ChangeableResult>("change", requestId, personId, () =>
        changeableRequest(context, requestId, personId),
      ),
    change: (requestId, submission) =>
      closed<SubmissionResult>(
        "change",
        () => changeRequest({ ...submitting, ...context }, requestId, submission),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: submissionRefused(submission, zoomOffboard.name, refusal, at),
        }),
      ),
    mayReview: (requestId, personId) =>
      closed<Refusal | undefined>(
        "review",
        () => mayReviewRequest(context, requestId, personId),
        (refusal, at) => ({ result: refusal, event: openRefused(personId, "review", refusal, at) }),
      ),
    closeReview: (requestId, personId, review) =>
      acting<ActResult>("review", requestId, personId, () =>
        closeReview(context, requestId, personId, review),
      ),
    restorePower: (askerId, personId, reason) =>
      closed<ActResult>(
        "restore",
        () => restorePower(context, askerId, personId, reason),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: openRefused(askerId, "restore", refusal, at),
        }),
      ),
  };
}
