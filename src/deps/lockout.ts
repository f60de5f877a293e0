import type { AuditEvent } from "../audit/event.ts";
import type { LockoutPart } from "../playbook/lockout-fields.ts";
import type { Request } from "../request/request.ts";
import type { AccountVendor } from "../target/account.ts";
import type { ActResult } from "./decision.ts";
import type { EnteredTarget, Candidate, FoundPerson } from "./person.ts";
import type { FieldFault, Refusal } from "./refusal.ts";
import type { SubmissionResult } from "./submission.ts";

/** One lockout as it was asked for. */
export interface LockoutSubmission {
  viewId: string;
  requesterId: string;
  target: EnteredTarget;
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

/** What an open form is filled in with, before anything is done. */
export interface AskedPreview {
  viewId: string;
  target: EnteredTarget;
  parts: readonly LockoutPart[];
  /** A playbook of the policy's own in place of the parts. */
  playbook?: string;
}

/** What a lockout would do to someone, and whether it would hold, before anything is done. */
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
  inForce: { requestId: string; since: Date }[];
  /** What is odd about the address that they go by, as sentences. */
  warnings: string[];
}

export type LockoutPreviewResult =
  | { kind: "previewed"; preview: LockoutPreview; candidates: Candidate[] }
  | { kind: "invalid"; faults: FieldFault[]; candidates: Candidate[] }
  | { kind: "refused"; refusal: Refusal };

/** A post-incident summary: Markdown that a canvas takes, and the name of its file. */
export type SummaryResult =
  | { kind: "summarised"; markdown: string; fileName: string; channel: string }
  | { kind: "refused"; refusal: Refusal };

/** Where a lockout is in force, to be watched by one person. */
export type WatchResult =
  | { kind: "watched"; request: WatchedRequest; events: readonly AuditEvent[] }
  | { kind: "refused"; refusal: Refusal };

/** A request as its views need it. */
export type WatchedRequest = Omit<Request, "requester"> & { requesterId: string };

/** One person who is locked out now. */
export interface LockedOutLine {
  /** The newest of their lockouts. */
  requestId: string;
  person: FoundPerson;
  /** When the first of their lockouts in force began. */
  since: Date;
  /** The state of the newest one, in the words of its message. */
  sentence: string;
  link?: string;
}

export type LockedOutResult =
  | { kind: "listed"; people: LockedOutLine[]; /** How many more there are. */ more: number }
  | { kind: "refused"; refusal: Refusal };

/** The form of a lockout, and the buttons under one. */
export interface LockoutDeps {
  /** The playbooks of the policy's own, for the form; whether someone may run one is decided when it is chosen. */
  ownPlaybooks(): { name: string; title: string; isIrreversible: boolean }[];
  /** What a lockout with these parts would do to someone; reads, and changes nothing. */
  previewLockout(personId: string, asked: AskedPreview): Promise<LockoutPreviewResult>;
  lockOut(submission: LockoutSubmission): Promise<SubmissionResult>;
  /** Everyone who is locked out now, for those who may lock people out. */
  lockedOutNow(personId: string): Promise<LockedOutResult>;
  /** Tries once more what failed of a lockout or a release. */
  retry(requestId: string, personId: string): Promise<ActResult>;
  /** Whether someone may tend a lockout: hand it over, lock out others from its thread. */
  mayTend(requestId: string, personId: string): Promise<Refusal | undefined>;
  /** Confirms that the person has no account at a vendor that knows nobody under the addresses that were tried. */
  ruleOut(requestId: string, personId: string, vendor: AccountVendor): Promise<ActResult>;
  /** Records whose Slack account it is, where none was known, and suspends it. */
  bindSlack(requestId: string, personId: string, slackId: string): Promise<ActResult>;
  handOver(
    requestId: string,
    personId: string,
    given: { viewId: string; to: string; note: string },
  ): Promise<ActResult>;
  summarise(requestId: string, personId: string): Promise<SummaryResult>;
  watch(requestId: string, personId: string): Promise<WatchResult>;
  /** The same for a window that was opened by someone who may; it asks Slack nothing. */
  follow(requestId: string): Promise<Extract<WatchResult, { kind: "watched" }> | undefined>;
  /** Whom a lockout is about, to release them or to fill the form in with what was chosen. */
  lockoutOf(
    requestId: string,
    personId: string,
  ): Promise<{ target: EnteredTarget; parts: LockoutPart[]; reason: string } | { refusal: Refusal }>;
}
