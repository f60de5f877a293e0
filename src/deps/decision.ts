import type { RequestState } from "../request/request.ts";
import type { Refusal } from "./refusal.ts";

/** One press of Approve, or one filled-in denial. `planHash` is what the person saw. */
export interface Click {
  requestId: string;
  personId: string;
  verdict: "approve" | "deny";
  planHash: string;
  reason?: string;
  /** A one-time password, where one was asked for. */
  code?: string;
}

export type ClickResult =
  /** `missing` names a few of those whose approval is still needed; it is empty where none is. */
  | { kind: "recorded"; state: RequestState; missing: string }
  /** This approval counts only with a one-time password; nothing is recorded yet. */
  | { kind: "needs_code"; isEnrolled: boolean }
  /** The one-time password was not good; the sentence belongs next to its field. */
  | { kind: "wrong_code"; message: string; lockedUntil?: Date }
  | { kind: "refused"; refusal: Refusal };

/** What can be done to a waiting request besides deciding it. */
export type Act = "cancel" | "change" | "comment" | "delegate";

/** What became of something that someone did to a request: a sentence for them, or why not. */
export type ActResult = { kind: "done"; sentence: string } | { kind: "refused"; refusal: Refusal };

/** The buttons under a request. */
export interface RequestDeps {
  /** Whether the person could decide a request now; asked before the denial form opens. */
  mayDecide(requestId: string, personId: string): Promise<Refusal | undefined>;
  decide(click: Click): Promise<ClickResult>;
  /** Whether someone could do this to a request now; asked before a form opens. */
  mayAct(requestId: string, personId: string, act: Act): Promise<Refusal | undefined>;
  /** Takes back a request of one's own that still waits. */
  cancel(requestId: string, personId: string, reason: string): Promise<ActResult>;
  /** Says or asks something in a request's thread. */
  comment(
    requestId: string,
    personId: string,
    said: { text: string; kind: "comment" | "question" },
  ): Promise<ActResult>;
  /** Asks another one who may decide to do it. */
  delegate(requestId: string, personId: string, to: { personId: string; note?: string }): Promise<ActResult>;
  /** Whether someone may close a review now; asked before its form opens. */
  mayReview(requestId: string, personId: string): Promise<Refusal | undefined>;
  closeReview(
    requestId: string,
    personId: string,
    review: { justified: boolean; note: string },
  ): Promise<ActResult>;
}
