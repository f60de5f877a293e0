import type { AuditEvent } from "../audit/event.ts";
import type { Choice } from "../catalogue/known.ts";
import type { Vendor } from "../catalogue/vendor.ts";
import type { LockoutPart } from "../playbook/lockout-fields.ts";
import type { OffboardFields } from "../playbook/zoom-offboard.ts";
import type { Request, RequestState } from "../request/request.ts";

/** Somebody was told no. `reason` says why in plain words, `rule` names what decided, `next` what to do. */
export interface Refusal {
  rule: string;
  reason: string;
  next?: string;
  /** From when on it would not be refused for this reason. */
  notBefore?: Date;
  /** Somebody could not be asked: in a moment it may be otherwise, and what was entered is kept. */
  isPassing?: true;
  /** People stand in it by their Slack ids, as `<@U…>`, and nothing that somebody typed does. */
  namesPeople?: true;
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
  /** Run at once, without approvals, and have it reviewed. */
  breaksGlass?: boolean;
}

/** One lockout as it was asked for. */
export interface LockoutSubmission {
  viewId: string;
  requesterId: string;
  target: AskedTarget;
  parts: readonly LockoutPart[];
  /** A playbook of the policy's own in place of the parts. */
  playbook?: string;
  reason: string;
  ticket?: string;
  /** What was typed to lock the last administrator of the account out. */
  lastAdministrator?: string;
  /** Run at once, without approvals, and have it reviewed. */
  breaksGlass?: boolean;
  /** The lockout in whose thread it is told. */
  threadOf?: string;
}

/** What a lockout would do to somebody, and whether it would hold, before anything is done. */
export interface LockoutPreview {
  person: FoundPerson;
  /** What the vendors show of them now. */
  facts: string[];
  /** By preset or chosen parts: what would happen, in order. */
  steps: string[];
  /** What the playbook would also do and why it cannot about this person, as sentences. */
  leftOut: string[];
  /** Whether a lockout would hold and, if for the moment only, why; absent for a playbook of the policy's own. */
  expected?: {
    holds: boolean;
    temporary: string[];
    /** What cannot be known of it even when every step is accepted, as a sentence. */
    unproven?: string;
    /** What it does not set out to do. */
    beyond?: string;
  };
  /** What the policy says of asking for it. */
  permission: { needsApproval: boolean; because: string };
  /** Why an explicit word is needed, where the person is the last administrator. */
  guard?: string;
  /** Lockouts of the person that stand already. */
  standing: { requestId: string; since: Date }[];
}

export type LockoutPreviewResult =
  | { kind: "previewed"; preview: LockoutPreview }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** What a release would give back, and what it cannot. */
export interface ReleasePreview {
  person: FoundPerson;
  lockouts: { requestId: string; since: Date }[];
  restores: { title: string; changes: { title: string; before?: string; after: string }[] }[];
  lost: string[];
  /** What was shown: a release that would do something else is shown anew. */
  hash: string;
  rules: string[];
}

export type ReleasePreviewResult =
  | { kind: "previewed"; preview: ReleasePreview }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

export interface ReleaseSubmission {
  viewId: string;
  requesterId: string;
  target: AskedTarget;
  reason: string;
  /** Of the preview that the person saw. */
  shownHash: string;
}

/** A post-incident summary: Markdown that a canvas takes, and the name of its file. */
export type SummaryResult =
  | { kind: "summarised"; markdown: string; fileName: string; channel: string }
  | { kind: "refused"; refusal: Refusal };

/** Where a lockout stands, to be watched by one person. */
export type WatchResult =
  | { kind: "watched"; request: WatchedRequest; events: readonly AuditEvent[] }
  | { kind: "refused"; refusal: Refusal };

/** A request as its views need it. */
export type WatchedRequest = Omit<Request, "requester"> & { requesterId: string };

/**
 * What is wrong with one field: `person`, `email` and `confirm` of every form, one of the form's own by its name, or
 * `input.` and the path within an operation's input. Empty where it is the whole that is wrong.
 */
