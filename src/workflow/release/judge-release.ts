import type { AuditEvent } from "../../audit/event.ts";
import type { Execute } from "../../connectors/connector.ts";
import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import type { FieldFault, Refusal } from "../../deps/refusal.ts";
import type { ReleaseSubmission } from "../../deps/release.ts";
import { buildPlan, type Plan } from "../../plan/plan.ts";
import { release } from "../../playbook/release.ts";
import { lockoutsOf, type LockoutInForce } from "../../request/lockout-store.ts";
import { snapshotsOf } from "../../request/snapshot-store.ts";
import { findRequest } from "../../request/store.ts";
import { submissionRefused } from "../events/refusal-events.ts";
import { judgeRequest, type Judged } from "../judge/judge-request.ts";
import { recordDenied } from "../judge/record-judgement.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { refusalFrom } from "../submit/request-result.ts";
import type { SubmitContext } from "../submit/submit-offboarding.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { LockoutToRelease } from "./lockout-to-release.ts";
import { planRelease } from "./plan-release.ts";
import { emailsOf, namesOfTarget, type Target } from "../../target/target.ts";
import { revokedSince } from "./revoked-since.ts";
import { refuser } from "../judge/refuser.ts";

/** What asking for a release reaches. */
export interface ReleaseContext extends SubmitContext {
  execute: Execute;
  /** Where lockouts are reported. */
  incidentChannel: string;
  /** What the audit log holds of a request. */
  events(requestId: string): Promise<readonly AuditEvent[]>;
}

/** A release that may be asked for, or why it may not. */
export type JudgedRelease =
  | { kind: "judged"; plan: Plan; judged: Judged; version: string; inForce: readonly LockoutInForce[] }
  | { kind: "invalid"; faults: FieldFault[] }
  | { kind: "refused"; refusal: Refusal };

export type TriedRelease = Pick<ReleaseSubmission, "viewId" | "requesterId" | "target" | "reason">;

export function refuseRelease(context: ReleaseContext, submission: TriedRelease, refusal: Refusal) {
  const refuse = refuser(context, (refused, at) => submissionRefused(submission, release.name, refused, at));
  return refuse(refusal);
}

/**
 * Works out what a release of someone would give back, and asks whether it may be. Every no is kept in the audit log.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function judgeRelease(
  context: ReleaseContext,
  submission: TriedRelease,
): Promise<JudgedRelease> {
  const [requester, found] = await Promise.all([
    context.standing(submission.requesterId),
    lookUpPerson(context.lookups, submission.target, { zoom: "no", cloudflare: "no" }),
  ]);
  if (found.kind === "refused") return refuseRelease(context, submission, found.refusal);
  if (found.kind === "invalid") return found;
  const { policy, version } = context.loadedPolicy();
  const inForce = (await lockoutsOf(context.database, namesOfTarget(found.target))).toReversed();
  const lockouts = await Promise.all(inForce.map(({ requestId }) => gather(context, requestId)));
  const first = lockouts[0];
  // Anyone who may not release learns nothing of who is locked out.
  const judge = (operations: Parameters<typeof judgeRequest>[3]["operations"], target = found.target) =>
    judgeRequest(context, policy, requester, { playbook: release.name, operations, target });
  const may = await judge(askedOfPlan({ playbook: release.name, title: release.title, steps: [] }));
  if (may.decision.kind === "denied")
    return refuseRelease(context, submission, refusalFrom(may.decision, may.question));
  if (first === undefined)
    return refuseRelease(context, submission, {
      rule: "a release ends a lockout that is in force",
      reason: "This person has no lockout in force. Nothing was changed.",
    });
  if (lockouts.some(({ request }) => request.state === "running" || request.state === "approved"))
    return refuseRelease(context, submission, {
      rule: "a release comes after the lockout",
      reason: "The lockout of this person is still at work. Nothing was changed.",
      next: "Wait until its thread says that it has ended, and ask again.",
    });
  let restored: Awaited<ReturnType<typeof planRelease>>;
  try {
    restored = await planRelease(
      context.execute,
      lockouts,
      await revokedSince(context.database, first.request.plan.target, sinceOf(inForce)),
    );
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return refuseRelease(context, submission, {
      rule: "what is there now must be known before anything is given back",
      reason: `A vendor could not be asked. ${faultText(error.facts)}`,
      facts: factsOf(error),
      isPassing: true,
      next: "Nothing was changed. Try again.",
    });
  }
  const target = releasedPerson(first, lockouts);
  const planned = buildPlan(
    release,
    { lockouts: inForce.map(({ requestId }) => requestId), ...restored, reason: submission.reason },
    target,
    context.playbookSettings,
  );
  const judged = await judge(askedOfPlan(planned), target);
  if (judged.decision.kind === "denied") {
    await recordDenied(context, submission.viewId, version, judged);
    return refuseRelease(context, submission, refusalFrom(judged.decision, judged.question));
  }
  return { kind: "judged", plan: planned, judged, version, inForce };
}

/** Whom a release is about, by every name that one of the lockouts has: nobody counts for their own under another one. */
function releasedPerson({ request }: LockoutToRelease, lockouts: readonly LockoutToRelease[]): Target {
  const { target } = request.plan;
  const targets = lockouts.map((one) => one.request.plan.target);
  const bound = lockouts.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === "account.bound" ? [event.data] : [])),
  );
  const slackId = [...targets, ...bound].find((one) => one.slackId !== undefined)?.slackId;
  const own = new Set(emailsOf(target));
  const otherEmails = [
    ...new Set([...targets.flatMap((one) => emailsOf(one)), ...bound.map(({ email }) => email)]),
  ];
  const further = otherEmails.filter((email) => email !== "" && !own.has(email));
  return {
    ...target,
    ...(slackId === undefined ? {} : { slackId }),
    ...(further.length === 0 ? {} : { otherEmails: [...(target.otherEmails ?? []), ...further] }),
  };
}

/** When the first of them began. */
function sinceOf(inForce: readonly LockoutInForce[]): Date {
  return new Date(Math.min(...inForce.map(({ since }) => since.getTime())));
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
