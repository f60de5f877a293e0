import { SNAPSHOT_ID } from "../../catalogue/snapshot.ts";
import type { LockoutSubmission } from "../../deps/lockout.ts";
import type { FieldFault, Refusal } from "../../deps/refusal.ts";
import type { SubmissionResult } from "../../deps/submission.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import type { Request } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import type { ZoomFinding } from "../../target/find.ts";
import { zoomRoleOf } from "../../target/zoom-role.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { endsAdministration, LAST_ADMINISTRATOR_WORD, lastOfKind } from "./last-administrator.ts";
import type { InTurn } from "../../concurrency/in-turn.ts";
import { createSight, type Sight, type SightContext } from "./prefetching-lookups.ts";
import { findForLockout, helpToFind, nowhereFault } from "./find-person.ts";
import type { FormMemory } from "./form-memory.ts";
import type { LikelyContext } from "./likely-accounts.ts";
import { openRequest } from "../submit/open-request.ts";
import { createdResult, refusalFrom } from "../submit/request-result.ts";
import { openAtOnce, type AtOnceContext } from "../submit/open-at-once.ts";
import { planLockout } from "./plan-lockout.ts";
import { recordDenied } from "../judge/record-judgement.ts";
import { submissionRefused } from "../events/refusal-events.ts";
import type { SubmitContext } from "../submit/submit-offboarding.ts";
import type { Underway } from "./prefetched-reads.ts";
import { refuser } from "../judge/refuser.ts";

export interface LockoutContext extends SubmitContext, SightContext, AtOnceContext, LikelyContext {
  playbookSettings: SubmitContext["playbookSettings"];
  lookups: SubmitContext["lookups"];
  now: SubmitContext["now"];
  database: SubmitContext["database"];
  loadedPolicy: SubmitContext["loadedPolicy"];
  /** Where lockouts are reported. */
  incidentChannel: string;
  /** As `targetGroups`, asked while it is still being found out who the target is. */
  beginTargetGroups(): SubmitContext["targetGroups"];
  /** What open forms have seen, for their press. */
  formMemory: FormMemory;
  underway: Pick<Underway, "add" | "addSnapshot">;
  /** Locks administrators out one after the other. */
  administratorsInTurn: InTurn;
  /** What the beginning of its run does, in the transaction that writes the request down; what is to be told of it. */
  begin(client: DatabaseClient, request: Request, firstSteps: readonly PlanStep[]): Promise<AuditEvent[]>;
}

/**
 * From a pressed button to a lockout that is written down and, where nobody need approve, on its way: who asks, whom it
 * is about, what will happen, and which rule decides. The same view submitted twice is one request.
 * @throws DirectoryError when Slack cannot be asked; nothing is stored then
 */
export async function submitLockout(
  context: LockoutContext,
  submission: LockoutSubmission,
): Promise<SubmissionResult> {
  const refuse = refuser(context, (refusal, at) =>
    submissionRefused(submission, submission.playbook ?? lockout.name, refusal, at),
  );
  const { viewId, requesterId: personId, target: entered } = submission;
  const pressed = context.formMemory.find({ viewId, personId, target: entered });
  const sight = createSight(context, { pressed });
  const targetGroups = context.beginTargetGroups();
  const [existing, requester, found] = await Promise.all([
    findRequest(context.database, submission.viewId),
    context.standing(submission.requesterId),
    findForLockout(sight.lookups, submission.requesterId, submission),
  ]);
  if (existing !== undefined) return createdResult(existing);
  if (found.kind === "refused") return refuse(found.refusal);
  if (found.kind === "nowhere") {
    const { candidates } = await helpToFind(context, requester, submission.target, found.target);
    const fault = nowhereFault(submission.target, candidates);
    await refuse({
      rule: "somebody must be known somewhere before they are locked out",
      reason: fault.message,
    });
    return { kind: "invalid", faults: [fault] };
  }
  if (found.kind === "invalid") {
    const reason = found.faults.map(({ message }) => message).join(" ");
    await refuse({ rule: "every id must speak of the same person", reason });
    return found;
  }
  const { target, zoom } = found;
  const planned = planLockout(context, submission, target, zoom);
  if (planned === undefined)
    return { kind: "invalid", faults: [{ field: "preset", message: NO_SUCH_PLAYBOOK }] };
  const { plan } = planned;
  if (plan.steps.length === 0)
    return { kind: "invalid", faults: [{ field: "parts", message: NOTHING_TO_DO }] };

  const ready: Ready = {
    context,
    submission,
    plan,
    zoom,
    requester,
    targetGroups,
    sight,
    refuse,
    isInNoMeeting: pressed?.isInNoMeeting(context.now()) === true,
  };
  // Two administrators who are locked out at the same moment must not each count on the other.
  return endsAdministration(plan) && zoomRoleOf(zoom?.user) !== undefined
    ? context.administratorsInTurn(() => openLockout(ready, true))
    : openLockout(ready);
}

interface Ready {
  context: LockoutContext;
  submission: LockoutSubmission;
  plan: Plan;
  zoom: ZoomFinding | undefined;
  requester: Awaited<ReturnType<LockoutContext["standing"]>>;
  targetGroups: ReturnType<LockoutContext["beginTargetGroups"]>;
  sight: Sight;
  /** Whether the form saw that they host no meeting now. */
  isInNoMeeting: boolean;
  refuse(refusal: Refusal): Promise<SubmissionResult>;
}