export interface FieldFault {
  field: string;
  message: string;
}

/** What became of a submission. `invalid` faults belong next to their field; nothing was created. */
export type SubmissionResult =
  | {
      kind: "created";
      requestId: string;
      /** What was asked for, as people call it: `Offboard from Zoom`. */
      title: string;
      state: RequestState;
      target: string;
      /** Where it is told. */
      channel: string;
      rules: string[];
      /** What was made up by chance, to be shown to the requester once and never again. */
      generated?: { title: string; value: string }[];
    }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** What somebody has typed and chosen for one operation of the catalogue. */
export interface EnteredOperation {
  /** The operation's name in the catalogue. */
  operation: string;
  /** Empty where the operation is about no person. */
  target: AskedTarget;
  /** In the shape of the operation's input, without what is known, chosen or made up otherwise. */
  input: Record<string, unknown>;
  /** People chosen in Slack: their e-mail addresses go into the field, after those that were typed. */
  people: { path: string; slackIds: string[] }[];
  /** Files given in Slack, by their Slack id. */
  files: { path: string; fileId: string }[];
  /** Paths of fields that are made up by chance. */
  generate: string[];
}

/** One submitted form of an operation that changes something. */
export interface OperationSubmission {
  viewId: string;
  requesterId: string;
  entered: EnteredOperation;
  reason: string;
  ticket?: string;
  /** What was typed to confirm an irreversible change: the person's e-mail address. */
  confirmEmail?: string;
  /** Run at once, without approvals, and have it reviewed. */
  breaksGlass?: boolean;
}

/** Who an operation is about, once found. */
export interface FoundPerson {
  name: string;
  email: string;
  slackId?: string;
}

/** What a form needs of the vendors before it can be filled in. */
export interface PreparedOperation {
  /** Absent where the operation is about no person. */
  person?: FoundPerson;
  /** What fields can name, by path; a text says why it could not be listed. */
  choices: Record<string, Choice[] | string>;
  /** What is there before the change: the read, what it answered, and the input's fields as they are now. */
  current?:
    | { operation: string; output: unknown; values: Record<string, unknown> }
    | { fault: string; /** It may be there, and not be shown to this person. */ isForbidden?: true };
}

export type PrepareResult =
  | { kind: "prepared"; prepared: PreparedOperation }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** What a reading operation answered, for the eyes of whoever asked alone. */
export interface Answer {
  /** What was asked, so that the next page can be asked for. */
  entered: EnteredOperation;
  person?: FoundPerson;
  output: unknown;
}

export type LookResult =
  | { kind: "answered"; answer: Answer }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** One operation as one person stands to it. */
export interface OfferedOperation {
  operation: string;
  /** Undefined where they may use it; only to spare them a form, every use is decided afresh. */
  refusal?: Refusal;
}

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
  | { kind: "recorded"; state: RequestState; missing: string[] }
  /** This approval counts only with a one-time password; nothing is recorded yet. */
  | { kind: "needs_code"; isEnrolled: boolean }
  /** The one-time password was not good; the sentence belongs next to its field. */
  | { kind: "wrong_code"; message: string; lockedUntil?: Date }
  | { kind: "refused"; refusal: Refusal };

/** What can be done to a waiting request besides deciding it. */
export type Act = "cancel" | "change" | "comment" | "delegate";

/** What became of something that somebody did to a request: a sentence for them, or why not. */
export type ActResult = { kind: "done"; sentence: string } | { kind: "refused"; refusal: Refusal };

/** What a waiting request asks for, to be changed by whoever asked. */
export type ChangeableResult =
  | { kind: "changeable"; playbook: string; target: AskedTarget; fields: Record<string, unknown> }
  | { kind: "refused"; refusal: Refusal };

