import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimit } from "../../playground/cloudflare/rate-limit.ts";
import { startCloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { createSender } from "./vendor-client.ts";

const START = Date.UTC(2026, 2, 2, 9, 30);

test("the limit's headers are on every answer, also on refusals and without credentials", async () => {
  const cloudflare = await startCloudflareSimulator({ clock: () => new Date(START) });
  try {
    const { apiToken, accountId } = cloudflare.credentials;
    const send = createSender(cloudflare.apiUrl, { authorization: `Bearer ${apiToken}` });
    const first = await send("GET", `/accounts/${accountId}/access/users`);
    const second = await send("GET", "/nothing");
    const nobody = await createSender(cloudflare.apiUrl, {})("GET", "/nothing");
    expect(first.headers.get("ratelimit")).toBe('"default";r=1199;t=300');
    expect(second.headers.get("ratelimit")).toBe('"default";r=1198;t=300');
    expect(nobody.headers.get("ratelimit")).toBe('"default";r=1200;t=300');
    for (const { headers } of [first, second, nobody]) {
      expect(headers.get("ratelimit-policy")).toBe('"default";q=1200;w=300');
      expect(headers.get("retry-after")).toBeNull();
    }
  } finally {
    await cloudflare.close();
  }
});

test("past the limit a token is blocked for a whole window, while the legacy pair still works", async () => {
  let now = START;
  const cloudflare = await startCloudflareSimulator({
    clock: () => new Date(now),
    rateLimits: { requests: 2, seconds: 300 },
  });
  try {
    const { apiToken, apiEmail, apiKey, accountId } = cloudflare.credentials;
    const path = `/accounts/${accountId}/access/users`;
    const send = createSender(cloudflare.apiUrl, { authorization: `Bearer ${apiToken}` });
    expect((await send("GET", path)).status).toBe(200);
    expect((await send("GET", path)).status).toBe(200);
    now += 200_000;
    const blocked = await send("GET", path);
    expect(blocked).toMatchObject({ status: 429, body: { success: false, result: null } });
    expect(blocked.headers.get("retry-after")).toBe("300");
    const legacy = createSender(cloudflare.apiUrl, { "x-auth-email": apiEmail, "x-auth-key": apiKey });
    expect((await legacy("GET", path)).status).toBe(200);
    now += 299_001;
    expect((await send("GET", path)).headers.get("retry-after")).toBe("1");
    now += 999;
    expect((await send("GET", path)).status).toBe(200);
  } finally {
    await cloudflare.close();
  }
});

test("whoever waits as long as Retry-After says is let through", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 40_000 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      (pauses, requests) => {
        let now = START;
        const limit = createRateLimit({ requests, seconds: 60 }, () => new Date(now));
        for (const pause of pauses) {
          now += pause;
          const { refused, headers } = limit.spend("token");
          expect(refused).toBe(headers["retry-after"] !== undefined);
          if (!refused) continue;
          now += Number(headers["retry-after"]) * 1000;
          expect(limit.spend("token").refused).toBe(false);
        }
      },
    ),
  );
});
