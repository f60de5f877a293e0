import type { AuditEvent } from "../../src/audit/event.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { VendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import type { StepContext } from "../../src/workflow/step/step-context.ts";

/** A failure of a vendor's, by what kind it is. */
export function vendorFailure(
  kind: VendorErrorFacts["kind"],
  facts: Partial<VendorErrorFacts> = {},
): VendorError {
  return new VendorError({
    vendor: "zoom",
    operation: "zoom.user.get",
    kind,
    mayHaveHappened: false,
    attempts: 1,
    advice: `Look into it: ${kind}.`,
    ...facts,
  });
}

/** What a vendor answers to each call of an operation in turn; the last answer stays. */
export type Answers = Record<string, readonly unknown[]>;

/**
 * What a step reaches, for tests of what it decides: answers in turn, an audit log in memory, and a clock on which
 * sleeping takes no time.
 */
export function createPretendContext(answers: Answers, readBackMilliseconds = 60_000) {
  const calls: string[] = [];
  const events: AuditEvent[] = [];
  const snapshots: unknown[] = [];
  let time = Date.UTC(2026, 0, 5, 12);
  const startedAt = time;
  let setBack = 0;
  const context: StepContext = {
    execute(operation: Operation) {
      const index = calls.filter((name) => name === operation.name).length;
      calls.push(operation.name);
      const list = answers[operation.name] ?? [];
      const answer = list[Math.min(index, list.length - 1)];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    audit(event) {
      const isNew = events.every(({ id }) => id !== event.id);
      if (isNew) events.push(event);
      return Promise.resolve(isNew);
    },
    snapshots: {
      keep: (_requestId, _stepId, _vendor, data) => Promise.resolve(void snapshots.push(data)),
      find: () => Promise.resolve(undefined),
      fresh: () => Promise.resolve([]),
      prefetched: () => undefined,
    },
    known: ({ email, zoomUserId, cloudflareUserId }) => ({
      ...(email === undefined ? {} : { email }),
      ...(zoomUserId === undefined ? {} : { zoomUserId }),
      ...(cloudflareUserId === undefined ? {} : { cloudflareUserId }),
      cloudflareAccountId: "account",
      cloudflareZoneIds: [],
      zoomPlan: "pro",
    }),
    inputs: {
      whole: (_requestId, step) => Promise.resolve(step.input),
      makePassword: () => "Aa1-generated",
    },
    checks: {
      quotaFault: () => Promise.resolve(undefined),
      changedChoice: () => Promise.resolve(undefined),
    },
    events: () => Promise.resolve(events),
    clock: {
      now: () => time - setBack,
      elapsed: () => time - startedAt,
      sleep(milliseconds) {
        time += milliseconds;
        return Promise.resolve();
      },
    },
    readBackMilliseconds,
  };
  return {
    context,
    calls,
    events,
    snapshots,
    spent: () => time - startedAt,
    /** Sets the wall clock back by so many milliseconds, as a correction from outside would. */
    setBack: (milliseconds: number) => void (setBack += milliseconds),
  };
}
