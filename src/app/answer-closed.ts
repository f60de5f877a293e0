import type { AuditEvent } from "../audit/event.ts";
import type { Deps } from "../deps/deps.ts";
import type { Refusal } from "../deps/refusal.ts";
import { refusalOf } from "./fail-closed.ts";

export interface ClosedParts {
  reportFault: Deps["reportFault"];
  audit: (event: AuditEvent) => Promise<unknown>;
  now: () => Date;
}

/** Keeps who tried what; where that cannot be written, the answer is no milder for it. */
export function createKeeper({ audit, reportFault }: ClosedParts): (event: AuditEvent) => Promise<void> {
  return async (event) => {
    try {
      await audit(event);
    } catch (error) {
      reportFault("audit", error);
    }
  };
}

/** Does work whose every fault is a no, which is kept in the audit trail. */
export type Closed = <Result>(
  where: string,
  work: () => Promise<Result>,
  no: (refusal: Refusal, at: Date) => { result: Result; event: AuditEvent },
) => Promise<Result>;

export function createClosed(parts: ClosedParts): Closed {
  const keep = createKeeper(parts);
  return async (where, work, no) => {
    try {
      return await work();
    } catch (error) {
      const { result, event } = no(refusalOf(where, error, parts.reportFault), parts.now());
      await keep(event);
      return result;
    }
  };
}
