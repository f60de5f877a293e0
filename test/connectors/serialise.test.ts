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
    const second = writes.run("sam", async () => log.push("second"), controller.signal);
    const third = writes.run("sam", async () => log.push("third"));
    controller.abort(new Error("withdrawn"));
    await expect(second).rejects.toThrow("withdrawn");
    expect(log).toEqual([]);
    open();
    await Promise.all([first, third]);
    expect(log).toEqual(["first", "third"]);
  });
});
