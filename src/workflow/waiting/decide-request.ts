import { contributionOf, tally, type Contribution } from "../../approval/tally.ts";
import type { AuditEvent } from "../../audit/event.ts";
import { effectsOfAll } from "../../permission/decide/asked.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import type { Click, ClickResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { LoadedPolicy } from "../../permission/policy-file/policy.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import { shutWindows } from "../../permission/decide/windows.ts";
import { decisionsOf, insertDecision, type StoredDecision } from "../../request/decision-store.ts";
import type { Request, RequestState } from "../../request/request.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import type { CodeCheck } from "../../second-factor/code-check.ts";
import type { Wanted } from "../../request/wanted.ts";
import { UNKNOWN_REQUEST } from "./closed-refusal.ts";
import { DECIDED_BEFORE, deciderRefusal, judgeDecider, type JudgedDecider } from "./decider-refusal.ts";
import { decisionMade, requestApproved, requestDenied } from "../events/decision-events.ts";
import { cannotHelp, notYourTurn, wantedFor } from "./missing-text.ts";
import { decisionRefused, type TriedClick } from "../events/refusal-events.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { tallyInputOf } from "../judge/tally-input.ts";
import { refuser } from "../judge/refuser.ts";

/** What deciding reaches. Roles are asked afresh at every click. */
export interface DecideContext {
  database: Database;
  loadedPolicy(): LoadedPolicy;
  /** The person's roles now, of these role names. @throws DirectoryError */
  standing(personId: string, roleNames: readonly string[]): Promise<Standing>;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** Checks a one-time password, which then is used up. */
  checkCode(personId: string, code: string): Promise<CodeCheck>;
  isEnrolled(personId: string): Promise<boolean>;
  /**
   * Asks about everyone whose word a request stands on with its last approval, so that its start need not ask the same
   * again. Nothing is decided by it here, and it never throws.
   */
  checkAhead(request: Request, decisions: readonly StoredDecision[]): Promise<void>;
  /** A few of those who are wanted, by name, as sentences; never throws. */
  whoToAsk(wanted: readonly Wanted[], patience?: number): Promise<string>;
  /** A request has news to tell, safely written. */
  publish(requestId: string): void;
  /** An approved request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
  now(): Date;
}

type Judged =
  | { refusal: Refusal }
  | (Pick<JudgedDecider, "standing" | "made" | "before" | "known"> & {
      contribution: Contribution | undefined;
      /** With it the request would be approved. */
      isLast?: boolean;
    });

/** Whether this person may decide this request now, and for an approval what it would bring on. */
async function judge(
  context: DecideContext,
  client: DatabaseClient,
  request: Request,
  click: Omit<Click, "code">,
  asked?: Pick<JudgedDecider, "standing" | "known">,
): Promise<Judged> {
  const judged = await judgeDecider(context, client, request, click, asked);
  if ("refusal" in judged) return judged;
  const { standing, made, input, before, known } = judged;
  if (click.verdict === "deny") return { standing, made, before, known, contribution: undefined };
  const contribution = contributionOf(input, made);
  // Whoever approved for one rule may be needed again, for the later stage of another.
  if (contribution.rules.length === 0)
    return {
      refusal: before > 0 ? DECIDED_BEFORE : notYourTurn(tally(input), request, input, click.personId),
    };
  const last = { ...made, secondFactor: true };
  const isLast = tally({ ...input, decisions: [...input.decisions, last] }).state === "approved";
  const shut = isLast ? shutRefusal(context, request, made.at) : undefined;
  return shut === undefined ? { standing, made, before, known, contribution, isLast } : { refusal: shut };
}

/** What is shut now gets no last approval now, as it would run at once. */
function shutRefusal(context: DecideContext, request: Request, now: Date): Refusal | undefined {
  const operations = askedOfPlan(request.plan);
  const risks = operations.map(({ risk }) => risk);
  const asked = { playbook: request.playbook, risks, effects: effectsOfAll(operations) };
  const shut = shutWindows(context.loadedPolicy().policy, asked, now, request.requester.timeZone);
  if (shut.length === 0) return undefined;
  const opens = shut.flatMap(({ opensAt }) => (opensAt === undefined ? [] : [opensAt.getTime()]));
  return {
    rule: shut.map(({ id }) => id).join(", "),
    reason: `${shut.map(({ sentence }) => sentence).join(" ")} It would run at once, so it cannot be approved now. Nothing was changed.`,
    notBefore: opens.length < shut.length ? undefined : new Date(Math.max(...opens)),
  };
}

/**
 * Whether someone may decide now, before they are asked for a reason.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayDecideRequest(
  context: DecideContext,
  requestId: string,
  personId: string,
): Promise<Refusal | undefined> {
  const refuse = refuserOf(context, { requestId, personId, verdict: "deny" });
  const request = await findRequest(context.database, requestId);
  const refusal = request === undefined ? UNKNOWN_REQUEST : await deciderRefusal(context, request, personId);
  return refusal && (await refuse(refusal)).refusal;
}

/**
 * One click on Approve, or one filled-in denial. The person is judged afresh; then, with the request locked, they are
 * judged once more by what was decided meanwhile, the decision is written, counted, and the verdict written with it,
 * so that however many click, one verdict stands.
 * @throws DirectoryError when Slack cannot be asked; nothing is changed then
 */
