import type { CodeRefusal } from "./judge-code.ts";

/** Why a code was not taken, or an enrolment not ended. */
export type RefusedReason = CodeRefusal["reason"] | "expired";

const SENTENCES: Record<RefusedReason, string> = {
  not_enrolled: "You have no one-time password yet. Set one up with /deadbolt second-factor.",
  wrong:
    "This code is wrong. Type the six digits that your authenticator app shows now, and look whether your phone's clock is right.",
  used: "This code is used up. Wait until your authenticator app shows the next one.",
  locked: "There were too many wrong codes in a row, so no code is accepted for fifteen minutes.",
  unreadable:
    "Your one-time password cannot be read any more. Ask your Deadbolt administrator to remove it, then set up a new one.",
  expired: "This was not finished within ten minutes. Begin again with /deadbolt second-factor.",
};

/**
 * A refusal as plain sentences for the person who typed the code. Until when a lock lasts is not in it: `lockedUntil`
 * is shown beside it, in the reader's own time zone.
 */
export function sentence(refusal: { reason: RefusedReason }): string {
  return SENTENCES[refusal.reason];
}
