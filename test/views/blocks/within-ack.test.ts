import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withinAck } from "../../../views/blocks/within-ack.ts";

/** After so long Slack gives up on an answer. */
const SLACK_MILLISECONDS = 3_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("work that takes longer is given up with time to spare before Slack does", async () => {
  let early: string | undefined = "not yet";
  void withinAck(new Promise<string>(() => {})).then((value) => (early = value));
  await vi.advanceTimersByTimeAsync(SLACK_MILLISECONDS - 500);
  expect(early).toBeUndefined();
});

test("work that is quicker is waited for, and leaves no timer behind", async () => {
  const work = Promise.withResolvers<string>();
  const answer = withinAck(work.promise);
  await vi.advanceTimersByTimeAsync(2_000);
  work.resolve("done");
  expect(await answer).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
});

test("work that fails in time fails here", async () => {
  await expect(withinAck(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});
