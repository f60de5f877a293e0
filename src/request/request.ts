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

/** How many different people, each holding one of the roles or named by their Slack id. */
interface RequestPart {
  roles: string[];
  people: string[];
  count: number;
}

/** One approval rule as it stood when the request was made, with its times worked out. Times are ISO 8601 in UTC. */
export interface RequestRule {
  id: string;
  description: string;
  stages: { name?: string; parts: RequestPart[] }[];
  secondFactor: boolean;
  expiresAt: string;
  remindAt: string[];
  escalation?: { at: string; roles: string[] };
}

/** The answer of the permission check with its reasons, as of the time of asking. */
export interface RequestDecision {
  kind: "allowed" | "needs_approval";
  because: string;
  rules: RequestRule[];
  /** The rules that were passed over, where break-glass was used. */
  skipped?: RequestRule[];
  /** Slack ids of those who may approve, as far as they could be told, to show and to write to; never to decide by. */
  approvers?: string[];
  /** Those of them whose approval would count; all of them in requests that are older. */
  able?: string[];
  /** Why it cannot be approved as things are, as a sentence. */
  unmet?: string;
  /** What else waited or ran about the same person when it was requested, as far as it is told in the same channel. */
  alsoOpen?: { title: string; state: RequestState; link?: string }[];
  /** What could not be checked when it was asked for, as one sentence. */
  unchecked?: string;
  /** Slack ids of those who were written to before the request was changed: their messages still follow it. */
  informed?: string[];
}

/** The record of one request: who asked, for what, by which rules, and where it is. */
export interface Request {
  /** The id of the submitted Slack view. */
  id: string;
  playbook: string;
  /** The time zone is what Slack said when it was asked for. */
  requester: { id: string; email?: string; timeZone?: string };
  plan: Plan;
  state: RequestState;
  decision: RequestDecision;
  policyVersion: string;
  channel: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** When a waiting request next needs looking after. */
  nextDeadline: Date | null;
  decidedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** How often it was put back, as an approval no longer held or it could not start, or was changed. */
  attempt: number;
  /** How often what failed was tried again after it had ended. */
  round: number;
  /** The request in whose thread this one is told. */
  threadOf?: string;
}
