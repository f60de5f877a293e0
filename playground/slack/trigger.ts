import { newTriggerId } from "./identifiers.ts";
import { ApiFailure } from "./api-failure.ts";
import type { SlackState, Trigger } from "./state.ts";

const LIFETIME_MILLISECONDS = 3_000;

/** Makes the trigger of one act of a person; `viewId` when the act was in a modal. */
export function issueTrigger(state: SlackState, userId: string, viewId?: string): string {
  const id = newTriggerId();
  state.triggers.set(id, { id, userId, issuedAt: state.clock(), exchanged: false, viewId });
  return id;
}

/** The trigger, if it can still be used; it is not used up yet. */
export function readTrigger(state: SlackState, id: string): Trigger {
  const trigger = state.triggers.get(id);
  if (trigger === undefined) throw new ApiFailure("invalid_trigger_id");
  if (trigger.exchanged) throw new ApiFailure("exchanged_trigger_id");
  const age = state.clock().getTime() - trigger.issuedAt.getTime();
  if (age > LIFETIME_MILLISECONDS) throw new ApiFailure("expired_trigger_id");
  return trigger;
}
