import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startOnCallSimulator, type OnCallSimulator } from "../../playground/on-call/server.ts";
import { isOnCallError } from "../../src/connectors/on-call-error.ts";
import { createOnCall, type OnCallOptions, type OnCallSchedule } from "../../src/connectors/on-call.ts";
import { createInstantClock, type InstantClock } from "./instant-clock.ts";

const pagerDuty: OnCallSchedule = { provider: "pagerduty", schedule: "PSECOPS" };
const opsgenie: OnCallSchedule = {
  provider: "opsgenie",
  schedule: "d875a1b4-9b4e-4219-a1b3-0c26936d18de",
};
const both = [
  { name: "PagerDuty", schedule: pagerDuty },
  { name: "Opsgenie", schedule: opsgenie },
];

let provider: OnCallSimulator;
let clock: InstantClock;

beforeEach(async () => {
  clock = createInstantClock();
  provider = await startOnCallSimulator({ clock: () => new Date(clock.now()) });
});
afterEach(() => provider.close());

function ask(overrides: Partial<OnCallOptions> = {}) {
  const { pagerDutyToken: token, opsgenieKey: key } = provider.credentials;
  return createOnCall({
    pagerDuty: { apiUrl: provider.pagerDutyUrl, token },
    opsgenie: { apiUrl: provider.opsgenieUrl, key },
    timeoutMilliseconds: 2_000,
    clock,
    ...overrides,
  });
}

