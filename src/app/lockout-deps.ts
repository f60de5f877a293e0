import type { LockoutDeps } from "../deps/lockout.ts";
import type { Refusal } from "../deps/refusal.ts";
import type { ReleaseDeps } from "../deps/release.ts";
import { ownPlaybooks } from "../permission/decide/own-playbooks.ts";
import { lockout } from "../playbook/lockout.ts";
import { release } from "../playbook/release.ts";
import { openRefused, submissionRefused } from "../workflow/events/refusal-events.ts";
import { handOver } from "../workflow/lockout/hand-over.ts";
import { lockedOutNow } from "../workflow/lockout/locked-out-now.ts";
import { lockedOutPerson } from "../workflow/lockout/locked-out-person.ts";
import { mayTend, type TendContext } from "../workflow/lockout/may-tend.ts";
import { previewLockout } from "../workflow/lockout/preview-lockout.ts";
import { retryFailed } from "../workflow/lockout/retry-lockout.ts";
import { submitLockout, type LockoutContext } from "../workflow/lockout/submit-lockout.ts";
import { summariseIncident } from "../workflow/lockout/summarise-incident.ts";
import { bindSlackAccount } from "../workflow/lockout/bind-slack-account.ts";
import { ruleOutAccount } from "../workflow/lockout/rule-out-account.ts";
import { followedLockout, watchedLockout } from "../workflow/lockout/watched-lockout.ts";
import type { ReleaseContext } from "../workflow/release/judge-release.ts";
import { previewRelease } from "../workflow/release/preview-release.ts";
import { submitRelease } from "../workflow/release/submit-release.ts";
import type { Lanes } from "../workflow/run/priority-lanes.ts";
import type { FailClosed } from "./fail-closed.ts";

export type LockoutParts = LockoutContext & ReleaseContext & TendContext & { lanes: Pick<Lanes, "urgent"> };

/**
 * Everything about lockouts and releases that listeners reach; every fault is a no.
 * @param mayOpen why someone may not use a playbook, if they may not
 */
export function createLockoutDeps(
  context: LockoutParts,
  mayOpen: (personId: string, playbook: string) => Promise<Refusal | undefined>,
  failClosed: FailClosed,
): LockoutDeps & ReleaseDeps {
  const asking = <Result>(where: string, personId: string, work: () => Promise<Result>) =>
    failClosed.result(where, work, (refusal, at) => openRefused(personId, where, refusal, at));
  return {
    ownPlaybooks: () =>
      ownPlaybooks(context.loadedPolicy().policy).map(({ name, title, risks }) => ({
        name,
        title,
        isIrreversible: risks.includes("irreversible"),
      })),
    previewLockout: (personId, asked) =>
      asking("lockout", personId, () => previewLockout(context, personId, asked)),
    lockOut: (submission) =>
      failClosed.result(
        "lockout",
        () => {
          const over = context.lanes.urgent();
          return submitLockout(context, submission).finally(over);
        },
        (refusal, at) => submissionRefused(submission, submission.playbook ?? lockout.name, refusal, at),
      ),
    lockedOutNow: (personId) =>
      asking("list", personId, async () => {
        const refusal = await mayOpen(personId, lockout.name);
        return refusal === undefined
          ? { kind: "listed", ...(await lockedOutNow(context)) }
          : { kind: "refused", refusal };
      }),
    previewRelease: (personId, target) =>
      asking("release", personId, () => previewRelease(context, personId, target)),
    release: (submission) =>
      failClosed.result(
        "release",
        () => submitRelease(context, submission),
        (refusal, at) => submissionRefused(submission, release.name, refusal, at),
      ),
    retry: (requestId, personId) =>
      asking("retry", personId, () => retryFailed(context, requestId, personId)),
    mayTend: (requestId, personId) =>
      failClosed.check(
        "tend",
        async () => {
          const answer = await mayTend(context, requestId, personId);
          return "refusal" in answer ? answer.refusal : undefined;
        },
        (refusal, at) => openRefused(personId, "tend", refusal, at),
      ),
    bindSlack: (requestId, personId, slackId) =>
      asking("bind", personId, () => bindSlackAccount(context, requestId, personId, slackId)),
    ruleOut: (requestId, personId, vendor) =>
      asking("rule out", personId, () => ruleOutAccount(context, requestId, personId, vendor)),
    handOver: (requestId, personId, given) =>
      asking("hand over", personId, () => handOver(context, requestId, personId, given)),
    summarise: (requestId, personId) =>
      asking("summary", personId, () => summariseIncident(context, requestId, personId)),
    watch: (requestId, personId) =>
      asking("watch", personId, () => watchedLockout(context, requestId, personId)),
    follow: (requestId) => followedLockout(context, requestId),
    lockoutOf: (requestId, personId) =>
      asking("tend", personId, () => lockedOutPerson(context, requestId, personId)),
  };
}
