/** How one step ended. Never better than what was proven: a 2xx alone is `accepted` at most. */
export type Outcome = "verified" | "accepted" | "unverified" | "not_found" | "failed" | "skipped" | "undone";

/** What a vendor or a rule said, as far as it may be shown: no secrets, cut to a readable length. */
export interface OutcomeFacts {
  /** HTTP status of the last answer. */
  status?: number;
  /** The vendor's own error code; Slack's are words. */
  code?: number | string;
  /** Cloudflare's further codes. */
  chain?: number[];
  /** Of whom the vendor speaks, where it is not the person. */
  about?: "another" | "unclear";
  vendorMessage?: string;
  attempts?: number;
  /** Whether nobody can tell if it took hold: no clear answer came, and it could not be read back. */
  unknown?: true;
  /** Some or all of it was not sent, because someone changed it since it was asked for: nothing of it is left to do. */
  changedSince?: true;
  /** The vendor's id is someone else's than the person who was approved. */
  wrongPerson?: true;
  /** What the person who must act does next. */
  advice?: string;
}

/** A decision rule as shown to people: what it asks for and where it is in the policy. */
export interface RuleSummary {
  rule: string;
  description: string;
}

interface EventData {
  "request.created": {
    playbook: string;
    requesterId: string;
    /** Without an e-mail where it is about no person. */
    target: { name: string; email?: string; slackId?: string };
    planHash: string;
    policyVersion: string;
    decision: "allowed" | "needs_approval";
    rules: RuleSummary[];
    reason: string;
    ticket?: string;
  };
  /** Someone looked at what a vendor holds; what they saw is not kept. */
  "look.answered": {
    operation: string;
    target?: { name: string; email: string; slackId?: string };
    /** The rule by which they might. */
    rule: string;
    /** Whether the answer was a credential. */
    revealedSecret: boolean;
  };
  /** Someone asked and was told no; nothing was created. */
  "request.refused": {
    where: string;
    rule: string;
    reason: string;
    asked?: string;
    /** What the vendor said whose answer the no rests on. */
    facts?: OutcomeFacts;
  };
  "decision.made": {
    verdict: "approve" | "deny";
    roles: string[];
    reason?: string;
    planHash: string;
    /** Whether a one-time password came with it. */
    secondFactor?: boolean;
  };
  "decision.refused": { verdict: "approve" | "deny"; rule: string; reason: string };
  "request.approved": { by: string[]; rules: RuleSummary[] };
  "request.denied": { by: string; reason?: string };
  "request.expired": { expiredAt: string };
  /** Those who have not decided were asked again. */
  "request.reminded": { dueAt: string; expiresAt: string };
  /** It has waited so long that others may decide as well. */
  "request.escalated": {
    dueAt: string;
    rule: string;
    roles: string[];
    /** Slack ids of those who hold them, as far as they could be told, to write to. */
    holders?: string[];
  };
  "request.cancelled": { reason: string };
  /** Someone lost what the request stood on, so it will not run. */
  "request.voided": { reason: string; /** Its requester is not written to. */ isQuiet?: true };
  /** The requester no longer can; one of those who approved it stands for it instead. */
  "request.taken_over": { from: string };
  /** The requester changed what is asked for: approvals so far were for another plan and count for nothing. */
  "request.changed": {
    planHash: string;
    previousHash: string;
    differences: { title: string; details: { title: string; before?: string; after?: string }[] }[];
    rules: RuleSummary[];
  };
  "request.commented": { text: string; kind: "comment" | "question" };
  /** One who may decide asked another one to do it. */
  "request.delegated": { to: string; note?: string };
  /** An approved request was not started, because an approval no longer held. */
  "approval.lapsed": { people: { personId: string; reason: string }[] };
  /** An approved request waits to be started: what must be asked again could not be asked. */
  "start.waiting": { reason: string };
  /** It was approved (at this time, ISO 8601 in UTC) and checked a moment before, and started though Slack could not be asked once more. */
  "start.unconfirmed": { approvedAt: string };
  /** It ran without the approvals that it would have needed. */
  "glass.broken": { skipped: RuleSummary[]; reviewBy: string; reviewers: string[] };
  "review.closed": { justified: boolean; note: string; roles: string[] };
  "review.refused": { rule: string; reason: string };
  "review.escalated": { dueAt: string; roles: string[]; holders?: string[] };
  /** Someone lost the power to ask and to approve, as a request takes their own access away; or has it again. */
  "power.suspended": { person: string };
  "power.restored": { person: string; reason: string };
  "factor.enrolled": Record<string, never>;
  "factor.refused": { reason: string };
  "factor.removed": { personId: string };
  "run.started": { steps: number };
  "step.started": { stepId: string; operation: string; input: Record<string, unknown> };
  "step.answered": { stepId: string; operation: string; accepted: boolean; facts: OutcomeFacts };
  "step.finished": {
    stepId: string;
    operation: string;
    outcome: Outcome;
    sentence: string;
    facts: OutcomeFacts;
  };
  "run.finished": { state: "done" | "partly_done" | "failed"; sentence: string };
  /** What failed of an ended request is tried again, by the person who pressed. */
  "run.retried": { round: number; steps: string[] };
  /** What a lockout has come to by now; written whenever that changes. */
  "lockout.judged": {
    verdict: "locked" | "temporary" | "no_account" | "not_locked";
    sentence: string;
    open: string[];
  };
  /** Someone confirmed that the person has no account at a vendor that knows nobody under these addresses. */
  "account.ruled_out": { vendor: "zoom" | "cloudflare" | "slack"; addresses: string[] };
  /** Someone says, for this request only, that a Slack account and an address are the same person's. */
  "account.bound": { slackId: string; email: string };
  /** Anyone who is at the machine that runs the app asked for it; `claimed` is the Slack id that they say is theirs. */
  "operator.acted": { claimed?: string };
  /** Someone is handed a lockout, with what they must know. */
  "lockout.handed_over": { to: string; note: string };
  /** Someone asked for the post-incident summary. */
  "lockout.summarised": Record<string, never>;
  /** A lockout is in force no longer, because this request released it. */
  "lockout.released": { by: string };
  /** While a lockout is in force: a way in is open again. */
  "watch.broken": { doors: { door: string; title: string; because: string }[] };
  /** What can be looked at is closed: these doors again, or none where it could not be checked before. */
  "watch.held": { doors: string[] };
  /** It could not be looked whether a lockout holds. */
  "watch.blind": { because: string };
}

export type EventType = keyof EventData;

/**
 * One thing that happened. Events are the workflow's only output: the audit log keeps them, the thread renders
 * them. Ids are derived from request, step and person, so that what is told twice is kept once.
 */
export type AuditEvent<Type extends EventType = EventType> = {
  [Name in Type]: {
    id: string;
    requestId: string | null;
    type: Name;
    /** A Slack user id, or `deadbolt` for what the app does by itself. */
    actor: string;
    at: Date;
    data: EventData[Name];
  };
}[Type];

/** The actor of what the app does by itself. */
export const SYSTEM_ACTOR = "deadbolt";
/** The actor of what is done on the command line of the machine that runs the app: no Slack id looks like this. */
export const OPERATOR = "operator";
