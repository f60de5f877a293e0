import { randomBytes, randomUUID } from "node:crypto";
import { startSimulator, type Simulator, type SimulatorOptions } from "../simulator.ts";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { answerOpsgenie, opsgenieRefusal } from "./opsgenie.ts";
import { answerPagerDuty, pagerDutyRefusal } from "./pagerduty.ts";
import { createSchedules, type Provider, type Schedule, type ScheduleKey, type Shift } from "./schedules.ts";

/** How both providers fail on demand. */
export type OnCallFailure = "429" | "500" | "timeout" | "reset" | "html" | "truncated" | "wrong_schedule";

export interface OnCallSimulatorOptions extends SimulatorOptions {
  /** Rules every shift; the system's clock by default. */
  clock?: () => Date;
  pagerDutyToken?: string;
  opsgenieKey?: string;
}

/** The pretend PagerDuty and Opsgenie: one server for both, and the schedules behind it. */
export interface OnCallSimulator extends Simulator {
  /** For `PAGERDUTY_API_URL`. */
  readonly pagerDutyUrl: string;
  /** For `OPSGENIE_API_URL`. */
  readonly opsgenieUrl: string;
  readonly credentials: { pagerDutyToken: string; opsgenieKey: string };
  /**
   * Makes a schedule known, or changes who is on call in it: by e-mail address, or by shift where the hours matter.
   * At PagerDuty it is in two escalation policies, so everyone is listed twice.
   */
  setOnCall(
    schedule: ScheduleKey,
    people: readonly (string | Shift)[],
    facts?: Partial<Pick<Schedule, "enabled" | "escalationPolicies">>,
  ): void;
  /** Lets every question fail in this way, or the next `times`, until it is called again; undefined heals. */
  fail(failure: OnCallFailure | undefined, times?: number): void;
}

const HTML: VendorAnswer = {
  status: 200,
  headers: { "content-type": "text/html; charset=UTF-8" },
  body: "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>",
};

function failureAnswer(failure: OnCallFailure, provider: Provider): VendorAnswer | undefined {
  const isPagerDuty = provider === "pagerduty";
  if (failure === "html") return HTML;
  if (failure === "500")
    return isPagerDuty
      ? pagerDutyRefusal(500, 2000, "An internal error has occurred. PagerDuty team has been notified.")
      : opsgenieRefusal(500, "Internal Server Error");
  if (failure !== "429") return undefined;
  const answer = isPagerDuty
    ? pagerDutyRefusal(429, 2020, "Rate Limit Exceeded")
    : opsgenieRefusal(429, "You are making too many requests!");
  return {
    ...answer,
    headers: isPagerDuty
      ? { "ratelimit-limit": "960", "ratelimit-remaining": "0", "ratelimit-reset": "20" }
      : { "x-ratelimit-state": "THROTTLED" },
  };
}

/** Starts the pretend PagerDuty and Opsgenie on loopback; close it when done. */
export async function startOnCallSimulator(options: OnCallSimulatorOptions = {}): Promise<OnCallSimulator> {
  const clock = options.clock ?? (() => new Date());
  const credentials = {
    pagerDutyToken: options.pagerDutyToken ?? randomBytes(15).toString("base64url"),
    opsgenieKey: options.opsgenieKey ?? randomUUID(),
  };
  const schedules = createSchedules();
  let failing: { failure: OnCallFailure; left: number } | undefined;

  function takeFailure(): OnCallFailure | undefined {
    if (failing === undefined || failing.left <= 0) return undefined;
    failing.left -= 1;
    return failing.failure;
  }

  function answer(request: VendorRequest): VendorAnswer {
    const provider = providerOf(request.path);
    if (provider === undefined) return { status: 404, body: "" };
    const failure = takeFailure();
    const failed = failure === undefined ? undefined : failureAnswer(failure, provider);
    if (failed !== undefined) return failed;
    const path = request.path.slice(provider.length + 1);
    const state = {
      now: clock(),
      find: (id: string) => schedules.find({ provider, schedule: id }),
      ...(failure === "wrong_schedule" ? { answeredId: "PANOTHER" } : {}),
    };
    return provider === "pagerduty"
      ? answerPagerDuty(request, path, { token: credentials.pagerDutyToken, ...state })
      : answerOpsgenie(request, path, { key: credentials.opsgenieKey, ...state });
  }

  const simulator = await startSimulator("on-call", answer, options);
  return {
    ...simulator,
    pagerDutyUrl: `${simulator.url}/pagerduty`,
    opsgenieUrl: `${simulator.url}/opsgenie`,
    credentials,
    setOnCall: (key, people, { enabled = true, escalationPolicies = 2 } = {}) =>
      schedules.put(key, {
        shifts: people.map((one) => (typeof one === "string" ? { email: one } : one)),
        enabled,
        escalationPolicies,
      }),
    fail(failure, times) {
      simulator.clearFaults();
      failing = undefined;
      const limited = times === undefined ? {} : { times };
      if (failure === "timeout") simulator.addFault({ kind: "hang", ...limited });
      else if (failure === "reset" || failure === "truncated")
        simulator.addFault({ kind: failure, ...limited });
      else if (failure !== undefined) failing = { failure, left: times ?? Number.POSITIVE_INFINITY };
    },
  };
}

function providerOf(path: string): Provider | undefined {
  return (["pagerduty", "opsgenie"] as const).find((name) => path.startsWith(`/${name}/`));
}
