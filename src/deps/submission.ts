import type { OffboardFields } from "../playbook/zoom-offboard.ts";
import type { RequestState } from "../request/request.ts";
import type { EnteredTarget } from "./person.ts";
import type { FieldFault, Refusal } from "./refusal.ts";

/** One submitted form. `viewId` becomes the request's id, so that a repeated delivery is one request. */
export interface Submission {
  viewId: string;
  requesterId: string;
  target: EnteredTarget;
  fields: OffboardFields;
  /** What was typed to confirm an irreversible choice; must be the target's e-mail. */
  confirmEmail?: string;
  /** Run at once, without approvals, and have it reviewed. */
  breaksGlass?: boolean;
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
      /** What else waits or runs about the same person. */
      alsoOpen?: { title: string; state: RequestState; link?: string }[];
      /** What was generated at random, to be shown to the requester once and never again. */
      generated?: { title: string; value: string }[];
    }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** What a waiting request asks for, to be changed by the requester. */
export type ChangeableResult =
  | { kind: "changeable"; playbook: string; target: EnteredTarget; fields: Record<string, unknown> }
  | { kind: "refused"; refusal: Refusal };

/** The forms that offboard someone and that change such a request while it waits. */
export interface OffboardDeps {
  submit(submission: Submission): Promise<SubmissionResult>;
  /** A waiting request of one's own, to fill its form in again. */
  changeable(requestId: string, personId: string): Promise<ChangeableResult>;
  /** Gives a waiting request of one's own another plan; what was approved before counts for nothing. */
  change(requestId: string, submission: Submission): Promise<SubmissionResult>;
}
