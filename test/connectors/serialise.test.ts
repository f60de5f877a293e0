import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSerialiser } from "../../src/connectors/serialise.ts";

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("writes with the same key", () => {
  it("run one at a time in the order they came, also after one has failed", async () => {
    const writes = createSerialiser();
    const log: string[] = [];
    const write = (name: string, fails = false) =>
      writes.run("sam", async () => {
        log.push(`${name} starts`);
        await new Promise(setImmediate);
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const results = await Promise.allSettled([write("a"), write("b", true), write("c")]);
    expect(log).toEqual(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("run beside those of other keys", async () => {
    const writes = createSerialiser();
    const { opened, open } = gate();
    const blocked = writes.run("sam", () => opened);
    expect(await writes.run("kim", async () => "done")).toBe("done");
    open();
    await blocked;
  });

  it("still wait for those before them when one between them gives up", async () => {
    const writes = createSerialiser();
    const { opened, open } = gate();
    const log: string[] = [];
    const first = writes.run("sam", async () => {
      await opened;
      log.push("first");
    });
    const controller = new AbortController();
    const second = writes.run("sam", async () => log.push("second"), { signal: controller.signal });
    const third = writes.run("sam", async () => log.push("third"));
    controller.abort(new Error("withdrawn"));
    await expect(second).rejects.toThrow("withdrawn");
    expect(log).toEqual([]);
    open();
    await Promise.all([first, third]);
    expect(log).toEqual(["first", "third"]);
  });
});

describe("what is urgent", () => {
  it("passes what waits to be tried again, and never meets another attempt on the wire", async () => {
    const writes = createSerialiser();
    const log: string[] = [];
    const answer = gate();
    const again = gate();
    const slow = writes.run("sam", async (inTurn) => {
      await inTurn(async () => {
        log.push("slow, first attempt");
        await answer.opened;
      });
      await again.opened;
      await inTurn(async () => log.push("slow, second attempt"));
    });
    const waits = writes.run("sam", (inTurn) => inTurn(async () => log.push("ordinary")));
    const urgent = writes.run("sam", (inTurn) => inTurn(async () => log.push("urgent")), { isUrgent: true });
    await new Promise(setImmediate);
    expect(log).toEqual(["slow, first attempt"]);
    answer.open();
    await urgent;
    expect(log).toEqual(["slow, first attempt", "urgent"]);
    again.open();
    await Promise.all([slow, waits]);
    expect(log.slice(2)).toEqual(["slow, second attempt", "ordinary"]);
  });

  it("whatever comes and gives up, there is one attempt on the wire, and each kind keeps its order", async () => {
    const call = fc.record({
      isUrgent: fc.boolean(),
      attempts: fc.integer({ min: 1, max: 3 }),
      givesUp: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 8 }), async (calls) => {
        const writes = createSerialiser();
        let onTheWire = 0;
        const begun: number[] = [];
        const ended = calls.map(async ({ isUrgent, attempts, givesUp }, index) => {
          const controller = new AbortController();
          const running = writes.run(
            "sam",
            async (inTurn) => {
              begun.push(index);
              for (let attempt = 0; attempt < attempts; attempt += 1) {
                await inTurn(async () => {
                  onTheWire += 1;
                  expect(onTheWire).toBe(1);
                  await new Promise(setImmediate);
                  onTheWire -= 1;
                });
                await new Promise(setImmediate);
              }
            },
            { isUrgent, signal: controller.signal },
          );
          if (givesUp) setImmediate(() => controller.abort(new Error("withdrawn")));
          await running;
        });
        const results = await Promise.allSettled(ended);
        for (const [index, { status }] of results.entries())
          expect(status === "fulfilled" || calls[index]?.givesUp === true).toBe(true);
        for (const isUrgent of [true, false]) {
          const own = begun.filter((index) => calls[index]?.isUrgent === isUrgent);
          expect(own).toEqual(own.toSorted((one, other) => one - other));
        }
      }),
    );
  });
});