async function openLockout(ready: Ready, isInTurn = false): Promise<SubmissionResult> {
  const { context, submission, plan, requester, targetGroups, sight } = ready;
  const { target } = plan;
  const { policy, version } = context.loadedPolicy();
  const [judged, guard, threadOf] = await Promise.all([
    judgeRequest({ ...context, targetGroups }, policy, requester, {
      playbook: plan.playbook,
      operations: askedOfPlan(plan),
      target,
      breaksGlass: submission.breaksGlass ?? false,
    }),
    guardFaults(ready),
    threadIn(context, submission.threadOf),
  ]);
  const { decision } = judged;
  if (decision.kind === "denied") {
    await recordDenied(context, submission.viewId, version, judged);
    return ready.refuse(refusalFrom(decision, judged.question));
  }
  if (guard.faults.length > 0) return { kind: "invalid", faults: guard.faults };
  // Two holders of a power who are locked out at the same moment must not each count on the other.
  if (guard.isHolder && !isInTurn) return context.administratorsInTurn(() => openLockout(ready, true));
  const { viewId } = submission;
  // What waits for approval looks when it begins: what was seen long before is not what the lockout took away.
  const isSeenNow = (stepId: string) => decision.kind === "allowed" && isSnapshotOf(plan, stepId);
  const snapshots = sight.snapshots(target).filter(({ stepId }) => isSeenNow(stepId));
  const pending = [...sight.pending()].filter(([stepId]) => isSeenNow(stepId));
  // With the licence may go what it takes to end a meeting: it is listed while the id is proven, and ended beside.
  const goesBeside = ready.isInNoMeeting || plan.steps.every(({ id }) => id !== MEETINGS_STEP);
  for (const [stepId, output] of pending) context.underway.add(viewId, stepId, output);
  for (const { stepId, data, takenAt } of snapshots)
    context.underway.addSnapshot(viewId, stepId, { data, takenAt });
  const opened = await openRequest(context, {
    viewId,
    plan,
    judged,
    policyVersion: version,
    snapshots,
    seen: snapshots.map(({ stepId }) => stepId).filter((stepId) => stepId !== SNAPSHOT_ID || goesBeside),
    channel: context.incidentChannel,
    atOnce: (opening) => openAtOnce(context, opening),
    begin: (client, request, firstSteps) => context.begin(client, request, firstSteps),
    threadOf,
    isLastConfirmed: true,
  });
  if (opened.kind === "opened" && opened.isNew) await recordBinding(context, submission, context.now());
  return opened.kind === "refused" ? ready.refuse(opened.refusal) : opened.result;
}

/** Whose word it is that a Slack account and an address are the same person's. */
async function recordBinding(
  context: Pick<LockoutContext, "audit">,
  { viewId, requesterId, target: { slackId, email, isSamePerson } }: LockoutSubmission,
  at: Date,
): Promise<void> {
  if (isSamePerson !== true || slackId === undefined || email === undefined) return;
  await context.audit({
    id: `${viewId}:bound:${slackId}`,
    requestId: viewId,
    type: "account.bound",
    actor: requesterId,
    at,
    data: { slackId, email },
  });
}

/**
 * The lockout in whose thread this one is told. What the window says of it is not believed: only a lockout that is told
 * where lockouts are. Any other is told in a thread of its own, since that is no reason to leave a door open.
 */
async function threadIn(
  { database, incidentChannel }: LockoutContext,
  threadOf: string | undefined,
): Promise<string | undefined> {
  if (threadOf === undefined) return undefined;
  const origin = await findRequest(database, threadOf);
  return origin?.playbook === lockout.name && origin.channel === incidentChannel ? threadOf : undefined;
}

const MEETINGS_STEP = "end-meetings";

function isSnapshotOf({ steps }: Plan, stepId: string): boolean {
  return steps.some(({ id, isSnapshot }) => id === stepId && isSnapshot === true);
}

const NO_SUCH_PLAYBOOK = "The policy no longer has this playbook. Choose again.";
const NOTHING_TO_DO =
  "Nothing of what is chosen can be done for this person: Zoom has no such user, or Cloudflare is not set up here.";

/** What has to be confirmed first, and whether the person holds a power of the policy's own. */
async function guardFaults({
  context,
  submission,
  plan,
  zoom,
  requester,
}: Ready): Promise<{ faults: FieldFault[]; isHolder: boolean }> {
  const isConfirmed = submission.lastAdministrator?.trim().toUpperCase() === LAST_ADMINISTRATOR_WORD;
  if (isConfirmed) return { faults: [], isHolder: false };
  const { isHolder, sentences } = await lastOfKind(context, requester.facts, plan, zoom?.user);
  if (sentences.length === 0) return { faults: [], isHolder };
  const next =
    submission.threadOf === undefined
      ? `Type ${LAST_ADMINISTRATOR_WORD} to do it all the same.`
      : "Lock them out with /lockout, where that can be confirmed.";
  return { faults: [{ field: "lastAdministrator", message: [...sentences, next].join(" ") }], isHolder };
}
