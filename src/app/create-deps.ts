import type { Logger } from "pino";
import type { AuditEvent } from "../audit/event.ts";
import type { ClickResult } from "../deps/decision.ts";
import type { Deps } from "../deps/deps.ts";
import type { ExplainResult } from "../deps/explanation.ts";
import type { LookResult, OfferResult, PrepareResult } from "../deps/operation.ts";
import type { AskedTarget } from "../deps/person.ts";
import type { Refusal } from "../deps/refusal.ts";
import type { SubmissionResult } from "../deps/submission.ts";
import { createActDeps } from "./waiting-deps.ts";
import { lockout } from "../playbook/lockout.ts";
import { ownPlaybooks } from "../permission/decide/own-playbooks.ts";
import { createLockoutDeps, type LockoutParts } from "./lockout-deps.ts";
import { createClosed, createKeeper } from "./answer-closed.ts";
import { createFaultReporter } from "./fail-closed.ts";
import { explainStanding } from "../workflow/judge/explain-standing.ts";
import { findOperation, operations } from "../catalogue/registry.ts";
import { covers } from "../catalogue/scope.ts";
import { askedOperation } from "../permission/decide/asked-operation.ts";
import { askedPlaybook } from "../permission/decide/asked-playbook.ts";
import { zoomOffboard } from "../playbook/zoom-offboard.ts";
import { mayBreakGlass } from "../permission/decide/decide.ts";
import type { PolicyKeeper } from "../permission/policy-file/keep-policy.ts";
import type { Standing } from "../permission/decide/roles.ts";
import { lastHeldRoles } from "../request/last-held-roles.ts";
import { recentRequestsOf } from "../request/store.ts";
import type { People } from "../people/people.ts";
import { askedPerson, historyFor } from "../workflow/judge/judge-request.ts";
import { decideRequest, mayDecideRequest, type DecideContext } from "../workflow/waiting/decide-request.ts";
import { lookOperation } from "../workflow/operation/look-operation.ts";
import type { OperationContext } from "../workflow/operation/operation-context.ts";
import { operationRefusal } from "../workflow/operation/operation-refusal.ts";
import { prepareOperation } from "../workflow/operation/prepare-operation.ts";
import {
  decisionRefused,
  openRefused,
  operationRefused,
  submissionRefused,
} from "../workflow/events/refusal-events.ts";
import { submitOperation } from "../workflow/operation/submit-operation.ts";
import { submitRequest } from "../workflow/submit/submit-offboarding.ts";

export interface DepsParts {
  channel: string;
  cloudflareConfigured: boolean;
  slackSessionsConfigured: boolean;
  policy: PolicyKeeper;
  /** Asked afresh every time. */
  people: People;
  /** Remembered for a minute: only to spare somebody a form. */
  remembered: People;
  operation: OperationContext;
  lockout: LockoutParts;
  decide: DecideContext;
  /** Finds somebody in Slack by what was typed. @throws DirectoryError */
  namesOf(target: AskedTarget): Promise<string[]>;
  log: Logger;
}

/** The least that whoever opens the offboarding form must be allowed to do. */
const OFFBOARD_OPERATION = askedOperation(findOperation("zoom.user.updateStatus"));
const LISTED_REQUESTS = 10;

/** What listeners may reach; whatever goes wrong in here comes out as a refusal. */
export function createDeps(parts: DepsParts): Deps {
  const { policy } = parts;
  const reportFault = createFaultReporter(parts.log);

  function refusalFor(standing: Standing, playbook: string): Refusal | undefined {
    const { roles } = policy.current().policy;
    const granted = standing.roles.flatMap(({ role }) => roles[role]?.scopes ?? []);
    const [asked = OFFBOARD_OPERATION] = askedPlaybook(playbook);
    const own = playbook === lockout.name ? ownPlaybooks(policy.current().policy) : [];
    const ways = [[asked], ...own.map((one) => one.operations())];
    const holds = (scopes: readonly string[]) =>
      ways.some((needed) =>
        needed.every((one) => one.scopes.some((wanted) => scopes.some((held) => covers(held, wanted)))),
      );
    if (holds(granted)) return undefined;
    const able = Object.keys(roles).filter((name) => holds(roles[name]?.scopes ?? []));
    return {
      rule: `${playbook} needs the scope ${asked.scopes[0]}`,
      reason: `${standing.barred ?? "None of your roles grants it."} Nothing was opened.`,
      next:
        able.length === 0
          ? "No role in the policy has it."
          : `Ask somebody with the role ${able.join(" or ")}.`,
    };
  }

  const closedParts = {
    reportFault,
    audit: (event: AuditEvent) => parts.operation.audit(event),
    now: () => parts.operation.now(),
  };
  const closed = createClosed(closedParts);
  const keep = createKeeper(closedParts);

  async function mayOpen(personId: string, playbook: string): Promise<Refusal | undefined> {
    if (refusalFor(await parts.remembered.standing(personId), playbook) === undefined) return undefined;
    // Somebody may just have been given the role: a no is asked for again.
    const refusal = refusalFor(await parts.people.standing(personId), playbook);
    if (refusal !== undefined) await keep(openRefused(personId, playbook, refusal, parts.operation.now()));
    return refusal;
  }

  return {
    channel: parts.channel,
    cloudflareConfigured: parts.cloudflareConfigured,
    slackSessionsConfigured: parts.slackSessionsConfigured,
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
          const standing = await parts.remembered.standing(personId);
          const at = parts.operation.now();
          const offered = operations
            .filter((operation) => operation.vendor === vendor)
            .map((operation) => {
              const refusal = operationRefusal(loaded, standing, operation, at);
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
    ...createActDeps(parts.decide, parts.operation, closed),
    ...createLockoutDeps(parts.lockout, closed),
    async mayBreakGlass(personId) {
      try {
        return mayBreakGlass(policy.current().policy, await parts.remembered.standing(personId));
      } catch (error) {
        reportFault("break glass", error);
        return false;
      }
    },
    explain: (askerId, personId, { what, target }) =>
      closed<ExplainResult>(
        "explain",
        () =>
          explainStanding(
            {
              policy: policy.current().policy,
              standing: (id) => parts.people.standing(id),
              targetOf: async (asked) =>
                askedPerson(parts.people, policy.current().policy, await parts.namesOf(asked)),
              history: (standing) =>
                historyFor(parts.decide.database, policy.current().policy, standing, parts.operation.now()),
              lastHeld: (id) => lastHeldRoles(parts.decide.database, id),
              now: () => parts.operation.now(),
            },
            { askerId, personId, what, ...(target === undefined ? {} : { target }) },
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
