import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimits } from "../../playground/zoom/rate-limits.ts";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn } from "./vendor-client.ts";

const START = Date.UTC(2026, 2, 2, 9, 30);

test("the fifth light request of a second is refused on the free plan, and medium ones count apart", async () => {
  let now = START;
  const zoom = await startZoomSimulator({
    plan: "free",
    clock: () => new Date(now),
    scopes: USER_ADMINISTRATION_SCOPES,
  });
  try {
    const send = await signedIn(zoom);
    for (let left = 3; left >= 0; left -= 1) {
      const { status, headers } = await send("GET", "/users/me");
      expect(status).toBe(200);
      expect(headers.get("x-ratelimit-remaining")).toBe(String(left));
    }
    const refused = await send("DELETE", "/users/me/token");
    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 429,
        message: "You have reached the maximum per-second rate limit for this API. Try again later.",
      },
    });
    expect(refused.headers.get("x-ratelimit-category")).toBe("Light");
    expect(refused.headers.get("x-ratelimit-type")).toBe("QPS");
    expect(refused.headers.get("retry-after")).toBeNull();
    expect((await send("GET", "/users")).status).toBe(200);
    now += 1000;
    expect((await send("GET", "/users/me")).status).toBe(200);
  } finally {
    await zoom.close();
  }
});

test("the daily limit names the next UTC midnight as an ISO date-time", () => {
  let now = START;
  const limits = createRateLimits(() => new Date(now));
  for (let count = 0; count < 2000; count += 1) {
    expect(limits.spend("Medium", "free", "full").refusal).toBeUndefined();
    now += 500;
  }
  const { headers, refusal } = limits.spend("Medium", "free", "full");
  expect(refusal?.body).toMatchObject({
    message: expect.stringContaining("maximum daily rate limit") as string,
  });
  expect(headers).toEqual({
    "x-ratelimit-category": "Medium",
    "x-ratelimit-type": "Daily-limit",
    "x-ratelimit-limit": "2000",
    "x-ratelimit-remaining": "0",
    "retry-after": "2026-03-03T00:00:00Z",
  });
  now = Date.UTC(2026, 2, 3);
  expect(limits.spend("Medium", "free", "full").refusal).toBeUndefined();
});

test("headers come in the form that was asked for", () => {
  const limits = createRateLimits(() => new Date(START));
  for (let count = 0; count < 20; count += 1)
    expect(limits.spend("Medium", "pro", "none").headers).toEqual({});
  expect(limits.spend("Medium", "pro", "none").headers).toEqual({});
  expect(limits.spend("Medium", "pro", "retryAfterDate").headers).toEqual({
    "retry-after": "2026-03-02T09:30:01Z",
  });
});

test("no second ever lets more than the limit through, and a refusal is never early", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 120 }), (pauses) => {
      let now = START;
      const passed: number[] = [];
      const limits = createRateLimits(() => new Date(now));
      for (const pause of pauses) {
        now += pause;
        const inLastSecond = passed.filter((time) => time > now - 1000).length;
        const { refusal } = limits.spend("Light", "free", "none");
        expect(refusal !== undefined).toBe(inLastSecond >= 4);
        if (!refusal) passed.push(now);
      }
    }),
  );
});
