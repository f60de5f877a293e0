import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { AuditEvent } from "../audit/event.ts";
import type { Wanted } from "../request/wanted.ts";
import type { Refusal } from "../deps/refusal.ts";
import type { SurfaceDeps } from "../deps/surface.ts";
import { UnansweredGroupError } from "../permission/decide/group-answers.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import { NAMING_MILLISECONDS } from "../people/approver-pool.ts";
import { isDatabaseTrouble } from "../database/trouble.ts";
import { isDirectoryError } from "../slack/directory.ts";
import { slackAdvice } from "../slack/slack-advice.ts";

const SLOW_MILLISECONDS = 1_500;

type ReportFault = SurfaceDeps["reportFault"];
type Refused = { kind: "refused"; refusal: Refusal };
type RefusalEvent = (refusal: Refusal, at: Date) => AuditEvent;

/** Does work whose every fault is a refusal, which is recorded in the audit log. */
export interface FailClosed {
  /** For work that results in something. */
  result<Result>(where: string, work: () => Promise<Result>, event: RefusalEvent): Promise<Result | Refused>;
  /** For work that finds out whether someone may do something. */
  check(
    where: string,
    work: () => Promise<Refusal | undefined>,
    event: RefusalEvent,
  ): Promise<Refusal | undefined>;
  /** Records who tried what; where that cannot be written, the answer is no milder for it. */
  record(event: AuditEvent): Promise<void>;
}

export function createFailClosed(parts: {
  reportFault: ReportFault;
  audit: (event: AuditEvent) => Promise<unknown>;
  now: () => Date;
  /** A few of those who are wanted, by name; never throws. */
  whoToAsk: (wanted: readonly Wanted[], patience: number) => Promise<string>;
}): FailClosed {
  const { reportFault, audit, now, whoToAsk } = parts;
  async function named(refusal: Refusal, since: number): Promise<Refusal> {
    const { wanted = [] } = refusal;
    if (wanted.length === 0) return refusal;
    // Where someone answered slowly so far, names are not worth a refusal that comes too late for the press.
    const patience = performance.now() - since > SLOW_MILLISECONDS ? 0 : NAMING_MILLISECONDS;
    return { ...refusal, whoToAsk: await whoToAsk(wanted, patience) };
  }
  async function record(event: AuditEvent): Promise<void> {
    try {
      await audit(event);
    } catch (error) {
      reportFault("audit", error);
    }
  }
  async function refuse(where: string, error: unknown, event: RefusalEvent): Promise<Refusal> {
    const refusal = refusalOf(where, error, reportFault);
    await record(event(refusal, now()));
    return refusal;
  }
  return {
    async result(where, work, event) {
      try {
        const since = performance.now();
        const result = await work();
        return isRefused(result) ? { ...result, refusal: await named(result.refusal, since) } : result;
      } catch (error) {
        return { kind: "refused", refusal: await refuse(where, error, event) };
      }
    },
    async check(where, work, event) {
      try {
        const since = performance.now();
        const refusal = await work();
        return refusal && (await named(refusal, since));
      } catch (error) {
        return refuse(where, error, event);
      }
    },
    record,
  };
}

function isRefused(result: unknown): result is Refused {
  return typeof result === "object" && result !== null && "kind" in result && result.kind === "refused";
}

/** Logs a fault for the operator; the person gets a reference that finds it in the log. */
export function createFaultReporter(log: Logger): ReportFault {
  return (where, error) => {
    const reference = randomBytes(4).toString("hex");
    log.error({ where, reference, err: error }, "a fault");
    return reference;
  };
}

/** The refusal that a fault turns into: whatever cannot be decided is a no. */
function refusalOf(where: string, error: unknown, reportFault: ReportFault): Refusal {
  if (isDirectoryError(error) || error instanceof UnansweredGroupError)
    return {
      rule: "Slack's directory must answer before anybody may act",
      reason: `Slack could not be asked who may do this (${error.slackError}), so this is denied. Nothing was changed.`,
      next: slackAdvice(error.slackError),
    };
  const reference = reportFault(where, error);
  if (isDatabaseTrouble(error) && !isVendorError(error))
    return {
      rule: "nothing is done that cannot be recorded",
      reason: "This app cannot reach its database, so nothing can be recorded, and nothing is done.",
      next: `Try again in a minute. If it stays so, tell the people who run this app (reference ${reference}).`,
    };
  return {
    rule: "a fault means no",
    reason: `This app could not decide, so this is denied (reference ${reference}).`,
    next: "Look at the request's message before you try again. Your Deadbolt administrator finds the reference in the log.",
  };
}