export async function decideRequest(context: DecideContext, click: Click): Promise<ClickResult> {
  const refuse = refuserOf(context, click);
  const request = await findRequest(context.database, click.requestId);
  if (request === undefined) return refuse(UNKNOWN_REQUEST);
  const judged = await judge(context, context.database, request, click);
  if ("refusal" in judged) return refuse(judged.refusal);

  const wantsCode = judged.contribution?.secondFactor === true;
  if (wantsCode && click.code === undefined)
    return { kind: "needs_code", isEnrolled: await context.isEnrolled(click.personId) };
  if (wantsCode) {
    const fault = await codeFault(context, request, click);
    if (fault !== undefined) return fault;
  }

  const ahead =
    judged.isLast === true
      ? checkAhead(context, request, judged, wantsCode).catch(() => undefined)
      : undefined;
  const result = await context.database.transaction(async (client) => {
    const locked = await findRequest(client, click.requestId, "lock");
    if (locked === undefined) return { refusal: UNKNOWN_REQUEST };
    const again = await judge(context, client, locked, click, judged);
    if ("refusal" in again) return again;
    // A stage has moved on meanwhile, and this one wants a code: without it the approval would count for nothing.
    if (again.contribution?.secondFactor === true && !wantsCode) return { refusal: undefined };
    return record(context, client, locked, click, again, wantsCode);
  });
  if ("refusal" in result)
    return result.refusal === undefined
      ? { kind: "needs_code", isEnrolled: await context.isEnrolled(click.personId) }
      : refuse(result.refusal);
  context.publish(click.requestId);
  await ahead;
  if (result.state === "approved") await context.start(click.requestId);
  return { kind: "recorded", state: result.state, missing: await context.whoToAsk(result.missing) };
}

async function checkAhead(
  context: DecideContext,
  request: Request,
  { standing, made }: Extract<Judged, { standing: Standing }>,
  secondFactor: boolean,
): Promise<void> {
  const { personId, verdict, planHash, at } = made;
  const last = { personId, verdict, planHash, at, secondFactor, email: standing.facts.email };
  const before = await decisionsOf(context.database, request.id);
  await context.checkAhead(request, [...before, { ...last, roles: [...made.roles] }]);
}

/** A stolen session must not enrol itself for the request that waits: the enrolment is older than the request. */
async function codeFault(
  context: DecideContext,
  request: Request,
  click: Click,
): Promise<ClickResult | undefined> {
  const checked = await context.checkCode(click.personId, click.code ?? "");
  if (checked.ok && checked.enrolledAt.getTime() < request.createdAt.getTime()) return undefined;
  const message = checked.ok
    ? "You enrolled after this was asked for. Somebody who was enrolled before must approve it."
    : checked.reason;
  const rule = "this approval needs a one-time password";
  await refuserOf(context, click)({ rule, reason: message });
  if (checked.ok) return { kind: "refused", refusal: { rule, reason: message } };
  if (!checked.isEnrolled) return { kind: "needs_code", isEnrolled: false };
  return { kind: "wrong_code", message, lockedUntil: checked.lockedUntil };
}

async function record(
  context: DecideContext,
  client: DatabaseClient,
  request: Request,
  click: Click,
  { standing, made, before, known }: Extract<Judged, { standing: Standing }>,
  secondFactor: boolean,
): Promise<{ state: RequestState; missing: Wanted[] }> {
  const { personId, verdict, planHash, reason } = click;
  const { at } = made;
  const roles = [...made.roles];
  const again = before === 0 ? "" : `:${before}`;
  const id = `${request.id}:decision:${personId}:${request.attempt}:${planHash.slice(0, 12)}${again}`;
  await insertDecision(client, request.id, {
    id,
    personId,
    verdict,
    planHash,
    roles,
    secondFactor,
    at,
    email: standing.facts.email,
    reason,
  });
  await context.audit(
    decisionMade(request, { id, personId, verdict, roles, reason, secondFactor, at }),
    client,
  );
  const { policy } = context.loadedPolicy();
  const decisions = await decisionsOf(client, request.id);
  const input = tallyInputOf(policy, request, decisions, at, known);
  const count = tally(input);
  switch (count.state) {
    case "approved":
      await moveRequest(client, request.id, ["pending"], "approved", at);
      await context.audit(requestApproved(request, count.by, at), client);
      return { state: "approved", missing: [] };
    case "denied": {
      await moveRequest(client, request.id, ["pending"], "denied", at);
      const why = decisions.find((decision) => decision.personId === count.by)?.reason;
      await context.audit(requestDenied(request, count.by, why, at), client);
      return { state: "denied", missing: [] };
    }
    case "expired":
      throw new Error("A decision was counted after its request had expired.");
    default:
      return { state: "pending", missing: wantedFor(count.missing, cannotHelp(input)) };
  }
}

/** Writes a refused click down, so that someone who tries doors is seen. */
function refuserOf(context: DecideContext, click: TriedClick) {
  return refuser(context, (refusal, at) =>
    decisionRefused(click, refusal === UNKNOWN_REQUEST ? null : click.requestId, refusal, at),
  );
}
