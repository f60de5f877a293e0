/** One event as the audit log keeps it, whatever its type. */
export interface AuditRecord {
  /** Derived from request, step and person, so that what is told twice is kept once. */
  id: string;
  requestId: string | null;
  type: string;
  actor: string;
  /** To the millisecond. */
  at: Date;
  data: Record<string, unknown>;
  /** Of the policy that was in force; the log adds it. */
  policyVersion?: string;
}

/** `appended` is false when an event with this id is already there; `sequence` is its place either way. */
export interface AppendResult {
  appended: boolean;
  sequence: number;
}
