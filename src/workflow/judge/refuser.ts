import type { AuditEvent } from "../../audit/event.ts";
import type { Refusal } from "../../deps/refusal.ts";

/** Refuses something; resolves when the refusal is in the audit log. */
export type Refuse = (refusal: Refusal) => Promise<{ kind: "refused"; refusal: Refusal }>;

/**
 * The one way in which people are refused: nobody learns of a refusal that the audit log does not hold, so that someone
 * who tries what they may not is seen.
 * @param event the audit event of a refusal at that moment
 */
export function refuser(
  context: { audit(event: AuditEvent): Promise<unknown>; now(): Date },
  event: (refusal: Refusal, at: Date) => AuditEvent,
): Refuse {
  return async (refusal) => {
    await context.audit(event(refusal, context.now()));
    return { kind: "refused", refusal };
  };
}
