import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSimulator } from "../../playground/simulator.ts";
import type { VendorAnswer } from "../../playground/vendor-http.ts";
import { createHttp, type AttemptReport, type SendOptions } from "../../src/connectors/http.ts";
import { createInstantClock, type InstantClock } from "./instant-clock.ts";

let vendor: Awaited<ReturnType<typeof startSimulator>>;
let clock: InstantClock;
let answer: VendorAnswer;

beforeEach(async () => {
  answer = { status: 200, body: { fine: true } };
  clock = createInstantClock();
  vendor = await startSimulator("vendor", () => answer);
});
afterEach(() => vendor.close());

const safeRead: SendOptions = { writes: false, repeatable: true, needsBody: true };
const safeWrite: SendOptions = { writes: true, repeatable: true, needsBody: true };
const onceOnly: SendOptions = { writes: true, repeatable: false, needsBody: true };

function send(options: SendOptions, { timeout = 5_000, maxBodyBytes = 10_000, method = "GET" } = {}) {
  const http = createHttp({ clock, random: () => 0.5, timeout, maxBodyBytes });
  return http(
    { method, url: new URL("/thing", vendor.url), headers: { accept: "application/json" } },
    options,
  );
}

describe("a call that is safe to repeat", () => {
  it.each([[429], [500], [502], [503], [504]])("is repeated after %i until it succeeds", async (status) => {
    vendor.addFault({ kind: "answer", answer: { status }, times: 2 });
    expect(await send(safeRead)).toMatchObject({ kind: "answer", status: 200, attempts: 3 });
    expect(clock.sleeps).toEqual([250, 500]);
  });

  it("is repeated after a reset, a truncated body and a lost answer", async () => {
    vendor.addFault({ kind: "reset", times: 1 });
    vendor.addFault({ kind: "truncated", times: 1 });
    expect(await send(safeRead)).toMatchObject({
      kind: "answer",
      status: 200,
      attempts: 3,
      unsettled: false,
    });
    vendor.addFault({ kind: "lostAnswer", times: 1 });
    expect(await send(safeWrite, { method: "PUT" })).toMatchObject({
      status: 200,
      attempts: 2,
      unsettled: true,
    });
  });

  it("is repeated after a timeout", async () => {
    vendor.addFault({ kind: "hang", times: 1 });
    expect(await send(safeRead, { timeout: 60 })).toMatchObject({ kind: "answer", status: 200, attempts: 2 });
  });

  it("ends after three attempts with the last answer", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 503, body: "busy" } });
    expect(await send(safeRead)).toMatchObject({ kind: "answer", status: 503, text: "busy", attempts: 3 });
    expect(vendor.calls).toHaveLength(3);
  });

  it.each([[400], [401], [403], [404], [409], [422]])("is not repeated after %i", async (status) => {
    answer = { status };
    expect(await send(safeRead)).toMatchObject({ kind: "answer", status, attempts: 1, unsettled: false });
    expect(vendor.calls).toHaveLength(1);
  });
});

describe("a call that must not happen twice", () => {
  it("is repeated after a 429, which refused it before anything happened", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 429 }, times: 1 });
    expect(await send(onceOnly, { method: "DELETE" })).toMatchObject({
      status: 200,
      attempts: 2,
      unsettled: false,
    });
  });

  it.each([
    ["a 500", { kind: "answer", answer: { status: 500 } }],
    ["a reset", { kind: "reset" }],
    ["a lost answer", { kind: "lostAnswer" }],
    ["a truncated answer", { kind: "truncated" }],
    ["silence", { kind: "hang" }],
  ] as const)("is not repeated after %s, and may have happened", async (_, fault) => {
    vendor.addFault(fault);
    const result = await send(onceOnly, { method: "DELETE", timeout: 60 });
    expect(result).toMatchObject({ attempts: 1, unsettled: true });
    expect(vendor.calls).toHaveLength(1);
  });

  it("has not happened when the vendor was never reached", async () => {
    await vendor.close();
    const result = await send(onceOnly, { method: "DELETE" });
    expect(result).toMatchObject({
      kind: "connection",
      reason: "ECONNREFUSED",
      attempts: 1,
      unsettled: false,
    });
  });
});

