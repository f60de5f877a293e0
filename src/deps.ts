import type { OffboardFields } from "./playbook/zoom-offboard.ts";
import type { RequestState } from "./request/request.ts";

/** Somebody was told no. `reason` says why in plain words, `rule` names what decided, `next` what to do. */
export interface Refusal {
  rule: string;
  reason: string;
  next?: string;
}

/** Who a form is about, as typed or chosen; at least one of the two. */
export interface AskedTarget {
  slackId?: string;
  email?: string;
}

/** One submitted form. `viewId` becomes the request's id, so that a repeated delivery is one request. */
export interface Submission {
  viewId: string;
  requesterId: string;
  target: AskedTarget;
  fields: OffboardFields;
  /** What was typed to confirm an irreversible choice; must be the target's e-mail. */
  confirmEmail?: string;
}

/** What became of a submission. `invalid` faults belong next to their field; nothing was created. */
export type SubmissionResult =
  | { kind: "created"; requestId: string; state: RequestState; target: string; rules: string[] }
  | {
      kind: "invalid";
      faults: { field: "person" | "email" | "confirm" | keyof OffboardFields; message: string }[];
    }
  | { kind: "refused"; refusal: Refusal };

/** One press of Approve, or one filled-in denial. `planHash` is what the person saw. */
export interface Click {
  requestId: string;
  personId: string;
  verdict: "approve" | "deny";
  planHash: string;
  reason?: string;
}

export type ClickResult =
  | { kind: "recorded"; state: RequestState; missing: string[] }
  | { kind: "refused"; refusal: Refusal };

/** One line of a list of requests. */
export interface RequestLine {
  id: string;
  title: string;
  target: string;
  state: RequestState;
  createdAt: Date;
}

/** Why somebody may or may not have something done, in plain sentences about them. */
export interface ExplanationLines {
  /** What was asked about, as people call it. */
  title: string;
  verdict: "allowed" | "needs_approval" | "denied";
  lines: string[];
}

export type ExplainResult =
  | { kind: "explained"; explanation: ExplanationLines }
  | { kind: "refused"; refusal: Refusal };

/**
 * What listeners may reach, as plain functions. Every one of them that decides asks Slack afresh; where Slack
 * cannot be asked, the answer is a refusal.
 */
export interface Deps {
  /** The channel where requests and their threads appear. */
  channel: string;
  /** Whether Cloudflare Access can be revoked here at all. */
  cloudflareConfigured: boolean;
  /** Whether the person could use a playbook; only to spare them a form, the submission decides. */
  mayOpen(personId: string, playbook: string): Promise<Refusal | undefined>;
  submit(submission: Submission): Promise<SubmissionResult>;
  /** Whether the person could decide a request now; asked before the denial form opens. */
  mayDecide(requestId: string, personId: string): Promise<Refusal | undefined>;
  decide(click: Click): Promise<ClickResult>;
  /**
   * Why a person may or may not have a playbook or an operation run. Everybody may ask about themselves; about
   * others only those who hold a role themselves.
   * @param what the name of a playbook or an operation
   */
  explain(askerId: string, personId: string, what: string): Promise<ExplainResult>;
  recentRequests(personId: string): Promise<RequestLine[]>;
  /** Keeps a fault for the operator and returns a short reference to show to the person. */
  reportFault(where: string, error: unknown): string;
}
