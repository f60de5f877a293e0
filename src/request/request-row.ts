import type { Plan } from "../plan/plan.ts";
import type { Request, RequestState } from "./request.ts";

/** A request as its row holds it. */
export interface RequestRow {
  id: string;
  playbook: string;
  requester: Request["requester"];
  plan: Plan;
  state: RequestState;
  decision: Request["decision"];
  policy_version: string;
  channel: string;
  created_at: Date;
  expires_at: Date | null;
  next_deadline: Date | null;
  decided_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
  attempt: number;
  round: number;
  thread_of: string | null;
}

/** The columns of `RequestRow`. */
export const REQUEST_COLUMNS =
  "id, playbook, requester, plan, state, decision, policy_version, channel, created_at, expires_at, next_deadline, decided_at, started_at, finished_at, attempt, round, thread_of";

export function toRequest(row: RequestRow): Request {
  return {
    id: row.id,
    playbook: row.playbook,
    requester: row.requester,
    plan: row.plan,
    state: row.state,
    decision: row.decision,
    policyVersion: row.policy_version,
    channel: row.channel,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    nextDeadline: row.next_deadline,
    decidedAt: row.decided_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    attempt: row.attempt,
    round: row.round,
    threadOf: row.thread_of ?? undefined,
  };
}