describe("an answer", () => {
  it("that redirects is returned as it is and followed nowhere", async () => {
    answer = { status: 307, headers: { location: `${vendor.url}/elsewhere` } };
    expect(await send(safeWrite, { method: "POST" })).toMatchObject({
      status: 307,
      attempts: 1,
      unsettled: true,
    });
    expect(vendor.calls.map((call) => call.request.path)).toEqual(["/thing"]);
  });

  it("is read up to its limit and no further", async () => {
    answer = { status: 200, body: "x".repeat(20_000) };
    expect(await send(safeRead)).toMatchObject({ kind: "unreadable", attempts: 1 });
  });

  it("of a success that needs no body counts although the body breaks off", async () => {
    vendor.addFault({ kind: "truncated" });
    const result = await send({ ...onceOnly, needsBody: false }, { method: "PUT" });
    expect(result).toMatchObject({ kind: "answer", status: 200, unsettled: false });
  });

  it("that refuses counts although its body breaks off", async () => {
    answer = { status: 404, body: { code: 1001, message: "User does not exist" } };
    vendor.addFault({ kind: "truncated" });
    expect(await send(safeRead)).toMatchObject({ kind: "answer", status: 404, text: "", attempts: 1 });
  });

  it("whose body never ends runs into the timeout of the attempt", async () => {
    vendor.server.removeAllListeners("request");
    vendor.server.on("request", (_, response) => {
      response.writeHead(200);
      response.write("{");
    });
    expect(await send(onceOnly, { timeout: 60 })).toMatchObject({
      kind: "timeout",
      attempts: 1,
      unsettled: true,
    });
  });
});

describe("the time to wait", () => {
  it("is the vendor's, with a little jitter", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 429, headers: { "retry-after": "3" } }, times: 1 });
    await send(safeRead);
    expect(clock.sleeps).toEqual([3_125]);
  });

  it("ends the call at once when the vendor asks for too much of it", async () => {
    answer = { status: 429, headers: { "retry-after": "300" } };
    const result = await send(safeRead);
    expect(result).toMatchObject({ status: 429, attempts: 1, retryAt: clock.now() + 300_000 });
    expect(clock.sleeps).toEqual([]);
  });
});

describe("an observer", () => {
  it("hears of every attempt and of the wait after it", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 503 }, times: 1 });
    vendor.addFault({ kind: "reset", times: 1 });
    const reports: AttemptReport[] = [];
    await send({ ...safeRead, onAttempt: (report) => reports.push(report) });
    expect(reports).toEqual([
      { attempt: 1, status: 503, milliseconds: 0, willRetryAfterMilliseconds: 250 },
      { attempt: 2, failure: "connection", milliseconds: 0, willRetryAfterMilliseconds: 500 },
      { attempt: 3, status: 200, milliseconds: 0 },
    ]);
  });

  it("is not needed for the rate limit to come before every attempt", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 429 }, times: 2 });
    let turns = 0;
    await send({
      ...safeRead,
      beforeAttempt: async () => {
        turns += 1;
      },
    });
    expect(turns).toBe(3);
  });
});

describe("a cancelled call", () => {
  it("is not sent, and gives the reason", async () => {
    const signal = AbortSignal.abort(new Error("withdrawn"));
    await expect(send({ ...safeWrite, signal })).rejects.toThrow("withdrawn");
    expect(vendor.calls).toHaveLength(0);
  });

  it("gives the reason when it was a read under way", async () => {
    const controller = new AbortController();
    vendor.addFault({ kind: "hang" });
    vendor.events.once("call", () => controller.abort(new Error("withdrawn")));
    await expect(send({ ...safeRead, signal: controller.signal })).rejects.toThrow("withdrawn");
    expect(vendor.calls).toHaveLength(1);
  });

  it("may have happened when it was a write under way, and is not repeated", async () => {
    const controller = new AbortController();
    vendor.addFault({ kind: "hang" });
    vendor.events.once("call", () => controller.abort());
    const result = await send({ ...safeWrite, signal: controller.signal }, { method: "PUT" });
    expect(result).toMatchObject({ kind: "connection", reason: "cancelled", attempts: 1, unsettled: true });
    expect(vendor.calls).toHaveLength(1);
  });
});
