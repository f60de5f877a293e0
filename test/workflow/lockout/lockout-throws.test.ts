import { afterAll, beforeAll, expect, test } from "vitest";
import type { Operation } from "../../../src/catalogue/operation.ts";
import { startVendors, type Vendors } from "./lockout-run.ts";

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(async () => {
  await vendors.close();
});

/** What the sentence calls a path that keeps nobody in by itself: no entry lets them back in, no password opens it. */
const SAID_AS: Readonly<Record<string, string>> = {
  "cloudflare-block": "block list",
  "zoom-password": "password",
};

const doorVendor = (id: string) => id.split("-")[0];

/** A lockout in which every vendor's answer came in time, however busy this machine is. */
async function undisturbed(before: (operation: Operation, index: number) => void) {
  for (;;) {
    const lockedOut = await vendors.lockOut(vendors.add(), before);
    if (!lockedOut.isDisturbed) return lockedOut;
  }
}

test("a throw at any call of a lockout leaves the other vendors' halves running, and the verdict names what was not done", async () => {
  let calls: Operation[] = [];
  const whole = await undisturbed((operation, number) => {
    if (number === 0) calls = [];
    calls.push(operation);
  });
  expect(whole.verdict.kind).toBe("locked");
  expect(new Set(calls.map(({ vendor }) => vendor))).toEqual(new Set(["zoom", "cloudflare", "slack"]));

  const seen: string[] = [];
  let left = 0;
  for (const index of calls.keys()) {
    let thrown: Operation | undefined;
    const { verdict } = await undisturbed((operation, number) => {
      if (number !== index) return;
      thrown = operation;
      throw new TypeError("a fault of the program");
    });
    if (thrown === undefined) continue;
    const { vendor, name } = thrown;
    seen.push(name);
    const others = verdict.doors.filter(({ id }) => doorVendor(id) !== vendor);
    expect([name, others.length > 2]).toEqual([name, true]);
    expect([name, ...others.filter(({ state }) => state !== "closed").map(({ id }) => id)]).toEqual([name]);
    // A path that nothing else closed is never said to be closed, and the first sentence names it.
    const own = verdict.doors.filter(({ id, state }) => doorVendor(id) === vendor && state !== "closed");
    for (const { id, title } of own.slice(0, 1))
      expect(`${name}: ${verdict.sentence}`).toContain(SAID_AS[id] ?? title);
    left += own.length > 0 ? 1 : 0;
    const opensNothing = own.every(({ id }) => id === "zoom-password");
    expect([name, verdict.kind === "locked"]).toEqual([name, opensNothing]);
  }
  expect(seen.length).toBeGreaterThan(20);
  expect(left).toBeGreaterThan(6);
});
