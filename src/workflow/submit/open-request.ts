import type { AuditEvent } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import { takeLimitLock } from "../../database/limit-lock.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { DecisionInput } from "../../permission/decide/decide.ts";
import { longestLimit } from "../../permission/decide/limits.ts";
import { parseDuration } from "../../permission/calendar/duration.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { insertJudgement } from "../../request/judgement-store.ts";
import { insertSealedInputs, type SealedInput } from "../../request/sealed-input-store.ts";
import type { Request, RequestDecision } from "../../request/request.ts";
import { keepSnapshots, type Snapshot } from "../../request/snapshot-store.ts";
import { insertReview } from "../../request/review-store.ts";
import { findRequest, insertRequest } from "../../request/store.ts";
import { heldPowers, type HolderContext } from "../judge/last-holder.ts";
import { openingRefusal } from "../judge/opening-refusal.ts";
import { approverList, type LikelyPeople } from "../judge/approver-list.ts";
import { judgeAgain, type Judged } from "../judge/judge-request.ts";
import { createdResult, refusalFrom, storedDecision, type Created } from "./request-result.ts";
import { alsoOpen, type AlsoOpenContext } from "./also-open.ts";
import type { Opening } from "./open-at-once.ts";
import { judgementOf } from "../judge/record-judgement.ts";
import { glassBroken, requestCreated } from "../events/request-events.ts";
import { firstSteps, type StartedPlan } from "../start/started-plan.ts";
import { expiryOf, nextDeadlineOf } from "../judge/rule-times.ts";

/** What writing a request reaches. */
export interface OpenContext extends HolderContext, AlsoOpenContext {
  database: Database;
  channel: string;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** Those who may approve, to show and to write to; as far as they can be told at all, so it never throws. */
  approvers(question: DecisionInput, decision: RequestDecision): Promise<LikelyPeople>;
  /** Whether someone has set up one-time passwords. */
  isEnrolled(personId: string): Promise<boolean>;
  /** A request has news to tell, safely written. */
  publish(requestId: string): void;
  /**
   * An approved request is to run; called after it is safely written.
   * @param begun the plan of a run that was begun in the same transaction
   */
  start(requestId: string, begun?: StartedPlan): Promise<void>;
  now(): Date;
}

/** A request that may be made. */
export interface AllowedRequest {
  /** The submitted view, which becomes the request's id. */
  viewId: string;
  plan: Plan;
  judged: Judged;
  policyVersion: string;
  /** Secrets and files of the plan's steps, sealed. */
  kept?: readonly SealedInput[];
  /** What was seen of the person when the plan was made. */
  snapshots?: readonly Omit<Snapshot, "requestId">[];
  /** Whether it was confirmed that the last holder of a power may lose it, or that there are others. */
  isLastConfirmed?: boolean;
  /** Where it is told; the channel for requests by default. */
  channel?: string;
  /** The request in whose thread it is told. */
  threadOf?: string;
  /** Reads of its plan whose answer is known or on its way. */
  seen?: readonly string[];
  /** Writes it down and begins its run by one statement, where nobody need approve, nothing is counted and seconds count. */
  atOnce?(opening: Opening): Promise<boolean | undefined>;
  /** Begins its run in the same transaction, where it is not as simple as that. */
  begin?(client: DatabaseClient, request: Request, firstSteps: readonly PlanStep[]): Promise<AuditEvent[]>;
}

type Opened = { kind: "opened"; result: Created; isNew: boolean } | { kind: "refused"; refusal: Refusal };

/**
 * Writes the request down and, where nobody need approve, starts it. The same view is one request. Limits are counted
 * once more in the moment of writing, with the door closed behind us.
 */
