/** Who a form is about, as typed or chosen; at least one of the two. */
export interface AskedTarget {
  slackId?: string;
  email?: string;
}

/** Who an operation is about, once found. */
export interface FoundPerson {
  name: string;
  email: string;
  slackId?: string;
}
