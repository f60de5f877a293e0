import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { createOnCall, type OnCall } from "../connectors/on-call.ts";
import { isOnCallError } from "../connectors/on-call-error.ts";
import type { Policy } from "../permission/schema.ts";
import type { BeyondSlack } from "./identify.ts";

/** How long one attempt may take: a form must open within three seconds of being asked for. */
const TIMEOUT_MILLISECONDS = 900;

/** The providers of schedules that are configured. */
export function createOnCallProviders(config: Config, log: Logger): OnCall {
  const { PAGERDUTY_API_TOKEN: token, OPSGENIE_API_KEY: key } = config;
  return createOnCall({
    ...(token === undefined ? {} : { pagerDuty: { apiUrl: config.PAGERDUTY_API_URL, token } }),
    ...(key === undefined ? {} : { opsgenie: { apiUrl: config.OPSGENIE_API_URL, key } }),
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    log,
  });
}

/** Asks the providers of the policy's schedules; one that cannot be asked makes nobody on call. */
export function onCallNow(provider: OnCall, policy: () => Policy): BeyondSlack["onCall"] {
  return async (names) =>
    new Map(
      await Promise.all(
        names.map(async (name) => {
          const schedule = policy().on_call?.[name];
          const answer =
            schedule === undefined
              ? ("unknown" as const)
              : await provider.whoIsOnCall(schedule).catch((error: unknown) => {
                  if (!isOnCallError(error)) throw error;
                  return "unknown" as const;
                });
          return [name, answer] as const;
        }),
      ),
    );
}
