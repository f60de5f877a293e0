import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isOnCallError } from "../../src/connectors/on-call-error.ts";
import { both, openOnCallWorld, refusalOf, type OnCallWorld } from "./ask-on-call.ts";

let world: OnCallWorld;
beforeEach(async () => {
  world = await openOnCallWorld();
});
afterEach(() => world.provider.close());

describe.each(both)("$name", ({ name, schedule }) => {
  const unknown = `Who is on call in the ${name} schedule ${schedule.schedule} is not known: `;

  it("refuses all who share a question, and none who ask afterwards", async () => {
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    world.provider.fail("html", 1);
    const onCall = world.ask();
    await Promise.all([1, 2, 3].map(() => refusalOf(onCall.whoIsOnCall(schedule))));
    expect(world.provider.calls).toHaveLength(1);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
  });

  it.each([
    ["429", 2, "it is being asked too often (HTTP 429)."],
    ["500", 2, "it has a fault of its own (HTTP 500)."],
    ["timeout", 2, "it could not be reached (no answer within 500 ms)."],
    ["reset", 2, "it could not be reached ("],
    ["truncated", 2, "it could not be reached ("],
    ["html", 1, `its answer is not what ${name} documents.`],
    ["wrong_schedule", 1, "it answered about another schedule."],
  ] as const)("gives no answer on %s, after %i calls", async (failure, calls, reason) => {
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    world.provider.fail(failure);
    const timeoutMilliseconds = failure === "timeout" ? 500 : 2_000;
    const message = await refusalOf(world.ask({ timeoutMilliseconds }).whoIsOnCall(schedule));
    expect(message).toContain(unknown + reason);
    expect(message).toMatch(/\.$/);
    expect(world.provider.calls).toHaveLength(calls);
  });

  it.each(["429", "500", "timeout", "reset", "truncated"] as const)(
    "gets over a single %s by asking once more",
    async (failure) => {
      world.provider.setOnCall(schedule, ["sam@example.com"]);
      world.provider.fail(failure, 1);
      const timeoutMilliseconds = failure === "timeout" ? 300 : 2_000;
      expect(await world.ask({ timeoutMilliseconds }).whoIsOnCall(schedule)).toEqual(
        new Set(["sam@example.com"]),
      );
      expect(world.provider.calls).toHaveLength(2);
      expect(world.clock.sleeps.every((milliseconds) => milliseconds <= 250)).toBe(true);
    },
  );

  it("does not wait for longer than somebody at a button would", async () => {
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    world.provider.addFault({ kind: "answer", answer: { status: 429, headers: { "retry-after": "20" } } });
    expect(await refusalOf(world.ask().whoIsOnCall(schedule))).toBe(
      `${unknown}it is being asked too often (HTTP 429).`,
    );
    expect(world.provider.calls).toHaveLength(1);
    expect(world.clock.sleeps).toEqual([]);
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
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    const headers = { location: `${world.provider.url}/elsewhere` };
    world.provider.addFault({ kind: "answer", answer: { status, headers } });
    expect(await refusalOf(world.ask().whoIsOnCall(schedule))).toBe(unknown + reason);
    expect(world.provider.calls).toHaveLength(1);
  });

  it("gives no answer by one that has no end", async () => {
    const body = { padding: "x".repeat(2 * 1024 * 1024) };
    world.provider.addFault({ kind: "answer", answer: { status: 200, body } });
    expect(await refusalOf(world.ask().whoIsOnCall(schedule))).toContain(
      "the answer is longer than 1048576 bytes",
    );
  });

  it("is not known when its schedule is not", async () => {
    expect(await refusalOf(world.ask().whoIsOnCall(schedule))).toBe(
      `${unknown}it does not know this schedule (HTTP 404).`,
    );
  });

  it("gives no answer to wrong credentials, and the message does not show them", async () => {
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    const warnings: unknown[] = [];
    const secret = "canary-token-of-somebody";
    const onCall = world.ask({
      pagerDuty: { apiUrl: world.provider.pagerDutyUrl, token: secret },
      opsgenie: { apiUrl: world.provider.opsgenieUrl, key: secret },
      log: { warn: (facts, message) => void warnings.push([facts, message]) },
    });
    const message = await refusalOf(onCall.whoIsOnCall(schedule));
    expect(message).toBe(`${unknown}it refused our credentials (HTTP 401).`);
    expect(warnings).toEqual([[schedule, message]]);
  });

  it("repeats nothing of what a refusal says, which may be anything", async () => {
    const echo = JSON.stringify(world.provider.credentials);
    for (const status of [200, 401, 418, 500]) {
      world.provider.addFault({
        kind: "answer",
        answer: { status, body: { error: { message: echo }, echo } },
      });
      const message = await refusalOf(world.ask().whoIsOnCall(schedule));
      expect(message).not.toContain(world.provider.credentials.pagerDutyToken);
      expect(message).not.toContain(world.provider.credentials.opsgenieKey);
      world.provider.clearFaults();
    }
  });

  it("is not known when nobody listens", async () => {
    const onCall = world.ask();
    await world.provider.close();
    expect(await refusalOf(onCall.whoIsOnCall(schedule))).toContain("it could not be reached (ECONNREFUSED)");
  });

  it("is never asked by an id that could lead elsewhere", async () => {
    const onCall = world.ask();
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
    expect(world.provider.calls).toEqual([]);
  });

  it.each([
    ["is none", "sam"],
    ["is that of somebody deleted", undefined],
    ["has an invisible character", "sam\u200B@example.com"],
    ["would turn into somebody else's", "\u212Aim@example.com"],
    ["has a name in front", "Sam <sam@example.com>"],
  ])("gives no answer when an address %s, rather than leaving somebody out", async (_, email) => {
    world.provider.setOnCall(schedule, ["kim@example.com", email === undefined ? {} : { email }]);
    expect(await refusalOf(world.ask().whoIsOnCall(schedule))).toBe(
      `${unknown}somebody on call has no e-mail address that can be trusted.`,
    );
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
