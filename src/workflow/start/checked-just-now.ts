import type { Database } from "../../database/connect.ts";
import { barredNames } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import { decisionsOf } from "../../request/decision-store.ts";
import type { Request } from "../../request/request.ts";
import { isSuspended } from "../../request/suspension-store.ts";

/** So short a time ago Slack was asked about everyone: asking the same again would only leave doors open longer. */
const FRESH_MILLISECONDS = 3_000;
/** What was checked so short a time ago starts though Slack cannot be asked once more. */
const GOOD_MILLISECONDS = 30_000;

/** How long ago a request was found free to start: a moment ago, as long ago as will do in need, or too long ago. */
export type CheckAge = "fresh" | "good" | "none";

/** Requests that Slack was asked about when their last approval came, in the memory of this instance. */
export interface RecentChecks {
  /** Everyone whose word the request stands on was asked about after `at`, and it may start. */
  note(request: Request, policyVersion: string, at: Date): void;
  ageOf(request: Request, policyVersion: string, now: Date): CheckAge;
}

export function createRecentChecks(): RecentChecks {
  const checks = new Map<string, number>();
  const keyOf = ({ id, plan }: Request, policyVersion: string) => `${id} ${plan.hash} ${policyVersion}`;
  return {
    note(request, policyVersion, at) {
      for (const [key, noted] of checks) if (at.getTime() - noted > GOOD_MILLISECONDS) checks.delete(key);
      checks.set(keyOf(request, policyVersion), at.getTime());
    },
    ageOf(request, policyVersion, now) {
      const noted = checks.get(keyOf(request, policyVersion));
      if (noted === undefined) return "none";
      const passed = now.getTime() - noted;
      if (passed < 0 || passed > GOOD_MILLISECONDS) return "none";
      return passed <= FRESH_MILLISECONDS ? "fresh" : "good";
    },
  };
}

/** Errors that say that Slack gave no answer, by their names: those that the engine replays are plain ones. */
const SILENCE: ReadonlySet<string> = new Set(["DirectoryError", "UnansweredGroupError"]);

/** Whether an error says that Slack could not be asked, and nothing else. */
export function isSlackSilent(error: unknown): boolean {
  return error instanceof Error && SILENCE.has(error.name);
}

/** Whether someone whose word a request stands on is losing their own access: known here without Slack. */
export async function isWordSuspended(
  database: Database,
  policy: Pick<Policy, "identities">,
  { id, requester, plan }: Request,
): Promise<boolean> {
  const decisions = await decisionsOf(database, id);
  const deciders = decisions
    .filter(({ planHash }) => planHash === plan.hash)
    .flatMap(({ personId, email }) => [personId, email]);
  return isSuspended(database, barredNames(policy, [requester.id, requester.email, ...deciders]));
}
