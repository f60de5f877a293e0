import { createAuditLog } from "../audit/log.ts";
import type { Database } from "../database/connect.ts";
import { judgementInsert } from "../request/judgement-store.ts";
import { OPERATOR, type AuditEvent } from "../audit/event.ts";
import type { Request } from "../request/request.ts";
import { requestInsert } from "../request/store.ts";
import { requestCreated } from "../workflow/events/request-events.ts";
import { judgementOf } from "../workflow/judge/record-judgement.ts";
import type { OperatorsLockout } from "./lockout-judge.ts";

const BECAUSE = "It was asked for on the machine that runs Deadbolt, where no approval is needed.";

/** Writes a lockout down as approved, and as an act on the machine; a running app begins it. */
export async function writeOperatorsLockout(
  database: Database,
  { plan, judged }: OperatorsLockout,
  about: {
    id: string;
    by: string | undefined;
    channel: string;
    policyVersion: string;
    secrets: readonly string[];
  },
): Promise<void> {
  const { id, by, channel, policyVersion } = about;
  const at = new Date();
  const { decision } = judged;
  const unchecked = decision.kind === "denied" ? undefined : decision.unchecked;
  const request: Request = {
    id,
    playbook: plan.playbook,
    requester: { id: OPERATOR },
    plan,
    state: "approved",
    decision: { kind: "allowed", because: BECAUSE, rules: [], unchecked },
    policyVersion,
    channel,
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
  };
  const acted: AuditEvent = {
    id: `${id}:operator`,
    requestId: id,
    type: "operator.acted",
    actor: OPERATOR,
    at,
    data: { claimed: by },
  };
  await createAuditLog(database, about.secrets).appendWith(
    [requestInsert(request), judgementInsert(judgementOf(id, policyVersion, judged))],
    [requestCreated(request), acted],
  );
}
