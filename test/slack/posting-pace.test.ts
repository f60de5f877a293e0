import { setImmediate as soon } from "node:timers/promises";
import { expect, test } from "vitest";
import { createLimiter } from "../../playground/slack/rate-limit.ts";
import { createPostingPace } from "../../src/slack/posting-pace.ts";

/** A clock that jumps to the next moment for which someone waits. */
function createClock() {
  let time = 0;
  const waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => waiting.push({ at: time + milliseconds, wake: resolve })),
    async run() {
      for (;;) {
        await soon();
        const next = waiting.toSorted((one, other) => one.at - other.at)[0];
        if (next === undefined) return;
        waiting.splice(waiting.indexOf(next), 1);
        time = Math.max(time, next.at);
        next.wake();
      }
    },
  };
}

/** Slack as its simulator limits it: one message a second in a channel, and four at once. */
function pretendChannel(clock: ReturnType<typeof createClock>) {
  const limiter = createLimiter(() => new Date(clock.now()));
  let refused = 0;
  return {
    refused: () => refused,
    async post() {
      const seconds = limiter("posting", "C0");
      if (seconds !== undefined) {
        refused += 1;
        throw Object.assign(new Error("limited"), { retryAfter: seconds });
      }
      return clock.now();
    },
  };
}

test("a lockout's first word is posted within a second though forty other messages wait", async () => {
  for (const after of [0, 1, 500, 4_999, 5_000, 12_345]) {
    const clock = createClock();
    const slack = pretendChannel(clock);
    const inPace = createPostingPace(clock);
    const others = Array.from({ length: 40 }, () => inPace("C0", false, () => slack.post()));
    const first = clock.sleep(after).then(() => inPace("C0", true, () => slack.post()));
    await clock.run();
    expect((await first) - after).toBeLessThanOrEqual(1_000);
    const posted = await Promise.all(others);
    expect(posted).toHaveLength(40);
    expect(Math.max(...posted)).toBeLessThanOrEqual(45_000);
  }
});

test("a long pause that Slack asks for holds for every message of the channel, and for no other channel", async () => {
  const clock = createClock();
  const inPace = createPostingPace(clock);
  let asked = 0;
  const limited = async () => {
    asked += 1;
    throw Object.assign(new Error("limited"), { retryAfter: 30 });
  };
  await expect(inPace("C0", false, limited)).rejects.toMatchObject({ retryAfter: 30 });
  await expect(inPace("C0", false, limited)).rejects.toMatchObject({ retryAfter: 30 });
  await expect(inPace("C0", true, limited)).rejects.toMatchObject({ retryAfter: 30 });
  expect(asked).toBe(1);
  expect(await inPace("C1", false, async () => "posted")).toBe("posted");
});
