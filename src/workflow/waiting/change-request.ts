import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { takeLimitLock } from "../../database/limit-lock.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { ChangeableResult, Submission, SubmissionResult } from "../../deps/submission.ts";
import { longestLimit } from "../../permission/decide/limits.ts";
import { comparePlans } from "../../plan/compare-plans.ts";
import { zoomOffboard } from "../../playbook/zoom-offboard.ts";
import type { Request } from "../../request/request.ts";
import { voidDecisions } from "../../request/decision-store.ts";
import { insertJudgement } from "../../request/judgement-store.ts";
import { findRequest, moveRequest, replacePlan } from "../../request/store.ts";
import type { ActContext } from "./act-context.ts";
import { closedRefusal, UNKNOWN_REQUEST } from "./closed-refusal.ts";
import type { DeciderContext } from "./decider-refusal.ts";
import { approverList, type LikelyPeople } from "../judge/approver-list.ts";
import { judgeAgain } from "../judge/judge-request.ts";
import { mayAct } from "./may-act.ts";
import type { AllowedRequest } from "../submit/open-request.ts";
import { createdResult, refusalFrom, storedDecision } from "../submit/request-result.ts";
import { judgementOf } from "../judge/record-judgement.ts";
import { expiryOf, nextDeadlineOf } from "../judge/rule-times.ts";
import { judgeSubmission, type SubmitContext } from "../submit/submit-offboarding.ts";

const NOT_A_FORM: Refusal = {
  rule: "only an offboarding can be changed",
  reason: "A single operation cannot be changed: cancel it and ask again. Nothing was changed.",
  next: "Cancel it, and ask again.",
};

type ChangeContext = ActContext & DeciderContext & SubmitContext;

/** A waiting request of one's own, to fill its form in again. @throws DirectoryError */
export async function changeableRequest(
  context: ActContext & DeciderContext,
  requestId: string,
  personId: string,
): Promise<ChangeableResult> {
  const answer = await mayAct(context, requestId, personId, "change");
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const { playbook, plan } = answer.request;
  if (playbook !== zoomOffboard.name) return { kind: "refused", refusal: NOT_A_FORM };
  const { slackId, email } = plan.target;
  return {
    kind: "changeable",
    playbook,
    target: slackId === undefined ? { email } : { slackId },
    fields: plan.fields,
  };
}

/**
 * Gives a waiting request of one's own another plan. It is judged as if it were new, its times begin again, and what
 * was approved before was for another plan and counts for nothing.
 * @throws DirectoryError when Slack cannot be asked; nothing is changed then
 */
export async function changeRequest(
  context: ChangeContext,
  requestId: string,
  submission: Submission,
): Promise<SubmissionResult> {
  const answer = await mayAct(context, requestId, submission.requesterId, "change");
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  if (answer.request.playbook !== zoomOffboard.name) return { kind: "refused", refusal: NOT_A_FORM };
  // Glass is broken by a request of one's own, with a review; never by changing one.
  const judged = await judgeSubmission(context, { ...submission, breaksGlass: false }, requestId);
  if (judged.kind !== "judged") return judged;
  const { allowed } = judged;
  const before = answer.request.plan;
  if (allowed.plan.target.zoomUserId !== before.target.zoomUserId)
    return {
      kind: "invalid",
      faults: [
        {
          field: submission.target.slackId === undefined ? "email" : "person",
          message: "A request stays about the same person. Cancel this one and ask again for someone else.",
        },
      ],
    };
  const pool = await poolOf(context, allowed);

  const result = await context.database.transaction((client) =>
    replace(context, client, requestId, { allowed, pool, personId: submission.requesterId }),
  );
  if ("refusal" in result) return { kind: "refused", refusal: result.refusal };
  context.publish(requestId);
  if (result.request.state === "approved") await context.start(requestId);
  return createdResult(result.request);
}

type Allowed = Omit<AllowedRequest, "viewId">;

async function poolOf(context: ChangeContext, { judged }: Allowed): Promise<LikelyPeople> {
  if (judged.decision.kind === "denied") return { people: [], isComplete: false };
  const zone = judged.question.requester.facts.timeZone;
  return context.approvers(judged.question, storedDecision(judged.decision, context.now(), zone));
}

async function replace(
  context: ChangeContext,
  client: DatabaseClient,
  requestId: string,
  { allowed, pool, personId }: { allowed: Allowed; pool: LikelyPeople; personId: string },
): Promise<{ refusal: Refusal } | { request: Request }> {
  const { judged, plan, policyVersion } = allowed;
  const at = context.now();
  if (longestLimit(judged.question.policy) > 0) await takeLimitLock(client);
  const request = await findRequest(client, requestId, "lock");
  if (request === undefined) return { refusal: UNKNOWN_REQUEST };
  const over = closedRefusal(request);
  if (over !== undefined) return { refusal: over };
  // A repeated delivery of the same form finds it changed, and is no other answer.
  if (plan.hash === request.plan.hash) return { request };
  const decision = await judgeAgain(client, judged, at);
  if (decision.kind === "denied") return { refusal: refusalFrom(decision, judged.question) };
  const stored = storedDecision(decision, at, judged.question.requester.facts.timeZone);
  const { approvers = [], informed = [] } = request.decision;
  const earlier = [...new Set([...approvers, ...informed])];
  const unlisted: Request = {
    ...request,
    plan,
    decision: { ...stored, informed: earlier, alsoOpen: request.decision.alsoOpen },
    policyVersion,
    expiresAt: expiryOf(stored.rules) ?? null,
    nextDeadline: nextDeadlineOf(stored.rules, at) ?? null,
  };
  const list = await approverList(judged.question, unlisted, pool, (id) => context.isEnrolled(id));
  const changed: Request = { ...unlisted, decision: { ...unlisted.decision, ...list } };
  await replacePlan(client, changed, at);
  // Changed back, it is asked for again all the same.
  await voidDecisions(client, requestId, at);
  await insertJudgement(
    client,
    judgementOf(`${requestId}:changed:${at.getTime()}`, policyVersion, { ...judged, decision }),
  );
  await context.audit(changeEvent(request, changed, personId, at), client);
  if (decision.kind !== "allowed") return { request: changed };
  await moveRequest(client, requestId, ["pending"], "approved", at);
  return { request: { ...changed, state: "approved" } };
}

function changeEvent(before: Request, after: Request, actor: string, at: Date): AuditEvent {
  return {
    id: `${before.id}:changed:${after.plan.hash.slice(0, 12)}:${at.getTime()}`,
    requestId: before.id,
    type: "request.changed",
    actor,
    at,
    data: {
      planHash: after.plan.hash,
      previousHash: before.plan.hash,
      differences: comparePlans(before.plan, after.plan),
      rules: after.decision.rules.map(({ id, description }) => ({ rule: id, description })),
    },
  };
}
