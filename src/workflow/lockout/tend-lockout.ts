import { covers } from "../../catalogue/scope.ts";
import type { ActResult } from "../../deps/decision.ts";
import type { SummaryResult, WatchResult } from "../../deps/lockout.ts";
import type { AskedTarget } from "../../deps/person.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { isSamePerson } from "../../permission/decide/identities.ts";
import { incidentSummary, summaryFileName } from "../../lockout/incident-summary.ts";
import { stepsToRetry } from "../../lockout/steps-to-retry.ts";
import { lockout } from "../../playbook/lockout.ts";
import { lockoutFields, type LockoutPart } from "../../playbook/lockout-fields.ts";
import { release } from "../../playbook/release.ts";
import type { Request } from "../../request/request.ts";
import { findLockout, isBeingReleased } from "../../request/lockout-store.ts";
import { findRequest, runOnceMore } from "../../request/store.ts";
import { emailsOf } from "../../target/target.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { ActContext } from "../waiting/act-context.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { releaseFault } from "../release/still-stands.ts";
import { openRefused } from "../events/refusal-events.ts";

export interface TendContext extends ActContext {
  /** What the audit trail holds of a request; as a transaction sees it, where one asks. */
  events(requestId: string, within?: DatabaseClient): Promise<readonly AuditEvent[]>;
  /** A request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
}

const SCOPE = "deadbolt:lockout";
const NOTHING = "Nothing was changed.";

type MayTend = { refusal: Refusal } | { request: Request; standing: Standing };

/**
 * Whether somebody may tend a lockout or a release: whoever asked for it, and all who may ask for one. Every no is kept
 * in the audit trail.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayTend(context: ActContext, requestId: string, personId: string): Promise<MayTend> {
  const refuse = async (refusal: Refusal): Promise<MayTend> => {
    await context.audit(openRefused(personId, "tend", refusal, context.now()));
    return { refusal };
  };
  const request = await findRequest(context.database, requestId);
  if (request === undefined) return refuse(UNKNOWN_REQUEST);
  if (request.playbook !== lockout.name && request.playbook !== release.name)
    return refuse({
      rule: "only a lockout or its release is tended",
      reason: `This request is neither. ${NOTHING}`,
    });
  const { policy } = context.loadedPolicy();
  const standing = await context.standing(personId);
  if (standing.barred !== undefined)
    return refuse({
      rule: "guests, bots and outsiders hold no role",
      reason: `${standing.barred} ${NOTHING}`,
    });
  const { facts } = standing;
  const { target } = request.plan;
  if (isSamePerson(policy, [facts.id, facts.email], [target.slackId, ...emailsOf(target)]))
    return refuse({ rule: "nobody tends their own lockout", reason: `This is about yourself. ${NOTHING}` });
  const holders = Object.keys(policy.roles).filter((role) =>
    policy.roles[role]?.scopes.some((granted) => covers(granted, SCOPE)),
  );
  if (!standing.roles.some(({ role }) => holders.includes(role)))
    return refuse({
      rule: `tending a lockout needs the scope ${SCOPE}`,
      reason: `None of your roles grants it. ${NOTHING}`,
      ...(holders.length === 0 ? {} : { next: `Ask somebody with the role ${holders.join(" or ")}.` }),
    });
  return { request, standing };
}

/**
 * Tries once more what failed, and closes what the watch found open. Two presses at the same moment are one try.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function retryFailed(
  context: TendContext,
  requestId: string,
  personId: string,
): Promise<ActResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const refuse = async (refusal: Refusal): Promise<ActResult> => {
    await context.audit(openRefused(personId, "retry", refusal, context.now()));
    return { kind: "refused", refusal };
  };
  const result = await context.database.transaction(async (client): Promise<Refusal | string[]> => {
    const request = await findRequest(client, requestId, "lock");
    if (request === undefined) return UNKNOWN_REQUEST;
    if (request.state === "running" || request.state === "approved")
      return { rule: "one try at a time", reason: `It is at work already. ${NOTHING}` };
    const standing = await findLockout(client, requestId);
    if (standing?.releasedAt != null)
      return { rule: "what was released stays released", reason: `This lockout was released. ${NOTHING}` };
    const fault = await releaseFault(client, request);
    if (fault !== undefined)
      return {
        rule: "a release is about the lockouts that stood when it was asked for",
        reason: `${fault} ${NOTHING}`,
      };
    if (await isBeingReleased(client, requestId))
      return {
        rule: "a lockout is not tried again while it is released",
        reason: `A release of it is at work. ${NOTHING}`,
        next: "Lock the person out anew with /lockout: that stops the release.",
      };
    // Only now: another press may have tried it again, and what failed before stands by now.
    const steps = stepsToRetry(request.plan, await context.events(requestId, client));
    if (steps.length === 0)
      return { rule: "only what failed is tried again", reason: `Nothing of it failed. ${NOTHING}` };
    const at = context.now();
    if (!(await runOnceMore(client, requestId, at)))
      return { rule: "only what has ended is tried again", reason: `It is ${request.state}. ${NOTHING}` };
    const round = request.round + 1;
    await context.audit(
      {
        id: `${requestId}:retried:${round}`,
        requestId,
        type: "run.retried",
        actor: personId,
        at,
        data: { round, steps },
      },
      client,
    );
    return steps;
  });
  if (!Array.isArray(result)) return refuse(result);
  await context.start(requestId);
  return {
    kind: "done",
    sentence: `Trying again: ${result.length === 1 ? "one step" : `${result.length} steps`}. The thread tells how it goes.`,
  };
}

/** Hands a lockout to somebody else, with a note. The same window sent twice is one hand-over. @throws DirectoryError */
export async function handOver(
  context: TendContext,
  requestId: string,
  personId: string,
  { viewId, to, note }: { viewId: string; to: string; note: string },
): Promise<ActResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const receiver = await mayTend(context, requestId, to);
  if ("refusal" in receiver)
    return {
      kind: "refused",
      refusal: {
        rule: receiver.refusal.rule,
        reason: `<@${to}> could not tend this lockout. ${NOTHING}`,
        next: "Choose somebody who may lock people out.",
        namesPeople: true,
      },
    };
  const at = context.now();
  await context.audit({
    id: `${requestId}:handed:${personId}:${viewId}`,
    requestId,
    type: "lockout.handed_over",
    actor: personId,
    at,
    data: { to, note },
  });
  context.notice(requestId);
  return { kind: "done", sentence: `Handed over to <@${to}>, who has got your note as a direct message.` };
}