export type OfferResult =
  | { kind: "offered"; operations: OfferedOperation[] }
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
  /** Whether somebody can be signed out of Slack here at all. */
  slackSessionsConfigured: boolean;
  /** Whether the person could use a playbook; only to spare them a form, the submission decides. */
  mayOpen(personId: string, playbook: string): Promise<Refusal | undefined>;
  submit(submission: Submission): Promise<SubmissionResult>;
  /** Every operation of one vendor, and whether the person could use it. */
  offer(personId: string, vendor: Vendor): Promise<OfferResult>;
  /** Finds the person, lists what can be chosen, and reads what is there now. */
  prepare(personId: string, asked: Pick<EnteredOperation, "operation" | "target">): Promise<PrepareResult>;
  /** Makes a reading call, for an answer that nobody else sees. */
  look(personId: string, entered: EnteredOperation): Promise<LookResult>;
  submitOperation(submission: OperationSubmission): Promise<SubmissionResult>;
  /** Whether the person could decide a request now; asked before the denial form opens. */
  mayDecide(requestId: string, personId: string): Promise<Refusal | undefined>;
  decide(click: Click): Promise<ClickResult>;
  /** Whether somebody could do this to a request now; asked before a form opens. */
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
  /** A waiting request of one's own, to fill its form in again. */
  changeable(requestId: string, personId: string): Promise<ChangeableResult>;
  /** Gives a waiting request of one's own another plan; what was approved before counts for nothing. */
  change(requestId: string, submission: Submission): Promise<SubmissionResult>;
  /** Whether somebody may close a review now; asked before its form opens. */
  mayReview(requestId: string, personId: string): Promise<Refusal | undefined>;
  closeReview(
    requestId: string,
    personId: string,
    review: { justified: boolean; note: string },
  ): Promise<ActResult>;
  /** Whether to offer somebody to break glass; the submission decides. */
  mayBreakGlass(personId: string): Promise<boolean>;
  /** Gives somebody back the power to ask and approve that a request took from them. */
  restorePower(askerId: string, personId: string, reason: string): Promise<ActResult>;
  /**
   * Why a person may or may not have a playbook or an operation run. Everybody may ask about themselves; about
   * others only those who hold a role themselves.
   * @param asked what: the name of a playbook or an operation; target: about whom, anybody without it
   */
  explain(
    askerId: string,
    personId: string,
    asked: { what: string; target?: AskedTarget },
  ): Promise<ExplainResult>;
  /** The playbooks of the policy's own, for the form; whether somebody may run one is decided when it is chosen. */
  ownPlaybooks(): { name: string; title: string; isIrreversible: boolean }[];
  /** What a lockout with these parts would do to somebody; reads, and changes nothing. */
  previewLockout(
    personId: string,
    asked: { target: AskedTarget; parts: readonly LockoutPart[]; playbook?: string },
  ): Promise<LockoutPreviewResult>;
  lockOut(submission: LockoutSubmission): Promise<SubmissionResult>;
  /** What a release of somebody would give back now. */
  previewRelease(personId: string, target: AskedTarget): Promise<ReleasePreviewResult>;
  release(submission: ReleaseSubmission): Promise<SubmissionResult>;
  /** Tries once more what failed of a lockout or a release. */
  retry(requestId: string, personId: string): Promise<ActResult>;
  /** Whether somebody may tend a lockout: hand it over, lock out others from its thread. */
  mayTend(requestId: string, personId: string): Promise<Refusal | undefined>;
  handOver(
    requestId: string,
    personId: string,
    given: { viewId: string; to: string; note: string },
  ): Promise<ActResult>;
  summarise(requestId: string, personId: string): Promise<SummaryResult>;
  watch(requestId: string, personId: string): Promise<WatchResult>;
  /** The same for a window that was opened by somebody who may; it asks Slack nothing. */
  follow(requestId: string): Promise<Extract<WatchResult, { kind: "watched" }> | undefined>;
  /** Whom a lockout is about, to release them or to fill the form in with what was chosen. */
  lockoutOf(
    requestId: string,
    personId: string,
  ): Promise<{ target: AskedTarget; parts: LockoutPart[]; reason: string } | { refusal: Refusal }>;
  recentRequests(personId: string): Promise<RequestLine[]>;
  /** Keeps a fault for the operator and returns a short reference to show to the person. */
  reportFault(where: string, error: unknown): string;
}
