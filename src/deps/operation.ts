import type { Choice } from "../catalogue/known.ts";
import type { Vendor } from "../catalogue/vendor.ts";
import type { EnteredTarget, FoundPerson } from "./person.ts";
import type { FieldFault, Refusal } from "./refusal.ts";
import type { SubmissionResult } from "./submission.ts";

/** What someone has typed and chosen for one operation of the catalogue. */
export interface EnteredOperation {
  /** The operation's name in the catalogue. */
  operation: string;
  /** Empty where the operation is about no person. */
  target: EnteredTarget;
  /** In the shape of the operation's input, without what is known, chosen or made up otherwise. */
  input: Record<string, unknown>;
  /** People chosen in Slack: their e-mail addresses go into the field, after those that were typed. */
  people: { path: string; slackIds: string[] }[];
  /** Files given in Slack, by their Slack id. */
  files: { path: string; fileId: string }[];
  /** Paths of fields that are generated at random. */
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

/** What a form needs of the vendors before it can be filled in. */
export interface PreparedOperation {
  /** Absent where the operation is about no person. */
  person?: FoundPerson;
  /** That the vendor knows nobody under the person's e-mail, as a sentence. */
  notFound?: string;
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

/** What a reading operation answered, for the requester's eyes alone. */
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

export type OfferResult =
  | { kind: "offered"; operations: OfferedOperation[] }
  | { kind: "refused"; refusal: Refusal };

/** The pickers, forms and answers of single operations. */
export interface OperationDeps {
  /** Every operation of one vendor, and whether the person could use it. */
  offer(personId: string, vendor: Vendor): Promise<OfferResult>;
  /** Finds the person, lists what can be chosen, and reads what is there now. */
  prepare(personId: string, asked: Pick<EnteredOperation, "operation" | "target">): Promise<PrepareResult>;
  /** Makes a reading call, for an answer that nobody else sees. */
  look(personId: string, entered: EnteredOperation): Promise<LookResult>;
  submitOperation(submission: OperationSubmission): Promise<SubmissionResult>;
}
