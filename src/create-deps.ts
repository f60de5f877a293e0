import type { Logger } from "pino";
import type { AuditEvent } from "./audit/event.ts";
import type {
  ClickResult,
  Deps,
  ExplainResult,
  LookResult,
  OfferResult,
  PrepareResult,
  Refusal,
  SubmissionResult,
} from "./deps.ts";
import { createFaultReporter, refusalOf } from "./fail-closed.ts";
import { explainStanding } from "./explain-standing.ts";
import { findOperation, operations } from "./catalogue/registry.ts";
import { holdsScopeFor } from "./catalogue/scope.ts";
import { zoomOffboard } from "./playbook/zoom-offboard.ts";
import type { PolicyKeeper } from "./permission/keep-policy.ts";
import type { Standing } from "./permission/roles.ts";
import { recentRequestsOf } from "./request/store.ts";
import type { Directory } from "./slack/directory.ts";
import { identify } from "./slack/identify.ts";
import { decideRequest, mayDecideRequest, type DecideContext } from "./workflow/decide-request.ts";
import { lookOperation } from "./workflow/look-operation.ts";
import type { OperationContext } from "./workflow/operation-context.ts";
import { operationRefusal } from "./workflow/operation-refusal.ts";
import { prepareOperation } from "./workflow/prepare-operation.ts";
import {
  decisionRefused,
  openRefused,
  operationRefused,
  submissionRefused,
} from "./workflow/refusal-events.ts";
import { submitOperation } from "./workflow/submit-operation.ts";
import { submitRequest } from "./workflow/submit-request.ts";

export interface DepsParts {
  channel: string;
  cloudflareConfigured: boolean;
  policy: PolicyKeeper;
  teamId: string;
  /** Remembers for a minute: only to spare somebody a form. */
  rememberedDirectory: Directory;
  directory: Directory;
  operation: OperationContext;
  decide: DecideContext;
  log: Logger;
}

/** The least that whoever opens the offboarding form must be allowed to do. */
const OFFBOARD_OPERATION = "zoom.user.updateStatus";
const LISTED_REQUESTS = 10;

/** What listeners may reach; whatever goes wrong in here comes out as a refusal. */
export function createDeps(parts: DepsParts): Deps {
  const { policy, teamId } = parts;
  const reportFault = createFaultReporter(parts.log);

  function refusalFor(standing: Standing, playbook: string): Refusal | undefined {
    const { roles } = policy.current().policy;
    const granted = standing.roles.flatMap(({ role }) => roles[role]?.scopes ?? []);
    const operation = findOperation(OFFBOARD_OPERATION);
    const answer = holdsScopeFor(granted, operation);
    if (answer.held) return undefined;
    const able = Object.keys(roles).filter(
      (name) => holdsScopeFor(roles[name]?.scopes ?? [], operation).held,
    );
    return {
      rule: `${playbook} needs the scope ${answer.needed}`,
      reason: `${standing.barred ?? "None of your roles grants it."} Nothing was opened.`,
      next:
        able.length === 0
          ? "No role in the policy has it."
          : `Ask somebody with the role ${able.join(" or ")}.`,
    };
  }

  /** Somebody who tries doors is seen. A trail that cannot be written makes no answer milder. */
  async function keep(event: AuditEvent): Promise<void> {
    try {
      await parts.operation.audit(event);
    } catch (error) {
      reportFault("audit", error);
    }
  }

  async function closed<Result>(
    where: string,
    work: () => Promise<Result>,
    no: (refusal: Refusal, at: Date) => { result: Result; event: AuditEvent },
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const { result, event } = no(refusalOf(where, error, reportFault), parts.operation.now());
      await keep(event);
      return result;
    }
  }

  async function mayOpen(personId: string, playbook: string): Promise<Refusal | undefined> {
    const loaded = policy.current().policy;
    const remembered = await identify(parts.rememberedDirectory, loaded, teamId, personId);
    if (refusalFor(remembered, playbook) === undefined) return undefined;
    // Somebody may just have been given the role: a no is asked for again.
    const refusal = refusalFor(await identify(parts.directory, loaded, teamId, personId), playbook);
    if (refusal !== undefined) await keep(openRefused(personId, playbook, refusal, parts.operation.now()));
    return refusal;
  }

  return {
    channel: parts.channel,
    cloudflareConfigured: parts.cloudflareConfigured,
    reportFault,
    mayOpen: (personId, playbook) =>
      closed<Refusal | undefined>(
        "open",
        () => mayOpen(personId, playbook),
        (refusal, at) => ({ result: refusal, event: openRefused(personId, playbook, refusal, at) }),
      ),
    submit: (submission) =>
      closed<SubmissionResult>(
        "submit",
        () => submitRequest(parts.operation, submission),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: submissionRefused(submission, zoomOffboard.name, refusal, at),
        }),
      ),
    offer: (personId, vendor) =>
      closed<OfferResult>(
        "offer",
        async () => {
          const loaded = policy.current().policy;
          const standing = await identify(parts.rememberedDirectory, loaded, teamId, personId);
          const offered = operations
            .filter((operation) => operation.vendor === vendor)
            .map((operation) => {
              const refusal = operationRefusal(loaded, standing, operation);
              return { operation: operation.name, ...(refusal === undefined ? {} : { refusal }) };
            });
          return { kind: "offered", operations: offered };
        },
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: openRefused(personId, vendor, refusal, at),
        }),
      ),
    prepare: (personId, asked) =>
      closed<PrepareResult>(
        "prepare",
        async () => {
          const result = await prepareOperation(parts.operation, personId, asked);
          if (result.kind === "refused")
            await keep(openRefused(personId, asked.operation, result.refusal, parts.operation.now()));
          return result;
        },
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: openRefused(personId, asked.operation, refusal, at),
        }),
      ),
    look: (personId, entered) =>
      closed<LookResult>(
        "look",
        () => lookOperation(parts.operation, personId, entered),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: openRefused(personId, entered.operation, refusal, at),
        }),
      ),
    submitOperation: (submission) =>
      closed<SubmissionResult>(
        "submit",
        () => submitOperation(parts.operation, submission),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: operationRefused(submission, refusal, at),
        }),
      ),
    mayDecide: (requestId, personId) =>
      closed<Refusal | undefined>(
        "deny",
        () => mayDecideRequest(parts.decide, requestId, personId),
        (refusal, at) => ({
          result: refusal,
          event: decisionRefused({ requestId, personId, verdict: "deny" }, requestId, refusal, at),
        }),
      ),
    decide: (click) =>
      closed<ClickResult>(
        "decide",
        () => decideRequest(parts.decide, click),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: decisionRefused(click, click.requestId, refusal, at),
        }),
      ),
    explain: (askerId, personId, what) =>
      closed<ExplainResult>(
        "explain",
        () =>
          explainStanding(
            {
              policy: policy.current().policy,
              standing: (id) => identify(parts.directory, policy.current().policy, teamId, id),
            },
            { askerId, personId, what },
          ),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: openRefused(askerId, "explain", refusal, at),
        }),
      ),
    async recentRequests(personId) {
      const requests = await recentRequestsOf(parts.decide.database, personId, LISTED_REQUESTS);
      return requests.map((request) => ({
        id: request.id,
        title: request.plan.title,
        target: request.plan.target.name,
        state: request.state,
        createdAt: request.createdAt,
      }));
    },
  };
}
