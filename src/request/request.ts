import type { Plan } from "../plan/plan.ts";

/** Where a request stands; from `done` on nothing can change any more. */
export type RequestState =
  | "pending"
  | "scheduled"
  | "approved"
  | "running"
  | "done"
  | "partly_done"
  | "failed"
  | "denied"
  | "expired"
  | "cancelled";

/** One approval rule as it stood when the request was made. */
export interface RequestRule {
  id: string;
  description: string;
  approverRoles: string[];
  count: number;
  expiresMilliseconds: number;
}

/** The record of one request: who asked, for what, by which rules, and where it stands. */
export interface Request {
  /** The id of the submitted Slack view. */
  id: string;
  playbook: string;
  requester: { id: string; email?: string };
  plan: Plan;
  state: RequestState;
  decision: { kind: "allowed" | "needs_approval"; because: string; rules: RequestRule[] };
  policyVersion: string;
  channel: string;
  createdAt: Date;
  expiresAt: Date | null;
  decidedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}
