import type { Closed } from "./answer-closed.ts";
import type { ActResult } from "../deps/decision.ts";
import type { Deps } from "../deps/deps.ts";
import type { LockoutPreviewResult, SummaryResult, WatchResult } from "../deps/lockout.ts";
import type { Refusal } from "../deps/refusal.ts";
import type { ReleasePreviewResult } from "../deps/release.ts";
import type { SubmissionResult } from "../deps/submission.ts";
import { lockout } from "../playbook/lockout.ts";
import { ownPlaybooks } from "../permission/decide/own-playbooks.ts";
import { release } from "../playbook/release.ts";
import type { Lanes } from "../workflow/run/priority-lanes.ts";
import { previewLockout } from "../workflow/lockout/preview-lockout.ts";
import { openRefused, submissionRefused } from "../workflow/events/refusal-events.ts";
import { submitLockout, type LockoutContext } from "../workflow/lockout/submit-lockout.ts";
import type { ReleaseContext } from "../workflow/release/judge-release.ts";
import { previewRelease } from "../workflow/release/preview-release.ts";
import { submitRelease } from "../workflow/release/submit-release.ts";
import { handOver } from "../workflow/lockout/hand-over.ts";
import { lockedOutPerson } from "../workflow/lockout/locked-out-person.ts";
import { mayTend, type TendContext } from "../workflow/lockout/may-tend.ts";
import { retryFailed } from "../workflow/lockout/retry-lockout.ts";
import { summariseIncident } from "../workflow/lockout/summarise-incident.ts";
import { ruleOutAccount } from "../workflow/lockout/rule-out-account.ts";
import { followedLockout, watchedLockout } from "../workflow/lockout/watched-lockout.ts";

export type LockoutParts = LockoutContext & ReleaseContext & TendContext & { lanes: Pick<Lanes, "urgent"> };

type LockoutDeps = Pick<
  Deps,
  | "ownPlaybooks"
  | "previewLockout"
  | "lockOut"
  | "previewRelease"
  | "release"
  | "retry"
  | "mayTend"
  | "ruleOut"
  | "handOver"
  | "summarise"
  | "watch"
  | "follow"
  | "lockoutOf"
>;

/** Everything about lockouts that listeners reach; every fault is a no. */
export function createLockoutDeps(context: LockoutParts, closed: Closed): LockoutDeps {
  function refusing<Result>(
    where: string,
    personId: string,
    work: () => Promise<Result | { kind: "refused"; refusal: Refusal }>,
  ) {
    return closed<Result | { kind: "refused"; refusal: Refusal }>(where, work, (refusal, at) => ({
      result: { kind: "refused", refusal },
      event: openRefused(personId, where, refusal, at),
    }));
  }
  return {
    ownPlaybooks: () =>
      ownPlaybooks(context.loadedPolicy().policy).map(({ name, title, risks }) => ({
        name,
        title,
        isIrreversible: risks.includes("irreversible"),
      })),
    previewLockout: (personId, asked) =>
      refusing<LockoutPreviewResult>("lockout", personId, () => previewLockout(context, personId, asked)),
    lockOut: (submission) =>
      closed<SubmissionResult>(
        "lockout",
        () => {
          const over = context.lanes.urgent();
          return submitLockout(context, submission).finally(over);
        },
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: submissionRefused(submission, submission.playbook ?? lockout.name, refusal, at),
        }),
      ),
    previewRelease: (personId, target) =>
      refusing<ReleasePreviewResult>("release", personId, () => previewRelease(context, personId, target)),
    release: (submission) =>
      closed<SubmissionResult>(
        "release",
        () => submitRelease(context, submission),
        (refusal, at) => ({
          result: { kind: "refused", refusal },
          event: submissionRefused(submission, release.name, refusal, at),
        }),
      ),
    retry: (requestId, personId) =>
      refusing<ActResult>("retry", personId, () => retryFailed(context, requestId, personId)),
    mayTend: (requestId, personId) =>
      closed<Refusal | undefined>(
        "tend",
        async () => {
          const answer = await mayTend(context, requestId, personId);
          return "refusal" in answer ? answer.refusal : undefined;
        },
        (refusal, at) => ({ result: refusal, event: openRefused(personId, "tend", refusal, at) }),
      ),
    ruleOut: (requestId, personId, vendor) =>
      refusing<ActResult>("rule out", personId, () => ruleOutAccount(context, requestId, personId, vendor)),
    handOver: (requestId, personId, given) =>
      refusing<ActResult>("hand over", personId, () => handOver(context, requestId, personId, given)),
    summarise: (requestId, personId) =>
      refusing<SummaryResult>("summary", personId, () => summariseIncident(context, requestId, personId)),
    watch: (requestId, personId) =>
      refusing<WatchResult>("watch", personId, () => watchedLockout(context, requestId, personId)),
    follow: (requestId) => followedLockout(context, requestId),
    lockoutOf: (requestId, personId) =>
      closed<Awaited<ReturnType<Deps["lockoutOf"]>>>(
        "tend",
        () => lockedOutPerson(context, requestId, personId),
        (refusal, at) => ({ result: { refusal }, event: openRefused(personId, "tend", refusal, at) }),
      ),
  };
}
