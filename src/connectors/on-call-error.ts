import type { OnCallSchedule } from "./on-call-schedule.ts";

export const PROVIDER_NAMES: Readonly<Record<OnCallSchedule["provider"], string>> = {
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
};

const longestShown = 80;

/** A schedule's id fit to be shown: it may be any text until it was checked. */
function showId(id: string): string {
  const plain = id.replaceAll(/[^\w.-]/g, "?");
  return plain.length > longestShown ? `${plain.slice(0, longestShown)}…` : plain;
}

/** The provider could not be asked who is on call; whatever depended on it is a no. Its message has no secrets. */
export class OnCallError extends Error {
  // An own property, so that it survives the engine's serialisation.
  override readonly name = "OnCallError";

  /** @param reason what happened, as the rest of a sentence, without a full stop */
  constructor({ provider, schedule }: OnCallSchedule, reason: string) {
    super(
      `Who is on call in the ${PROVIDER_NAMES[provider]} schedule ${showId(schedule)} is not known: ${reason}.`,
    );
  }
}

/** Recognises it by name, also when the durable engine stored it and replays it as a plain error. */
export function isOnCallError(error: unknown): boolean {
  return error instanceof Error && error.name === "OnCallError";
}
