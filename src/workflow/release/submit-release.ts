import { createHash } from "node:crypto";
import type { AskedTarget } from "../../deps/person.ts";
import type { FieldFault, Refusal } from "../../deps/refusal.ts";
import type { ReleasePreviewResult, ReleaseSubmission } from "../../deps/release.ts";
import type { SubmissionResult } from "../../deps/submission.ts";
import type { AuditEvent } from "../../audit/event.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { lockoutsOf, type StandingLockout } from "../../request/lockout-store.ts";
import { buildPlan, type Plan } from "../../plan/plan.ts";
import { release } from "../../playbook/release.ts";
import { findRequest } from "../../request/store.ts";
import { snapshotsOf } from "../../request/snapshot-store.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { judgeRequest, type Judged } from "../judge/judge-request.ts";
import { keptAwaySince } from "./revoked-since.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { createdResult, openRequest, refusalFrom } from "../submit/open-request.ts";
import type { LockoutToRelease } from "./lockout-to-release.ts";
import { planRelease } from "./plan-release.ts";
import { recordDenied } from "../judge/record-judgement.ts";
import { submissionRefused } from "../events/refusal-events.ts";
import type { LockoutContext } from "../lockout/submit-lockout.ts";

export interface ReleaseContext extends LockoutContext {
  /** What the audit trail holds of a request. */
  events(requestId: string, within?: DatabaseClient): Promise<readonly AuditEvent[]>;
}

type Planned =
  | { kind: "planned"; plan: Plan; judged: Judged; version: string; standing: readonly StandingLockout[] }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

/** What a release of somebody would give back now, for those who may ask for it. @throws DirectoryError */
export async function previewRelease(
  context: ReleaseContext,
  personId: string,
  target: AskedTarget,
): Promise<ReleasePreviewResult> {
  const planned = await plan(context, {
    viewId: `release:${personId}`,
    requesterId: personId,
    target,
    reason: "Preview",
  });
  if (planned.kind !== "planned") return planned;
  const { judged, standing } = planned;
  const { name, email = "", slackId } = planned.plan.target;
  const { decision } = judged;
  return {
    kind: "previewed",
    preview: {
      person: { name, email, ...(slackId === undefined ? {} : { slackId }) },
      lockouts: standing.map(({ requestId, since }) => ({ requestId, since })),
      restores: planned.plan.steps
        .filter(({ id }) => id !== "snapshot")
        .map(({ title, changes = [] }) => ({ title, changes })),
      lost: lostOf(planned.plan),
      hash: shownHash(planned.plan),
      rules: decision.kind === "needs_approval" ? decision.rules.map(({ description }) => description) : [],
    },
  };
}

/**
 * From the pressed button to a request for a release, which others approve. What would be given back is worked out anew,
 * and must be what the person saw.
 * @throws DirectoryError when Slack cannot be asked; nothing is stored then
 */
export async function submitRelease(
  context: ReleaseContext,
  submission: ReleaseSubmission,
): Promise<SubmissionResult> {
  const existing = await findRequest(context.database, submission.viewId);
  if (existing !== undefined) return createdResult(existing);
  const planned = await plan(context, submission);
  if (planned.kind !== "planned") return planned;
  if (shownHash(planned.plan) !== submission.shownHash)
    return {
      kind: "invalid",
      faults: [
        {
          field: "",
          message: "What would be given back has changed while this window was open. Open it again.",
        },
      ],
    };
  const { judged, version, standing } = planned;
  const opened = await openRequest(context, {
    viewId: submission.viewId,
    plan: planned.plan,
    judged,
    policyVersion: version,
    channel: context.incidentChannel,
    ...(standing[0] === undefined ? {} : { threadOf: standing[0].requestId }),
  });
  return opened.kind === "refused" ? refuse(context, submission, opened.refusal) : opened.result;
}

function lostOf(plan: Plan): string[] {
  return release.fields.parse(plan.fields).lost;
}

/** Covers what is given back and to whom, and not the reason. */
function shownHash(plan: Plan): string {
  const { restores, lost, lockouts } = release.fields.parse(plan.fields);
  return createHash("sha256")
    .update(JSON.stringify([restores, lost, lockouts]))
    .digest("hex");
}

type Tried = Pick<ReleaseSubmission, "viewId" | "requesterId" | "target" | "reason">;

async function refuse(
  context: ReleaseContext,
  submission: Tried,
  refusal: Refusal,
): Promise<{ kind: "refused"; refusal: Refusal }> {
  await context.audit(submissionRefused(submission, release.name, refusal, context.now()));
  return { kind: "refused", refusal };
}

async function plan(context: ReleaseContext, submission: Tried): Promise<Planned> {
  const [requester, found] = await Promise.all([
    context.standing(submission.requesterId),
    lookUpPerson(context.lookups, submission.target, { zoom: "no", cloudflare: "no" }),
  ]);
  if (found.kind === "refused") return refuse(context, submission, found.refusal);
  if (found.kind === "invalid") return found;
  const { policy, version } = context.loadedPolicy();
  const standing = (await lockoutsOf(context.database, found.target.email ?? "")).toReversed();
  const lockouts = await Promise.all(standing.map(({ requestId }) => gather(context, requestId)));
  const first = lockouts[0];
  // Whoever may not release learns nothing of who is locked out.
  const judge = (operations: Parameters<typeof judgeRequest>[3]["operations"], target = found.target) =>
    judgeRequest(context, policy, requester, { playbook: release.name, operations, target });
  const may = await judge(askedOfPlan({ playbook: release.name, title: release.title, steps: [] }));
  if (may.decision.kind === "denied") return refuse(context, submission, refusalFrom(may.decision));
  if (first === undefined)
    return refuse(context, submission, {
      rule: "a release ends a lockout that stands",
      reason: "No lockout of this person stands. Nothing was changed.",
    });
  if (lockouts.some(({ request }) => request.state === "running" || request.state === "approved"))
    return refuse(context, submission, {
      rule: "a release comes after the lockout",
      reason: "The lockout of this person is still at work. Nothing was changed.",
      next: "Wait until its thread says that it has ended, and ask again.",
    });
  let restored: Awaited<ReturnType<typeof planRelease>>;
  try {
    restored = await planRelease(
      context.execute,
      lockouts,
      await keptAwaySince(context.database, first.request.plan.target, sinceOf(standing)),
    );
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return refuse(context, submission, {
      rule: "what is there now must be known before anything is given back",
      reason: `A vendor could not be asked. ${error.facts.advice}`,
      isPassing: true,
      next: "Nothing was changed. Try again.",
    });
  }
  const { target } = first.request.plan;
  const planned = buildPlan(
    release,
    { lockouts: standing.map(({ requestId }) => requestId), ...restored, reason: submission.reason },
    target,
    context.surroundings,
  );
  const judged = await judge(askedOfPlan(planned), target);
  if (judged.decision.kind === "denied") {
    await recordDenied(context, submission.viewId, version, judged);
    return refuse(context, submission, refusalFrom(judged.decision));
  }
  return { kind: "planned", plan: planned, judged, version, standing };
}

/** When the first of them began. */
function sinceOf(standing: readonly StandingLockout[]): Date {
  return new Date(Math.min(...standing.map(({ since }) => since.getTime())));
}

async function gather(context: ReleaseContext, requestId: string): Promise<LockoutToRelease> {
  const [request, events, snapshots] = await Promise.all([
    findRequest(context.database, requestId),
    context.events(requestId),
    snapshotsOf(context.database, requestId),
  ]);
  if (request === undefined) throw new Error(`There is no request ${requestId}.`);
  return { request, events, snapshots };
}
