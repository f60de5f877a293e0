import { SYSTEM_ACTOR, type AuditEvent } from "../../audit/event.ts";
import type { ActResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { namesOfPerson } from "../../permission/decide/identities.ts";
import { findRequest } from "../../request/store.ts";
import { addToSuspension } from "../../request/suspension-store.ts";
import { emailsOf } from "../../target/target.ts";
import { openRefused } from "../events/refusal-events.ts";
import { judgeRequest, type JudgeContext } from "../judge/judge-request.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { voidRequestsOf } from "../start/suspend-power.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { mayTend, type TendContext } from "./may-tend.ts";
import { refuser } from "../judge/refuser.ts";

/**
 * Records that a Slack account is that of the person who is locked out, and takes the power to ask and to approve from it. Only
 * where no account was known, and only for those who could lock that account out without anybody's approval.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function bindSlackAccount(
  context: TendContext & JudgeContext,
  requestId: string,
  personId: string,
  slackId: string,
): Promise<ActResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const { request, standing } = answer;
  const { policy } = context.loadedPolicy();
  const bound = await context.standing(slackId);
  const target = { ...request.plan.target, slackId };
  const names = namesOfPerson(policy, [slackId, bound.facts.email, ...emailsOf(target)]);
  const refuse = refuser(context, (refusal, at) => openRefused(personId, "bind", refusal, at));
  const judged = await judgeRequest(context, policy, standing, {
    playbook: request.plan.playbook,
    operations: askedOfPlan(request.plan),
    target,
  });
  if (names.includes(personId.toLowerCase()) || judged.decision.kind !== "allowed")
    return refuse({
      rule: "a Slack account is suspended by those who may lock it out",
      reason: `You may not lock this account out without approval. Nothing was changed.`,
      next: "Ask for a lockout of this account with /lockout @person.",
    });
  const refusal = await context.database.transaction(async (client): Promise<Refusal | undefined> => {
    const locked = await findRequest(client, requestId, "lock");
    if (locked === undefined) return UNKNOWN_REQUEST;
    if (!(await addToSuspension(client, requestId, { names, slackId })))
      return {
        rule: "a Slack account is bound once, while the lockout is in force",
        reason: "It has one already, has not begun, or was released. Nothing was changed.",
      };
    const at = context.now();
    const events: AuditEvent[] = [
      ...(await voidRequestsOf(client, names, at)),
      {
        id: `${requestId}:bound:${slackId}`,
        requestId,
        type: "account.bound",
        actor: personId,
        at,
        data: { slackId, email: target.email ?? "" },
      },
      {
        id: `${requestId}:suspended:${slackId}`,
        requestId,
        type: "power.suspended",
        actor: SYSTEM_ACTOR,
        at,
        data: { person: slackId },
      },
    ];
    for (const event of events) await context.audit(event, client);
    return undefined;
  });
  if (refusal !== undefined) return refuse(refusal);
  context.publish(requestId);
  return {
    kind: "done",
    sentence: `Recorded: <@${slackId}> can no longer ask for or approve anything here.`,
  };
}
