import type { OffboardDeps } from "../deps/submission.ts";
import { zoomOffboard } from "../playbook/zoom-offboard.ts";
import { actRefused, submissionRefused } from "../workflow/events/refusal-events.ts";
import { submitRequest, type SubmitContext } from "../workflow/submit/submit-offboarding.ts";
import { changeableRequest, changeRequest } from "../workflow/waiting/change-request.ts";
import type { ActContext } from "../workflow/waiting/act-context.ts";
import type { FailClosed } from "./fail-closed.ts";

/** Offboardings, asked for and changed while they wait; every fault is a no. */
export function createOffboardDeps(
  submitting: SubmitContext,
  deciding: ActContext,
  failClosed: FailClosed,
): OffboardDeps {
  return {
    submit: (submission) =>
      failClosed.result(
        "submit",
        () => submitRequest(submitting, submission),
        (refusal, at) => submissionRefused(submission, zoomOffboard.name, refusal, at),
      ),
    changeable: (requestId, personId) =>
      failClosed.result(
        "change",
        () => changeableRequest(deciding, requestId, personId),
        (refusal, at) => actRefused(requestId, personId, "change", refusal, at),
      ),
    change: (requestId, submission) =>
      failClosed.result(
        "change",
        () => changeRequest({ ...submitting, ...deciding }, requestId, submission),
        (refusal, at) => submissionRefused(submission, zoomOffboard.name, refusal, at),
      ),
  };
}
