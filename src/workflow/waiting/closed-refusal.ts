import type { Refusal } from "../../deps/refusal.ts";
import type { Request, RequestState } from "../../request/request.ts";

/** What someone is told who acts on a request that is not there. */
export const UNKNOWN_REQUEST: Refusal = {
  rule: "a button must name its request",
  reason: "I do not know this request. Nothing was changed.",
};

const STATE_ANSWERS: Partial<Record<RequestState, string>> = {
  approved: "It is approved already and is starting.",
  running: "It is approved already and is running.",
  scheduled: "It is approved already.",
  done: "It is done already.",
  partly_done: "It has run already.",
  failed: "It has run already, and failed.",
  denied: "It was denied already.",
  expired: "It has expired. If it is still wanted, it has to be asked for again.",
  cancelled: "It was cancelled.",
};

/** Why nothing can be done to a request any more; undefined while it waits for approval. */
export function closedRefusal(request: Pick<Request, "state">): Refusal | undefined {
  const answer = STATE_ANSWERS[request.state];
  return answer === undefined
    ? undefined
    : { rule: "a request is decided once", reason: `${answer} Your click changed nothing.` };
}
