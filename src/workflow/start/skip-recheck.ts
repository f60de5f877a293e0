import { lockout } from "../../playbook/lockout.ts";
import type { Request } from "../../request/request.ts";

/** So short a time ago the same was asked and answered. */
const JUST_NOW_MILLISECONDS = 3_000;

/**
 * Whether a request that nobody had to approve was judged a moment ago, so that asking Slack the same again before it
 * starts would only leave doors open longer. What was resumed, approved or put back is looked at once more.
 */
export function isJustJudged(request: Request, now: Date): boolean {
  const { decision, decidedAt, attempt } = request;
  if (decision.kind !== "allowed" || decidedAt === null || attempt !== 0) return false;
  const passed = now.getTime() - decidedAt.getTime();
  return passed >= 0 && passed < JUST_NOW_MILLISECONDS;
}

/**
 * Whether a lockout is tried again. It was judged when it began, and the person who pressed was judged just now: that whoever
 * asked for it is off duty by now, or has lost their own access, leaves no door open.
 */
export function isLockoutRetry({ playbook, round }: Request): boolean {
  return playbook === lockout.name && round > 0;
}
