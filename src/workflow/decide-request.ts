import { mayDecide, type OpenRequest } from "../approval/may-decide.ts";
import { tally, type MadeDecision } from "../approval/tally.ts";
import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import type { Click, ClickResult, Refusal } from "../deps.ts";
import type { LoadedPolicy } from "../permission/policy.ts";
import type { Standing } from "../permission/roles.ts";
import type { Request, RequestRule, RequestState } from "../request/request.ts";
import { emailsOf } from "../target/target.ts";
import { decisionRefused, type TriedClick } from "./refusal-events.ts";
import { decisionsOf, findRequest, insertDecision, moveRequest } from "../request/store.ts";

/** What deciding reaches. Roles are asked afresh at every click. */
export interface DecideContext {
  database: Database;
  loadedPolicy(): LoadedPolicy;
  /** The person's roles now, of these role names. @throws DirectoryError */
  standing(personId: string, roleNames: readonly string[]): Promise<Standing>;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** A request has news to tell, safely written. */
  notice(requestId: string): void;
  /** An approved request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
  now(): Date;
}

const STATE_ANSWERS: Partial<Record<RequestState, string>> = {
  approved: "It is approved already and is starting.",
  running: "It is approved already and is running.",
  scheduled: "It is approved already.",
  done: "It is done already.",
  partly_done: "It has run already.",
  failed: "It has run already, and failed.",
  denied: "It was denied already.",
  expired: "It has expired. If it is still wanted, it has to be asked for again.",
  cancelled: "It was cancelled.",
};

function closed(request: Request): Refusal | undefined {
  const answer = STATE_ANSWERS[request.state];
  return answer === undefined
    ? undefined
    : { rule: "a request is decided once", reason: `${answer} Your click changed nothing.` };
}

const UNKNOWN: Refusal = {
  rule: "a button must name its request",
  reason: "I do not know this request. Nothing was changed.",
};

function openRequestOf(request: Request): OpenRequest {
  const { target, hash } = request.plan;
  const { id, email } = request.requester;
  return {
    rules: request.decision.rules,
    requester: { id, aliases: email === undefined ? [] : [email] },
    target: {
      isPerson: target.email !== undefined,
      aliases: [...emailsOf(target), ...(target.slackId === undefined ? [] : [target.slackId])],
    },
    planHash: hash,
    expiresAt: request.expiresAt ?? new Date(0),
  };
}

/** The role names that the rules speak of and the policy still has: a removed role opens nothing. */
function approverRoles(rules: readonly RequestRule[], policy: LoadedPolicy): string[] {
  const names = new Set(rules.flatMap((rule) => rule.approverRoles));
  return [...names].filter((name) => Object.hasOwn(policy.policy.roles, name));
}

type Judged = { refusal: Refusal } | { standing: Standing };

/** Whether this person may decide this request now. */
async function judge(
  context: DecideContext,
  request: Request,
  click: Omit<Click, "verdict">,
): Promise<Judged> {
  const over = closed(request);
  if (over !== undefined) return { refusal: over };
  const standing = await context.standing(
    click.personId,
    approverRoles(request.decision.rules, context.loadedPolicy()),
  );
  const { email } = standing.facts;
  const answer = mayDecide(openRequestOf(request), {
    person: { id: click.personId, aliases: email === undefined ? [] : [email] },
    roles: standing.roles.map(({ role }) => role),
    planHash: click.planHash,
    at: context.now(),
  });
  if (answer.may) return { standing };
  const barred = standing.barred === undefined ? "" : ` ${standing.barred}`;
  return { refusal: { rule: answer.rule, reason: `${answer.reason}${barred} Nothing was changed.` } };
}

/**
 * Whether somebody may decide now, before they are asked for a reason.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayDecideRequest(
  context: DecideContext,
  requestId: string,
  personId: string,
): Promise<Refusal | undefined> {
  const tried: TriedClick = { requestId, personId, verdict: "deny" };
  const request = await findRequest(context.database, requestId);
  if (request === undefined) return refuse(context, tried, UNKNOWN);
  const judged = await judge(context, request, { requestId, personId, planHash: request.plan.hash });
  return "refusal" in judged ? refuse(context, tried, judged.refusal) : undefined;
}

/**
 * One click on Approve, or one filled-in denial. The person is judged afresh; then, with the request locked, the
 * decision is written, counted, and the verdict written with it, so that however many click, one verdict stands.
 * @throws DirectoryError when Slack cannot be asked; nothing is changed then
 */
export async function decideRequest(context: DecideContext, click: Click): Promise<ClickResult> {
  const request = await findRequest(context.database, click.requestId);
  if (request === undefined) return { kind: "refused", refusal: await refuse(context, click, UNKNOWN) };
  const judged = await judge(context, request, click);
  if ("refusal" in judged) return { kind: "refused", refusal: await refuse(context, click, judged.refusal) };
  const result = await context.database.transaction((client) =>
    record(context, client, click, judged.standing),
  );
  if ("refusal" in result) return { kind: "refused", refusal: await refuse(context, click, result.refusal) };
  context.notice(click.requestId);
  if (result.state === "approved") await context.start(click.requestId);
  return { kind: "recorded", ...result };
}

async function record(
  context: DecideContext,
  client: DatabaseClient,
  click: Click,
  standing: Standing,
): Promise<{ refusal: Refusal } | { state: RequestState; missing: string[] }> {
  const request = await findRequest(client, click.requestId, "lock");
  if (request === undefined) return { refusal: UNKNOWN };
  const over = closed(request);
  if (over !== undefined) return { refusal: over };

  const { personId, verdict, planHash, reason } = click;
  const at = context.now();
  const roles = standing.roles.map(({ role }) => role);
  const { email } = standing.facts;
  const isFirst = await insertDecision(client, request.id, {
    personId,
    verdict,
    planHash,
    roles,
    at,
    ...(email === undefined ? {} : { email }),
    ...(reason === undefined ? {} : { reason }),
  });
  const decisions = await decisionsOf(client, request.id);
  const count = tally({
    ...openRequestOf(request),
    decisions: decisions.map((decision): MadeDecision => ({
      personId: decision.personId,
      aliases: decision.email === undefined ? [] : [decision.email],
      verdict: decision.verdict,
      roles: decision.roles,
      planHash: decision.planHash,
      at: decision.at,
    })),
    now: at,
  });
  if (!isFirst)
    return {
      refusal: {
        rule: "each person decides once",
        reason: "You have decided this request before. Your click changed nothing.",
      },
    };
  const base = { requestId: request.id, at };
  const made: AuditEvent = {
    ...base,
    id: `${request.id}:decision:${personId}`,
    type: "decision.made",
    actor: personId,
    data: { verdict, roles, planHash, ...(reason === undefined ? {} : { reason }) },
  };
  await context.audit(made, client);
  if (count.state === "approved") {
    await moveRequest(client, request.id, ["pending"], "approved", at);
    const rules = request.decision.rules.map(({ id, description }) => ({ rule: id, description }));
    await context.audit(
      {
        ...base,
        id: `${request.id}:approved`,
        type: "request.approved",
        actor: SYSTEM_ACTOR,
        data: { by: count.by, rules },
      },
      client,
    );
    return { state: "approved", missing: [] };
  }
  if (count.state === "denied") {
    await moveRequest(client, request.id, ["pending"], "denied", at);
    const why = decisions.find((decision) => decision.personId === count.by)?.reason;
    await context.audit(
      {
        ...base,
        id: `${request.id}:denied`,
        type: "request.denied",
        actor: count.by,
        data: { by: count.by, ...(why === undefined ? {} : { reason: why }) },
      },
      client,
    );
    return { state: "denied", missing: [] };
  }
  if (count.state === "expired") throw new Error("A decision was counted after its request had expired.");
  return {
    state: "pending",
    missing: count.missing.map(({ rule, have, need }) =>
      missingText(request.decision.rules, rule, need - have),
    ),
  };
}

/** What a rule still waits for, as a person would say it. */
function missingText(rules: readonly RequestRule[], id: string, count: number): string {
  const roles = rules.find((rule) => rule.id === id)?.approverRoles.join(" or ") ?? "";
  return `${count} more with the role ${roles} (${id})`;
}

/** Writes a refused click down, so that somebody who tries doors is seen. */
async function refuse(context: DecideContext, click: TriedClick, refusal: Refusal): Promise<Refusal> {
  const requestId = refusal === UNKNOWN ? null : click.requestId;
  await context.audit(decisionRefused(click, requestId, refusal, context.now()));
  return refusal;
}
