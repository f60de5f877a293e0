import type { AuditEvent } from "../audit/event.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import type { SubmissionResult } from "../deps.ts";
import type { Decision } from "../permission/decide.ts";
import type { Standing } from "../permission/roles.ts";
import type { Plan } from "../plan/plan.ts";
import { insertKeptInputs, type KeptInput } from "../request/kept-input-store.ts";
import type { Request } from "../request/request.ts";
import { findRequest, insertRequest } from "../request/store.ts";

/** What writing a request reaches. */
export interface OpenContext {
  database: Database;
  channel: string;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** A request has news to tell, safely written. */
  notice(requestId: string): void;
  /** An approved request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
  now(): Date;
}

/** A request that may be made. */
export interface AllowedRequest {
  /** The submitted view, which becomes the request's id. */
  viewId: string;
  requester: Standing;
  plan: Plan;
  decision: Exclude<Decision, { kind: "denied" }>;
  policyVersion: string;
  /** Secrets and files of the plan's steps, sealed. */
  kept?: readonly KeptInput[];
}

export type Created = Extract<SubmissionResult, { kind: "created" }>;

/** Writes the request down and, where nobody need approve, starts it. The same view is one request. */
export async function openRequest(
  context: OpenContext,
  allowed: AllowedRequest,
): Promise<{ result: Created; isNew: boolean }> {
  const { plan, decision, requester, kept = [] } = allowed;
  const at = context.now();
  const rules = decision.kind === "needs_approval" ? decision.rules : [];
  const expiry = Math.min(...rules.map((rule) => rule.expiresMilliseconds));
  const isAllowed = decision.kind === "allowed";
  const { id, email } = requester.facts;
  const request: Request = {
    id: allowed.viewId,
    playbook: plan.playbook,
    requester: { id, ...(email === undefined ? {} : { email }) },
    plan,
    state: isAllowed ? "approved" : "pending",
    decision: { kind: decision.kind, because: decision.because, rules },
    policyVersion: allowed.policyVersion,
    channel: context.channel,
    createdAt: at,
    expiresAt: isAllowed ? null : new Date(at.getTime() + expiry),
    decidedAt: isAllowed ? at : null,
    startedAt: null,
    finishedAt: null,
  };
  const isNew = await context.database.transaction(async (client) => {
    if (!(await insertRequest(client, request))) return false;
    await insertKeptInputs(client, request.id, kept);
    await context.audit(requestCreated(request), client);
    return true;
  });
  if (!isNew) {
    const stored = await findRequest(context.database, allowed.viewId);
    if (stored !== undefined) return { result: createdResult(stored), isNew };
  }
  context.notice(request.id);
  if (isNew && isAllowed) await context.start(request.id);
  return { result: createdResult(request), isNew };
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
        ...(target.email === undefined ? {} : { email: target.email }),
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

/** What the requester is told of a request that is there. */
export function createdResult(request: Request): Created {
  return {
    kind: "created",
    requestId: request.id,
    title: request.plan.title,
    state: request.state,
    target: request.plan.target.name,
    rules: request.decision.rules.map((rule) => rule.description),
  };
}
