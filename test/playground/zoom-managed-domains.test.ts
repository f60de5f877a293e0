import { afterEach, beforeEach, expect, test } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock } from "../connectors/instant-clock.ts";
import { signedIn } from "./vendor-client.ts";

let zoom: ZoomSimulator;

async function start(...scopes: string[]): Promise<void> {
  await zoom?.close();
  zoom = await startZoomSimulator({ rateLimits: false, scopes });
}

beforeEach(() => start("account:read:admin"));
afterEach(() => zoom.close());

const path = "/accounts/me/managed_domains";

test("the account's managed domains are listed, none where it has none", async () => {
  zoom.managedDomains.clear();
  const send = await signedIn(zoom);
  expect((await send("GET", path)).body).toEqual({ domains: [], total_records: 0 });
  zoom.managedDomains.add("example.com");
  expect((await send("GET", path)).body).toEqual({
    domains: [{ domain: "example.com", status: "managed" }],
    total_records: 1,
  });
});

test("they need a scope of their own, classic or granular", async () => {
  await start("user:read:admin", "user:write:admin");
  expect(await (await signedIn(zoom))("GET", path)).toMatchObject({ status: 400, body: { code: 4711 } });
  await start("account:read:managed_domains:master");
  expect(await (await signedIn(zoom))("GET", path)).toMatchObject({ status: 200 });
});

test("no other account's are listed, and nothing can be changed there", async () => {
  const send = await signedIn(zoom);
  expect((await send("GET", `/accounts/${zoom.credentials.accountId}x/managed_domains`)).status).not.toBe(
    200,
  );
  expect((await send("POST", path, {})).status).not.toBe(200);
});

test("the catalogue's operation reads them, and asks for nothing", async () => {
  const operation = findOperation("zoom.account.listManagedDomains");
  const connector = createZoomConnector({
    apiUrl: zoom.apiUrl,
    oauthUrl: zoom.oauthUrl,
    ...zoom.credentials,
    plan: "business",
    clock: createInstantClock(Date.now()),
  });
  expect(await connector.execute(operation, {})).toMatchObject({
    domains: expect.arrayContaining([{ domain: "northwind.example", status: "managed" }]),
  });
  expect(zoom.calls.at(-1)).toMatchObject({ request: { method: "GET", path: `/v2${path}` } });
  await expect(connector.execute(operation, { accountId: "another" })).rejects.toThrow(/accountId/);
});