/** The post-incident summary as it stands now. @throws DirectoryError */
export async function summariseIncident(
  context: TendContext,
  requestId: string,
  personId: string,
): Promise<SummaryResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const { request } = answer;
  const at = context.now();
  await context.audit({
    id: `${requestId}:summarised:${personId}:${at.getTime()}`,
    requestId,
    type: "lockout.summarised",
    actor: personId,
    at,
    data: {},
  });
  const events = await context.events(requestId);
  return {
    kind: "summarised",
    markdown: incidentSummary(request, events, at),
    fileName: summaryFileName(request.plan.target, request.createdAt),
    channel: request.channel,
  };
}

/** A lockout as it stands, for somebody's eyes. @throws DirectoryError */
export async function watchedLockout(
  context: TendContext,
  requestId: string,
  personId: string,
): Promise<WatchResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  return (await followedLockout(context, requestId)) ?? { kind: "refused", refusal: UNKNOWN_REQUEST };
}

/** A lockout as it stands, for a window whose owner was judged when it opened. */
export async function followedLockout(
  context: Pick<TendContext, "database" | "events">,
  requestId: string,
): Promise<Extract<WatchResult, { kind: "watched" }> | undefined> {
  const found = await findRequest(context.database, requestId);
  if (found === undefined) return undefined;
  const { requester, ...request } = found;
  return {
    kind: "watched",
    request: { ...request, requesterId: requester.id },
    events: await context.events(requestId),
  };
}

/** Whom a lockout is about and what was chosen. @throws DirectoryError */
export async function lockedOutPerson(
  context: ActContext,
  requestId: string,
  personId: string,
): Promise<{ target: AskedTarget; parts: LockoutPart[]; reason: string } | { refusal: Refusal }> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return answer;
  const { target, fields } = answer.request.plan;
  const parsed = lockoutFields.safeParse(fields);
  const { slackId, email } = target;
  return {
    // The e-mail is what the lockout went by.
    target: email === undefined ? (slackId === undefined ? {} : { slackId }) : { email },
    parts: parsed.success ? parsed.data.parts : [],
    reason: parsed.success ? parsed.data.reason : "",
  };
}
