import { afterEach, beforeEach, expect, test } from "vitest";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";

let simulator: Simulator;
let waits: number[];
let latency: number;

beforeEach(async () => {
  waits = [];
  latency = 0;
  simulator = await startSimulator("vendor", () => ({ status: 200, body: { id: "own" } }), {
    latency: () => latency,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
});

afterEach(() => simulator.close());

async function ask(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(simulator.url + path);
  return { status: response.status, body: await response.json() };
}

test("an answer can be changed after the vendor's own rules made it", async () => {
  simulator.addFault({
    kind: "changed",
    change: ({ status, body }, { path }) => ({ status, body: { ...(body as object), path } }),
    times: 1,
  });
  expect(await ask("/one")).toEqual({ status: 200, body: { id: "own", path: "/one" } });
  expect(await ask("/two")).toEqual({ status: 200, body: { id: "own" } });
  expect(simulator.calls.map(({ outcome }) => outcome)).toEqual([
    { status: 200, body: { id: "own", path: "/one" } },
    { status: 200, body: { id: "own" } },
  ]);
});

test("a fault strikes only the requests that it is meant for, and lets the first ones through", async () => {
  simulator.addFault({
    kind: "answer",
    answer: { status: 500, body: {} },
    when: ({ query }) => query.has("page"),
    skip: 1,
    times: 2,
  });
  const statuses: number[] = [];
  for (const path of ["/", "/?page=2", "/", "/?page=3", "/?page=4", "/?page=5"])
    statuses.push((await ask(path)).status);
  expect(statuses).toEqual([200, 200, 200, 500, 500, 200]);
});

test("latency and slow answers wait by the given clock, and latency can change at any moment", async () => {
  await ask("/");
  latency = 3_000;
  simulator.addFault({ kind: "slow", milliseconds: 7_000, times: 1 });
  await ask("/");
  await ask("/");
  expect(waits).toEqual([0, 3_000, 7_000, 3_000]);
});
