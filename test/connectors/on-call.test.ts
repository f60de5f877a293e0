import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { both, openOnCallWorld, opsgenie, pagerDuty, refusalOf, type OnCallWorld } from "./ask-on-call.ts";

let world: OnCallWorld;
beforeEach(async () => {
  world = await openOnCallWorld();
});
afterEach(() => world.provider.close());

describe.each(both)("$name", ({ schedule }) => {
  it("says who is on call, in lower case and each person once", async () => {
    world.provider.setOnCall(schedule, ["Sam.Otter@Example.com", "kim@example.com", "kim@example.com"]);
    expect(await world.ask().whoIsOnCall(schedule)).toEqual(
      new Set(["sam.otter@example.com", "kim@example.com"]),
    );
    expect(world.provider.calls).toHaveLength(1);
  });

  it("may say that nobody is", async () => {
    world.provider.setOnCall(schedule, []);
    expect(await world.ask().whoIsOnCall(schedule)).toEqual(new Set());
  });

  it("is asked again every time, so that a change of shifts counts at once", async () => {
    const onCall = world.ask();
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
    world.provider.setOnCall(schedule, ["kim@example.com"]);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["kim@example.com"]));
    world.provider.fail("500");
    await refusalOf(onCall.whoIsOnCall(schedule));
    world.provider.fail(undefined);
    expect(await onCall.whoIsOnCall(schedule)).toEqual(new Set(["kim@example.com"]));
  });

  it("no longer names somebody at the second that the shift ends", async () => {
    const end = new Date(world.clock.now() + 60_000);
    world.provider.setOnCall(schedule, [{ email: "sam@example.com", end }]);
    world.clock.advance(59_999);
    expect(await world.ask().whoIsOnCall(schedule)).toEqual(new Set(["sam@example.com"]));
    world.clock.advance(1);
    expect(await world.ask().whoIsOnCall(schedule)).toEqual(new Set());
  });

  it("gets one call for questions that come together, and one for each schedule", async () => {
    const other = { ...schedule, schedule: `${schedule.schedule}-2` };
    world.provider.setOnCall(schedule, ["sam@example.com"]);
    world.provider.setOnCall(other, ["kim@example.com"]);
    const onCall = world.ask();
    const answers = await Promise.all(
      [schedule, schedule, other, schedule].map((one) => onCall.whoIsOnCall({ ...one })),
    );
    expect(answers.map((emails) => [...emails])).toEqual([
      ["sam@example.com"],
      ["sam@example.com"],
      ["kim@example.com"],
      ["sam@example.com"],
    ]);
    expect(world.provider.calls).toHaveLength(2);
  });

  it.each(["a b", "a&limit=1", "a?b=c", "a#b", "ä", "%41", "null", "PA,PB"])(
    "takes the id %j for exactly what it is",
    async (id) => {
      const odd = { ...schedule, schedule: id };
      world.provider.setOnCall(odd, ["sam@example.com"]);
      expect(await world.ask().whoIsOnCall(odd)).toEqual(new Set(["sam@example.com"]));
    },
  );
});

describe("what is not configured", () => {
  it("is a no that names the setting, and the other provider still answers", async () => {
    world.provider.setOnCall(pagerDuty, ["sam@example.com"]);
    world.provider.setOnCall(opsgenie, ["sam@example.com"]);
    const withoutPagerDuty = world.ask({ pagerDuty: undefined });
    const withoutOpsgenie = world.ask({ opsgenie: undefined });
    expect(await refusalOf(withoutPagerDuty.whoIsOnCall(pagerDuty))).toContain(
      "PAGERDUTY_API_TOKEN is not set",
    );
    expect(await refusalOf(withoutOpsgenie.whoIsOnCall(opsgenie))).toContain("OPSGENIE_API_KEY is not set");
    expect(await withoutPagerDuty.whoIsOnCall(opsgenie)).toEqual(new Set(["sam@example.com"]));
    expect(await withoutOpsgenie.whoIsOnCall(pagerDuty)).toEqual(new Set(["sam@example.com"]));
  });
});