export async function openRequest(context: OpenContext, allowed: AllowedRequest): Promise<Opened> {
  const { judged, kept = [], seen = [] } = allowed;
  const at = context.now();
  if (judged.decision.kind === "denied") throw new Error("What was denied is not written down as a request.");
  const { policy } = judged.question;
  const [opening, others] = await Promise.all([
    openingRefusal(context.database, policy, allowed.plan),
    alsoOpen(context, policy, allowed.plan, allowed.channel ?? context.channel),
  ]);
  if (opening !== undefined) return { kind: "refused", refusal: opening };
  if (allowed.isLastConfirmed !== true) {
    const { fault } = await heldPowers(context, judged.question.requester.facts, allowed.plan);
    if (fault !== undefined) return { kind: "refused", refusal: lastHolderRefusal(fault) };
  }
  const first = firstSteps(allowed.plan, seen);
  const stored = storedDecision(judged.decision, at, judged.question.requester.facts.timeZone);
  const likely = await context.approvers(judged.question, stored);
  const unlisted = newRequest(context, allowed, { ...stored, alsoOpen: others }, at);
  const list = await approverList(judged.question, unlisted, likely, (id) => context.isEnrolled(id));
  const decision: RequestDecision = { ...unlisted.decision, ...list };
  const request: Request = { ...unlisted, decision };

  const inTransaction = () =>
    context.database.transaction(async (client): Promise<boolean | Refusal> => {
      if (longestLimit(judged.question.policy) > 0) {
        await takeLimitLock(client);
        // A repeated delivery of what was written just now is no request more.
        if ((await findRequest(client, request.id)) !== undefined) return false;
        const again = await judgeAgain(client, judged, at);
        if (again.kind === "denied") return refusalFrom(again, judged.question);
      }
      if (!(await insertRequest(client, request))) return false;
      await insertSealedInputs(client, request.id, kept);
      const snapshots = (allowed.snapshots ?? []).map((one) => ({ ...one, requestId: request.id }));
      await keepSnapshots(client, snapshots);
      await insertJudgement(client, judgementOf(request.id, allowed.policyVersion, judged));
      const glass =
        decision.skipped === undefined ? [] : [await breakGlass(client, request, judged.question)];
      const begun = request.state === "approved" ? await allowed.begin?.(client, request, first) : undefined;
      const events = [requestCreated(request), ...glass, ...(begun ?? [])];
      await Promise.all(events.map((event) => context.audit(event, client)));
      return true;
    });
  const isSimple =
    request.state === "approved" &&
    decision.skipped === undefined &&
    kept.length === 0 &&
    longestLimit(judged.question.policy) === 0;
  const written =
    (isSimple
      ? await allowed.atOnce?.({
          request,
          judgement: judgementOf(request.id, allowed.policyVersion, judged),
          snapshots: allowed.snapshots ?? [],
          firstSteps: first,
        })
      : undefined) ?? (await inTransaction());
  if (typeof written === "object") return { kind: "refused", refusal: written };
  if (!written) {
    const existing = await findRequest(context.database, allowed.viewId);
    if (existing !== undefined) return { kind: "opened", result: createdResult(existing), isNew: false };
  }
  // First what closes doors, then what tells of it.
  const begun =
    allowed.begin === undefined
      ? undefined
      : {
          ...request.plan,
          seen: [...seen],
          begun: first.map(({ id }) => id),
          confirmedAt: request.createdAt.getTime(),
        };
  const started = written && request.state === "approved" ? context.start(request.id, begun) : undefined;
  context.publish(request.id);
  await started;
  return { kind: "opened", result: createdResult(request), isNew: written };
}

function lastHolderRefusal(fault: string): Refusal {
  return {
    rule: "the last holder of a power does not lose it unnoticed",
    reason: `${fault} Nothing was changed.`,
    next: "Give the role to somebody else first, or use /lockout, where it can be confirmed.",
  };
}

function newRequest(
  context: OpenContext,
  { viewId, judged, plan, policyVersion, channel = context.channel, threadOf }: AllowedRequest,
  decision: RequestDecision,
  at: Date,
): Request {
  const { id, email, timeZone } = judged.question.requester.facts;
  const isAllowed = decision.kind === "allowed";
  return {
    id: viewId,
    playbook: plan.playbook,
    requester: {
      id,
      ...(email === undefined ? {} : { email }),
      ...(timeZone === undefined ? {} : { timeZone }),
    },
    plan,
    state: isAllowed ? "approved" : "pending",
    decision,
    policyVersion,
    channel,
    createdAt: at,
    expiresAt: expiryOf(decision.rules) ?? null,
    nextDeadline: nextDeadlineOf(decision.rules, at) ?? null,
    decidedAt: isAllowed ? at : null,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
    threadOf,
  };
}

/** What runs without its approvals is looked at by someone else, within the time that the policy gives. */
async function breakGlass(
  client: DatabaseClient,
  request: Request,
  { policy }: DecisionInput,
): Promise<AuditEvent> {
  const entry = policy.break_glass;
  if (entry === undefined) throw new Error("Break-glass was used, and the policy has no break_glass.");
  const { by, within, escalate = [] } = entry.review;
  const dueAt = new Date(request.createdAt.getTime() + (parseDuration(within) ?? 0));
  await insertReview(client, { requestId: request.id, approvers: by, escalateTo: escalate, dueAt });
  return glassBroken(request, dueAt, by);
}
