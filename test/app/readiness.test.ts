import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReadiness, writeFault, type Check } from "../../src/app/readiness.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function readinessOf(checks: Check[], isStopping = false) {
  return createReadiness({
    checks,
    policyVersion: () => "abc",
    isStopping: () => isStopping,
    now: Date.now,
  });
}

const check = (name: string, ask: Check["ask"]): Check => ({ name, ask, everyMilliseconds: 5_000 });
const well = () => Promise.resolve(undefined);
const hangs = () => new Promise<undefined>(() => undefined);

test("with every check well it is ready, and says so of each", async () => {
  const ready = readinessOf([check("database", well), check("slack", well)]);
  expect(await ready()).toEqual({ status: 200, text: "database: ok\nslack: ok\npolicy: abc\n" });
});

test.each([
  ["answers with a fault", () => Promise.resolve("not_in_channel"), "channel: not_in_channel"],
  ["rejects", () => Promise.reject(new Error("x")), "channel: does not answer"],
  [
    "throws at once",
    () => {
      throw new Error("x");
    },
    "channel: does not answer",
  ],
  ["hangs", hangs, "channel: does not answer"],
])("a check that %s is named, and the others still speak", async (_what, ask, line) => {
  const answer = readinessOf([check("database", well), check("channel", ask)])();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await answer).toEqual({ status: 503, text: `database: ok\n${line}\npolicy: abc\n` });
});

test("whatever hangs, and however many do, the answer is there within two seconds", async () => {
  const ready = readinessOf(["one", "two", "three"].map((name) => check(name, hangs)));
  let answered = 0;
  for (let probe = 0; probe < 3; probe += 1) {
    void ready().then(() => (answered += 1));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(answered).toBe(probe + 1);
  }
});

test("a good answer is asked for again after its time only", async () => {
  const ask = vi.fn(well);
  const ready = readinessOf([check("channel", ask)]);
  await ready();
  vi.setSystemTime(5_000);
  await ready();
  expect(ask).toHaveBeenCalledTimes(1);
  vi.setSystemTime(5_001);
  await ready();
  expect(ask).toHaveBeenCalledTimes(2);
});

test("a question that hangs is not put again at each probe, and is put again after half a minute", async () => {
  const ask = vi.fn(hangs);
  const ready = readinessOf([check("database", ask)]);
  for (let probe = 0; probe < 10; probe += 1) {
    void ready();
    await vi.advanceTimersByTimeAsync(2_500);
  }
  expect(ask).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(6_000);
  void ready();
  await vi.advanceTimersByTimeAsync(1);
  expect(ask).toHaveBeenCalledTimes(2);
});

test("an app that stops is not ready", async () => {
  expect(await readinessOf([check("database", well)], true)()).toMatchObject({ status: 503 });
});

const failing = (code: string | undefined) =>
  ({
    transaction: () => Promise.reject(Object.assign(new Error("No space left on device"), { code })),
  }) as never;

test.each([
  ["53100", "the disk is full"],
  ["53200", "cannot be written"],
  ["25006", "cannot be written"],
  ["58030", "cannot be written"],
])("a database that refuses to be written by %s says that %s", async (code, words) => {
  expect(await writeFault(failing(code))).toContain(words);
});

test("a role that may make no table of its own is no fault, and what is unknown is no answer", async () => {
  expect(await writeFault(failing("42501"))).toBeUndefined();
  await expect(writeFault(failing("57P01"))).rejects.toThrow("No space");
  await expect(writeFault(failing(undefined))).rejects.toThrow("No space");
});
