import type { Refusal } from "../../deps/refusal.ts";
import { lockout } from "../../playbook/lockout.ts";
import { release } from "../../playbook/release.ts";
import { decisionsOf } from "../../request/decision-store.ts";
import type { Request } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import { openRefused } from "../events/refusal-events.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { refuser } from "../judge/refuser.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { checkApprovals, type CheckContext } from "../start/check-approvals.ts";
import { refusalFrom } from "../submit/request-result.ts";
import { mayTend, type TendContext } from "./may-tend.ts";

export type RetryContext = TendContext & CheckContext;

/** For how long what was approved once may be tried again without being approved again. */
const RETRY_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Whether someone may try again what failed of a request: of a lockout or a release those who may tend it, of all else
 * those who may request the same, for a day, and as long as its requester and its approvals still count.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayRetry(
  context: RetryContext,
  requestId: string,
  personId: string,
): Promise<{ refusal: Refusal } | { request: Request }> {
  const request = await findRequest(context.database, requestId);
  if (request === undefined || request.playbook === lockout.name || request.playbook === release.name)
    return mayTend(context, requestId, personId);
  const refusal = await retryRefusal(context, request, personId);
  if (refusal === undefined) return { request };
  const refuse = refuser(context, (refused, at) => openRefused(personId, "retry", refused, at));
  return refuse({ ...refusal, reason: `${refusal.reason} Nothing was changed.` });
}

async function retryRefusal(
  context: RetryContext,
  request: Request,
  personId: string,
): Promise<Refusal | undefined> {
  const { finishedAt, plan, id } = request;
  if (finishedAt !== null && context.now().getTime() - finishedAt.getTime() > RETRY_MILLISECONDS)
    return {
      rule: "what was approved is tried again within a day",
      reason: "It ended more than a day ago.",
      next: "Request it again.",
    };
  const { policy } = context.loadedPolicy();
  // It was counted when it was requested, and windows are checked when it starts.
  const untimed = { ...policy, limits: [], windows: [] };
  const { decision, question } = await judgeRequest(context, untimed, await context.standing(personId), {
    playbook: plan.playbook,
    operations: askedOfPlan(plan),
    target: plan.target,
    changes: id,
  });
  if (decision.kind === "denied") return refusalFrom(decision, question);
  const check = await checkApprovals(context, request, await decisionsOf(context.database, id));
  if (check.kind === "start" || check.kind === "wait") return undefined;
  return {
    rule: "what is tried again needs its approvals as the first time",
    reason: check.kind === "void" ? check.reason : "Not all of its approvals still count.",
    next: "Request it again.",
  };
}
