import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Deps } from "../deps/deps.ts";
import type { Refusal } from "../deps/refusal.ts";
import { isDirectoryError } from "../slack/directory.ts";

/** Keeps a fault for the operator; the person gets a reference that finds it in the log. */
export function createFaultReporter(log: Logger): Deps["reportFault"] {
  return (where, error) => {
    const reference = randomBytes(4).toString("hex");
    log.error({ where, reference, err: error }, "a fault");
    return reference;
  };
}

/** The refusal that a fault turns into: whatever cannot be decided is a no. */
export function refusalOf(where: string, error: unknown, reportFault: Deps["reportFault"]): Refusal {
  if (isDirectoryError(error))
    return {
      rule: "Slack's directory must answer before anybody may act",
      reason: `Slack could not be asked who may do this (${error.slackError}), so the answer is no. Nothing was changed.`,
      next: "Try again in a minute.",
    };
  const reference = reportFault(where, error);
  return {
    rule: "a fault means no",
    reason: `This app could not decide, so the answer is no (reference ${reference}).`,
    next: "Look at the request's message before you try again. Whoever runs this app finds the reference in its log.",
  };
}
