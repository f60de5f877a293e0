import type { EnteredTarget, FoundPerson } from "./person.ts";
import type { FieldFault, Refusal } from "./refusal.ts";
import type { SubmissionResult } from "./submission.ts";

/** What a release would give back, and what it cannot. */
export interface ReleasePreview {
  person: FoundPerson;
  lockouts: { requestId: string; since: Date }[];
  restores: { title: string; changes: { title: string; before?: string; after: string }[] }[];
  lost: string[];
  /** What was shown: a release that would do something else is shown again. */
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
  target: EnteredTarget;
  reason: string;
  /** Of the preview that the person saw. */
  shownHash: string;
}

/** The form of a release. */
export interface ReleaseDeps {
  /** What a release of someone would give back now. */
  previewRelease(personId: string, target: EnteredTarget): Promise<ReleasePreviewResult>;
  release(submission: ReleaseSubmission): Promise<SubmissionResult>;
}