async function refusalOf(question: Promise<unknown>): Promise<string> {
  const error: unknown = await question.then(
    (emails) => new Error(`It answered ${JSON.stringify([...(emails as Set<string>)])}.`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || !isOnCallError(error)) throw error;
  return error.message;
}

describe.each(both)("$name", ({ name, schedule }) => {
  const unknown = `Who is on call in the ${name} schedule ${schedule.schedule} is not known: `;

  it("says who is on call, in lower case and each person once", async () => {
    provider.setOnCall(schedule, ["Sam.Otter@Example.com", "kim@example.com", "kim@example.com"]);
    expect(await ask().whoIsOnCall(schedule)).toEqual(new Set(["sam.otter@example.com", "kim@example.com"]));
    expect(provider.calls).toHaveLength(1);
  });

  it("may say that nobody is", async () => {
    provider.setOnCall(schedule, []);
    expect(await ask().whoIsOnCall(schedule)).toEqual(new Set());
  });

  it("is asked again every time, so that a change of shifts counts at once", async () => {
    const onCall = ask();
    provider.setOnCall(schedule, ["sam@example.com"]);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
    provider.setOnCall(schedule, ["kim@example.com"]);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["kim@example.com"]));
    provider.fail("500");
    await refusalOf(onCall.whoIsOnCall(schedule));
    provider.fail(undefined);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["kim@example.com"]));
  });

  it("no longer names somebody at the second that the shift ends", async () => {
    const end = new Date(clock.now() + 60_000);
    provider.setOnCall(schedule, [{ email: "sam@example.com", end }]);
    clock.advance(59_999);
    expect(await ask().whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
    clock.advance(1);
    expect(await ask().whoIsOnCall(schedule)).toEqual(new Set());
  });

  it("gets one call for questions that come together, and one for each schedule", async () => {
    const other = { ...schedule, schedule: `${schedule.schedule}-2` };
    provider.setOnCall(schedule, ["sam@example.com"]);
    provider.setOnCall(other, ["kim@example.com"]);
    const onCall = ask();
    const answers = await Promise.all(
      [schedule, schedule, other, schedule].map((one) => onCall.whoIsOnCall({ ...one })),
    );
    expect(answers.map((emails) => [...emails])).toEqual([
      ["sam@example.com"],
      ["sam@example.com"],
      ["kim@example.com"],
      ["sam@example.com"],
    ]);
    expect(provider.calls).toHaveLength(2);
  });

  it("refuses all who share a question, and none who ask afterwards", async () => {
    provider.setOnCall(schedule, ["sam@example.com"]);
    provider.fail("html", 1);
    const onCall = ask();
    await Promise.all([1, 2, 3].map(() => refusalOf(onCall.whoIsOnCall(schedule))));
    expect(provider.calls).toHaveLength(1);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
  });

  it.each([
    ["429", 2, "it is being asked too often (HTTP 429)."],
    ["500", 2, "it has a fault of its own (HTTP 500)."],
    ["timeout", 2, "it could not be reached (no answer within 60 ms)."],
    ["reset", 2, "it could not be reached ("],
    ["truncated", 2, "it could not be reached ("],
    ["html", 1, `its answer is not what ${name} documents.`],
    ["wrong_schedule", 1, "it answered about another schedule."],
  ] as const)("gives no answer on %s, after %i calls", async (failure, calls, reason) => {
    provider.setOnCall(schedule, ["sam@example.com"]);
    provider.fail(failure);
    const timeoutMilliseconds = failure === "timeout" ? 60 : 2_000;
    const message = await refusalOf(ask({ timeoutMilliseconds }).whoIsOnCall(schedule));
    expect(message).toContain(unknown + reason);
    expect(message).toMatch(/\.$/);
    expect(provider.calls).toHaveLength(calls);
  });

  it.each(["429", "500", "timeout", "reset", "truncated"] as const)(
    "gets over a single %s by asking once more",
    async (failure) => {
      provider.setOnCall(schedule, ["sam@example.com"]);
      provider.fail(failure, 1);
      const timeoutMilliseconds = failure === "timeout" ? 300 : 2_000;
      expect(await ask({ timeoutMilliseconds }).whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
      expect(provider.calls).toHaveLength(2);
      expect(clock.sleeps.every((milliseconds) => milliseconds <= 250)).toBe(true);
    },
  );

  it("does not wait for longer than somebody at a button would", async () => {
    provider.setOnCall(schedule, ["sam@example.com"]);
    provider.addFault({ kind: "answer", answer: { status: 429, headers: { "retry-after": "20" } } });
    expect(await refusalOf(ask().whoIsOnCall(schedule))).toBe(
      `${unknown}it is being asked too often (HTTP 429).`,
    );
    expect(provider.calls).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it.each([
    [301, "it answered with a redirect, which is not followed (HTTP 301)."],
    [307, "it answered with a redirect, which is not followed (HTTP 307)."],
    [400, "it refused the question (HTTP 400)."],
    [402, "its plan does not include this question (HTTP 402)."],
    [403, "our credentials may not see this schedule (HTTP 403)."],
    [204, "it refused the question (HTTP 204)."],
    [202, "it refused the question (HTTP 202)."],
  ])("gives no answer by a %i", async (status, reason) => {
    provider.setOnCall(schedule, ["sam@example.com"]);
    const headers = { location: `${provider.url}/elsewhere` };
    provider.addFault({ kind: "answer", answer: { status, headers } });
    expect(await refusalOf(ask().whoIsOnCall(schedule))).toBe(unknown + reason);
    expect(provider.calls).toHaveLength(1);
  });

  it("gives no answer by one that has no end", async () => {
    const body = { padding: "x".repeat(2 * 1024 * 1024) };
    provider.addFault({ kind: "answer", answer: { status: 200, body } });
    expect(await refusalOf(ask().whoIsOnCall(schedule))).toContain("the answer is longer than 1048576 bytes");
  });

  it("is not known when its schedule is not", async () => {
    expect(await refusalOf(ask().whoIsOnCall(schedule))).toBe(
      `${unknown}it does not know this schedule (HTTP 404).`,
    );
  });

  it("gives no answer to wrong credentials, and the message does not show them", async () => {
    provider.setOnCall(schedule, ["sam@example.com"]);
    const warnings: unknown[] = [];
    const secret = "canary-token-of-somebody";
    const onCall = ask({
      pagerDuty: { apiUrl: provider.pagerDutyUrl, token: secret },
      opsgenie: { apiUrl: provider.opsgenieUrl, key: secret },
      log: { warn: (facts, message) => void warnings.push([facts, message]) },
    });
    const message = await refusalOf(onCall.whoIsOnCall(schedule));
    expect(message).toBe(`${unknown}it refused our credentials (HTTP 401).`);
    expect(warnings).toEqual([[schedule, message]]);
  });

  it("repeats nothing of what a refusal says, which may be anything", async () => {
    const echo = JSON.stringify(provider.credentials);
    for (const status of [200, 401, 418, 500]) {
      provider.addFault({ kind: "answer", answer: { status, body: { error: { message: echo }, echo } } });
      const message = await refusalOf(ask().whoIsOnCall(schedule));
      expect(message).not.toContain(provider.credentials.pagerDutyToken);
      expect(message).not.toContain(provider.credentials.opsgenieKey);
      provider.clearFaults();
    }
  });

  it("is not known when nobody listens", async () => {
    const onCall = ask();
    await provider.close();
    expect(await refusalOf(onCall.whoIsOnCall(schedule))).toContain("it could not be reached (ECONNREFUSED)");
  });

  it("is never asked by an id that could lead elsewhere", async () => {
    const onCall = ask();
    const hostile = fc.oneof(
      fc.constantFrom("", ".", "..", "a/b", "%2e%2e", "a\\b", "me", "%2Fx", "a\u0000b", "a\nb"),
      fc.string({ minLength: 256, maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (id) => {
        const message = await refusalOf(onCall.whoIsOnCall({ ...schedule, schedule: id }));
        expect(message).toContain("is not known: the schedule's id ");
        expect(message).toMatch(/^[\w .,:;'?…-]*$/);
        expect(message.length).toBeLessThan(250);
      }),
      { numRuns: 50 },
    );
    expect(provider.calls).toEqual([]);
  });

  it.each(["a b", "a&limit=1", "a?b=c", "a#b", "ä", "%41", "null", "PA,PB"])(
    "takes the id %j for exactly what it is",
    async (id) => {
      const odd = { ...schedule, schedule: id };
      provider.setOnCall(odd, ["sam@example.com"]);
      expect(await ask().whoIsOnCall(odd)).toEqual(new Set(["sam@example.com"]));
    },
  );

  it.each([
    ["is none", "sam"],
    ["is that of somebody deleted", undefined],
    ["has an invisible character", "sam\u200B@example.com"],
    ["would turn into somebody else's", "\u212Aim@example.com"],
    ["has a name in front", "Sam <sam@example.com>"],
  ])("gives no answer when an address %s, rather than leaving somebody out", async (_, email) => {
    provider.setOnCall(schedule, ["kim@example.com", email === undefined ? {} : { email }]);
    expect(await refusalOf(ask().whoIsOnCall(schedule))).toBe(
      `${unknown}somebody on call has no e-mail address that can be trusted.`,
    );
  });
});

describe("what is not configured", () => {
  it("is a no that names the setting, and the other provider still answers", async () => {
    provider.setOnCall(pagerDuty, ["sam@example.com"]);
    provider.setOnCall(opsgenie, ["sam@example.com"]);
    const withoutPagerDuty = ask({ pagerDuty: undefined });
    const withoutOpsgenie = ask({ opsgenie: undefined });
    expect(await refusalOf(withoutPagerDuty.whoIsOnCall(pagerDuty))).toContain(
      "PAGERDUTY_API_TOKEN is not set",
    );
    expect(await refusalOf(withoutOpsgenie.whoIsOnCall(opsgenie))).toContain("OPSGENIE_API_KEY is not set");
    expect(await withoutPagerDuty.whoIsOnCall(opsgenie)).toEqual(new Set(["sam@example.com"]));
    expect(await withoutOpsgenie.whoIsOnCall(pagerDuty)).toEqual(new Set(["sam@example.com"]));
  });
});

describe("the error", () => {
  it("is known by its name when it was stored and comes back as a plain error", () => {
    const replayed = Object.assign(new Error("Who is on call is not known."), { name: "OnCallError" });
    expect(isOnCallError(replayed)).toBe(true);
    expect(isOnCallError(new Error("something else"))).toBe(false);
    expect(isOnCallError({ name: "OnCallError" })).toBe(false);
  });
});
