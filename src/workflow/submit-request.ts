import type { AuditEvent } from "../audit/event.ts";
import { scopesOf } from "../catalogue/scope.ts";
import { findOperation } from "../catalogue/registry.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { Refusal, Submission, SubmissionResult } from "../deps.ts";
import { decide, protectionsFor, type Decision } from "../permission/decide.ts";
import type { LoadedPolicy } from "../permission/policy.ts";
import type { PersonFacts, Standing } from "../permission/roles.ts";
import { buildPlan, type Plan } from "../plan/plan.ts";
import type { Surroundings } from "../playbook/playbook.ts";
import { zoomOffboard } from "../playbook/zoom-offboard.ts";
import type { Request } from "../request/request.ts";
import { findRequest, insertRequest } from "../request/store.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import { submissionRefused } from "./refusal-events.ts";
import { findTarget, type Lookups } from "../target/find.ts";
import { normaliseEmail } from "../target/email.ts";

/** What submitting reaches. Everything that decides is asked afresh. */
export interface SubmitContext {
  database: Database;
  loadedPolicy(): LoadedPolicy;
  surroundings: Surroundings;
  channel: string;
  lookups: Lookups;
  /** The requester's roles now. @throws DirectoryError */
  standing(personId: string): Promise<Standing>;
  /** The target's memberships in protected groups now. @throws DirectoryError */
  protectionFacts(slackId: string): Promise<Pick<PersonFacts, "id" | "groups">>;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** A request has news to tell, safely written. */
  notice(requestId: string): void;
  /** An approved request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
  now(): Date;
}

type Fault = Extract<SubmissionResult, { kind: "invalid" }>["faults"][number];

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
  if (existing !== undefined) return created(existing);

  const { policy, version } = context.loadedPolicy();
  const [requester, found] = await Promise.all([
    context.standing(submission.requesterId),
    lookUp(context, submission),
  ]);
  if (found.kind !== "found") return refuseOrReturn(context, submission, found);

  const { target } = found;
  const faults = await formFaults(context, submission, target.email, target.zoomUserId);
  if (faults.length > 0) return { kind: "invalid", faults };

  const plan = buildPlan(zoomOffboard, submission.fields, target, context.surroundings);
  const facts = target.slackId === undefined ? null : await context.protectionFacts(target.slackId);
  const decision = decide({
    policy,
    requester,
    target: {
      ...(target.slackId === undefined ? {} : { slackId: target.slackId }),
      emails: [target.email, target.zoomEmail],
    },
    targetProtections: protectionsFor(policy, facts),
    playbook: plan.playbook,
    operations: plan.steps.map((step) => {
      const operation = findOperation(step.operation);
      return { name: operation.name, risk: operation.risk, scopes: scopesOf(operation) };
    }),
  });
  if (decision.kind === "denied")
    return refuseOrReturn(context, submission, {
      kind: "refused",
      refusal: { rule: decision.rule, reason: decision.reason },
    });
  return store(context, submission, requester, plan, decision, version);
}

type LookUp =
  | { kind: "found"; target: Plan["target"] }
  | Extract<SubmissionResult, { kind: "invalid" | "refused" }>;

async function lookUp(context: SubmitContext, submission: Submission): Promise<LookUp> {
  try {
    const lookups = { ...context.lookups };
    // A place where nothing will be done has no say in who is meant.
    if (!submission.fields.revokeCloudflare) delete lookups.cloudflareUsers;
    const { verdict } = await findTarget(submission.target, lookups);
    if (verdict.ok) return { kind: "found", target: verdict.target };
    return { kind: "invalid", faults: verdict.disagreements };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return {
      kind: "refused",
      refusal: {
        rule: "the person must be found in Zoom before anything is asked for",
        reason: `Zoom could not be asked about this person. ${error.facts.advice}`,
        next: "Nothing was requested. Try again, or act in the Zoom console if it is urgent.",
      },
    };
  }
}

/** Faults that need a look-up: the typed confirmation, and who receives the data. */
async function formFaults(
  context: SubmitContext,
  { fields, confirmEmail }: Submission,
  targetEmail: string,
  targetZoomId: string,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (fields.action !== "deactivate" && normaliseEmail(confirmEmail ?? "") !== targetEmail)
    faults.push({
      field: "confirm",
      message: "This is not the e-mail of the person chosen above. Look again whom you chose.",
    });
  if (fields.transferEmail === undefined) return faults;
  const receiver = await context.lookups
    .zoomUser(normaliseEmail(fields.transferEmail))
    .catch((error: unknown) => {
      if (!isVendorError(error)) throw error;
      return error.facts.advice;
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

async function refuseOrReturn(
  context: SubmitContext,
  submission: Submission,
  result: Extract<SubmissionResult, { kind: "invalid" | "refused" }>,
): Promise<SubmissionResult> {
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

async function store(
  context: SubmitContext,
  submission: Submission,
  requester: Standing,
  plan: Plan,
  decision: Exclude<Decision, { kind: "denied" }>,
  policyVersion: string,
): Promise<SubmissionResult> {
  const at = context.now();
  const rules = decision.kind === "needs_approval" ? decision.rules : [];
  const expiry = Math.min(...rules.map((rule) => rule.expiresMilliseconds));
  const isAllowed = decision.kind === "allowed";
  const email = requester.facts.email;
  const request: Request = {
    id: submission.viewId,
    playbook: plan.playbook,
    requester: { id: submission.requesterId, ...(email === undefined ? {} : { email }) },
    plan,
    state: isAllowed ? "approved" : "pending",
    decision: { kind: decision.kind, because: decision.because, rules },
    policyVersion,
    channel: context.channel,
    createdAt: at,
    expiresAt: isAllowed ? null : new Date(at.getTime() + expiry),
    decidedAt: isAllowed ? at : null,
    startedAt: null,
    finishedAt: null,
  };
  const isNew = await context.database.transaction(async (client) => {
    if (!(await insertRequest(client, request))) return false;
    await context.audit(requestCreated(request), client);
    return true;
  });
  if (!isNew) {
    const stored = await findRequest(context.database, submission.viewId);
    if (stored !== undefined) return created(stored);
  }
  context.notice(request.id);
  if (isNew && isAllowed) await context.start(request.id);
  return created(request);
}

function requestCreated(request: Request): AuditEvent {
  const { target, fields, hash } = request.plan;
  return {
    id: `${request.id}:created`,
    requestId: request.id,
    type: "request.created",
    actor: request.requester.id,
    at: request.createdAt,
    data: {
      playbook: request.playbook,
      requesterId: request.requester.id,
      target: {
        name: target.name,
        email: target.email,
        ...(target.slackId === undefined ? {} : { slackId: target.slackId }),
      },
      planHash: hash,
      policyVersion: request.policyVersion,
      decision: request.decision.kind,
      rules:
        request.decision.kind === "allowed"
          ? [{ rule: "allowed", description: request.decision.because }]
          : request.decision.rules.map(({ id, description }) => ({ rule: id, description })),
      reason: typeof fields["reason"] === "string" ? fields["reason"] : "",
      ...(typeof fields["ticket"] === "string" ? { ticket: fields["ticket"] } : {}),
    },
  };
}

function created(request: Request): SubmissionResult {
  return {
    kind: "created",
    requestId: request.id,
    state: request.state,
    target: request.plan.target.name,
    rules: request.decision.rules.map((rule) => rule.description),
  };
}
