/** Who a form is about, as typed or chosen; at least one of the two. */
export interface EnteredTarget {
  slackId?: string;
  email?: string;
  /** Both are given, and differ: whoever asks says that they are the same person's. */
  isSamePerson?: boolean;
}

/** Who an operation is about, once found. */
export interface FoundPerson {
  name: string;
  email: string;
  slackId?: string;
}

/** Someone whom a form may be about instead, or as well, as the person who looks at it knows. */
export interface Candidate {
  /** Whom the form is about once they are chosen. */
  target: EnteredTarget;
  label: string;
  why: string;
}
