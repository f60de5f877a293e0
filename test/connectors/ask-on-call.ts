import { startOnCallSimulator, type OnCallSimulator } from "../../playground/on-call/server.ts";
import { isOnCallError } from "../../src/connectors/on-call-error.ts";
import { createOnCall, type OnCall, type OnCallOptions } from "../../src/connectors/on-call.ts";
import type { OnCallSchedule } from "../../src/connectors/on-call-schedule.ts";
import { createInstantClock, type InstantClock } from "./instant-clock.ts";

export const pagerDuty: OnCallSchedule = { provider: "pagerduty", schedule: "PSECOPS" };
export const opsgenie: OnCallSchedule = {
  provider: "opsgenie",
  schedule: "d875a1b4-9b4e-4219-a1b3-0c26936d18de",
};
export const both = [
  { name: "PagerDuty", schedule: pagerDuty },
  { name: "Opsgenie", schedule: opsgenie },
];

/** The pretend providers, a clock that they share with what asks them, and how to ask. */
export interface OnCallWorld {
  provider: OnCallSimulator;
  clock: InstantClock;
  ask(overrides?: Partial<OnCallOptions>): OnCall;
}

export async function openOnCallWorld(latency?: () => number): Promise<OnCallWorld> {
  const clock = createInstantClock();
  const provider = await startOnCallSimulator({
    clock: () => new Date(clock.now()),
    ...(latency === undefined ? {} : { latency }),
  });
  const { pagerDutyToken: token, opsgenieKey: key } = provider.credentials;
  return {
    provider,
    clock,
    ask: (overrides) =>
      createOnCall({
        pagerDuty: { apiUrl: provider.pagerDutyUrl, token },
        opsgenie: { apiUrl: provider.opsgenieUrl, key },
        timeoutMilliseconds: 2_000,
        clock,
        ...overrides,
      }),
  };
}

/** The message of the OnCallError that a question ends with. Throws when it ends otherwise. */
export async function refusalOf(question: Promise<ReadonlySet<string>>): Promise<string> {
  const error: unknown = await question.then(
    (emails) => new Error(`It answered ${JSON.stringify([...emails])}.`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !isOnCallError(error)) throw error;
  return error.message;
}
