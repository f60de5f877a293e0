import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import type { FieldFault, Refusal } from "../../deps/refusal.ts";
import type { Submission, SubmissionResult } from "../../deps/submission.ts";
import type { LoadedPolicy } from "../../permission/policy-file/policy.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import { buildPlan } from "../../plan/plan.ts";
import type { PlaybookSettings } from "../../playbook/playbook.ts";
import { zoomOffboard } from "../../playbook/zoom-offboard.ts";
import { findRequest } from "../../request/store.ts";
import type { Lookups } from "../../target/find.ts";
import { normaliseEmail } from "../../target/email.ts";
import { EVERYWHERE } from "../../target/findings.ts";
import { knownToZoom } from "../../target/target.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { lookUpPerson } from "./look-up-person.ts";
import { judgeRequest, type JudgeContext } from "../judge/judge-request.ts";
import { openRequest, type AllowedRequest, type OpenContext } from "./open-request.ts";
import { createdResult, refusalFrom } from "./request-result.ts";
import { recordDenied } from "../judge/record-judgement.ts";
import { submissionRefused } from "../events/refusal-events.ts";

/** What submitting reaches. Everything that decides is asked afresh. */
export interface SubmitContext extends OpenContext, JudgeContext {
  loadedPolicy(): LoadedPolicy;
  playbookSettings: PlaybookSettings;
  lookups: Lookups;
  /** The requester's roles now. @throws DirectoryError */
  standing(personId: string): Promise<Standing>;
}

/**
 * From a filled-in form to a stored request: who asks, whom it is about, what will happen, and which rule decides.
 * The same view submitted twice is one request.
 * @throws DirectoryError when Slack cannot be asked; nothing is stored then
 */
export async function submitRequest(
  context: SubmitContext,
  submission: Submission,
): Promise<SubmissionResult> {
  const existing = await findRequest(context.database, submission.viewId);
  if (existing !== undefined) return createdResult(existing);
  const judged = await judgeSubmission(context, submission);
  if (judged.kind !== "judged") return judged;
  const opened = await openRequest(context, { viewId: submission.viewId, ...judged.allowed });
  return opened.kind === "opened" ? opened.result : refuseOrReturn(context, submission, opened);
}

/** A form that may become a request: its plan, and the permission check's answer. */
type JudgedSubmission =
  | { kind: "judged"; allowed: Omit<AllowedRequest, "viewId"> }
  | Extract<SubmissionResult, { kind: "invalid" | "refused" }>;

/**
 * Finds whom a form is about, builds the plan, and asks whether it may be. Every no is kept in the audit log.
 * @param changes the waiting request that this would be instead of
 * @throws DirectoryError when Slack cannot be asked
 */
export async function judgeSubmission(
  context: SubmitContext,
  submission: Submission,
  changes?: string,
): Promise<JudgedSubmission> {
  const { policy, version } = context.loadedPolicy();
  const [requester, found] = await Promise.all([
    context.standing(submission.requesterId),
    lookUpPerson(context.lookups, submission.target, {
      ...EVERYWHERE,
      // A place where nothing will be done has no say in who is meant.
      cloudflare: submission.fields.revokeCloudflare ? EVERYWHERE.cloudflare : "no",
    }),
  ]);
  if (found.kind !== "found") return refuseOrReturn(context, submission, found);

  const target = knownToZoom(found.target);
  const faults = await formFaults(context, submission, target.email, target.zoomUserId);
  if (faults.length > 0) return { kind: "invalid", faults };

  const plan = buildPlan(zoomOffboard, submission.fields, target, context.playbookSettings);
  const judged = await judgeRequest(context, policy, requester, {
    playbook: plan.playbook,
    operations: askedOfPlan(plan),
    target,
    breaksGlass: submission.breaksGlass ?? false,
    changes,
  });
  const { decision } = judged;
  if (decision.kind !== "denied")
    return { kind: "judged", allowed: { plan, judged, policyVersion: version } };
  await recordDenied(context, submission.viewId, version, judged);
  return refuseOrReturn(context, submission, {
    kind: "refused",
    refusal: refusalFrom(decision, judged.question),
  });
}

/** Faults that need a look-up: the typed confirmation, and who receives the data. */
async function formFaults(
  context: SubmitContext,
  { fields, confirmEmail }: Submission,
  targetEmail: string,
  targetZoomId: string,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  if (fields.action !== "deactivate" && normaliseEmail(confirmEmail ?? "") !== targetEmail)
    faults.push({
      field: "confirm",
      message: "This is not the e-mail of the person chosen above. Look again whom you chose.",
    });
  // Zoom was asked for the id and has none: the person has not accepted the invitation.
  if (targetZoomId.includes("@") && fields.action !== "disassociate")
    faults.push({
      field: "action",
      message: "They have not accepted the invitation to Zoom yet. Disassociate them, which takes it back.",
    });
  if (fields.transferEmail === undefined) return faults;
  const receiver = await context.lookups
    .zoomUser(normaliseEmail(fields.transferEmail))
    .catch((error: unknown) => {
      if (!isVendorError(error)) throw error;
      return faultText(error.facts);
    });
  if (typeof receiver === "string")
    faults.push({
      field: "transferEmail",
      message: `Zoom could not be asked about this person. ${receiver}`,
    });
  else if (receiver === null)
    faults.push({ field: "transferEmail", message: "Zoom knows no user with this e-mail." });
  else if (receiver.id === targetZoomId)
    faults.push({ field: "transferEmail", message: "This is the person who leaves. Choose somebody else." });
  else if (receiver.status !== "active")
    faults.push({ field: "transferEmail", message: `This Zoom user is ${receiver.status}, not active.` });
  return faults;
}

/** Keeps a no in the audit log, so that someone who tries doors is seen. */
async function refuseOrReturn(
  context: SubmitContext,
  submission: Submission,
  result: Extract<SubmissionResult, { kind: "invalid" | "refused" }>,
): Promise<Extract<SubmissionResult, { kind: "invalid" | "refused" }>> {
  const refusal: Refusal =
    result.kind === "refused"
      ? result.refusal
      : {
          rule: "every id must speak of the same person",
          reason: result.faults.map((fault) => fault.message).join(" "),
        };
  await context.audit(submissionRefused(submission, zoomOffboard.name, refusal, context.now()));
  return result;
}
