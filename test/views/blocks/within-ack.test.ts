import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ackAfter, withinAck } from "../../../views/blocks/within-ack.ts";

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

/** What happens around a press whose work takes so many milliseconds, in order. */
async function pressed(milliseconds: number, fault?: Error): Promise<string[]> {
  const seen: string[] = [];
  const work = new Promise<string>((resolve, reject) => {
    setTimeout(() => {
      seen.push("written");
      if (fault === undefined) resolve("recorded");
      else reject(fault);
    }, milliseconds);
  });
  const answer = ackAfter(
    async () => seen.push("acknowledged"),
    work,
    async () => seen.push("still working"),
  ).then(
    (result) => seen.push(result),
    (error: unknown) => seen.push((error as Error).message),
  );
  await vi.advanceTimersByTimeAsync(10_000);
  await answer;
  return seen;
}

test("a press is acknowledged after it is written, and never before Slack would give up", async () => {
  expect(await pressed(100)).toEqual(["written", "acknowledged", "recorded"]);
  expect(await pressed(4_000)).toEqual(["acknowledged", "still working", "written", "recorded"]);
});

test("a press whose work fails is acknowledged, and the fault is its own", async () => {
  expect(await pressed(100, new Error("broken"))).toEqual(["written", "acknowledged", "broken"]);
  expect(await pressed(4_000, new Error("broken"))).toEqual([
    "acknowledged",
    "still working",
    "written",
    "broken",
  ]);
});

test("a press that nobody answers is never acknowledged, so Slack shows an error: its process was ended", async () => {
  let acknowledged = false;
  void ackAfter(
    async () => (acknowledged = true),
    new Promise<never>(() => {}),
    async () => undefined,
  );
  await vi.advanceTimersByTimeAsync(2_000);
  expect(acknowledged).toBe(false);
});
