import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { createInstantClock } from "../connectors/instant-clock.ts";
import { startCloudflareProxy } from "./cloudflare-proxy.ts";
import { findContract, type ValidatingProxy } from "./validating-proxy.ts";

const contractFile = findContract("cloudflare-revoke-user.openapi.json");
const revocations = ["cloudflare.access.revokeUserInAccount", "cloudflare.access.revokeUserInZone"] as const;

describe.skipIf(contractFile === undefined)("the connector keeps to Cloudflare's contract", () => {
  let cloudflare: CloudflareSimulator;
  let proxy: ValidatingProxy;
  let connectors: Connector[];

  beforeAll(async () => {
    cloudflare = await startCloudflareSimulator();
    proxy = await startCloudflareProxy(contractFile ?? "", cloudflare.apiUrl);
    const { apiToken, apiEmail, apiKey } = cloudflare.credentials;
    connectors = [{ apiToken }, { email: apiEmail, key: apiKey }].map((credentials) =>
      createCloudflareConnector({ apiUrl: proxy.url, credentials, clock: createInstantClock(Date.now()) }),
    );
  });

  afterAll(async () => {
    await proxy?.close();
    await cloudflare?.close();
  });

  test.each([
    [revocations[0], {}],
    [revocations[0], { devices: true }],
    [revocations[0], { devices: false, warpSessionReauth: true, accessUserId: "u-1" }],
    [revocations[1], {}],
  ])("%s with %j passes, by token and by the legacy pair", async (name, input) => {
    const { email } = cloudflare.addAccessUser();
    const place =
      name === revocations[0] ? { accountId: cloudflare.accountId } : { zoneId: cloudflare.zoneIds[0] };
    for (const connector of connectors)
      expect(await connector.execute(findOperation(name), { ...place, email, ...input })).toBe(true);
    expect(cloudflare.revocations.slice(-2)).toMatchObject([{ email }, { email }]);
  });

  test("the person's uid passes as well", async () => {
    const { email, uid } = cloudflare.addAccessUser();
    const input = { accountId: cloudflare.accountId, email, userUid: uid };
    for (const connector of connectors)
      expect(await connector.execute(findOperation(revocations[0]), input)).toBe(true);
  });

  test.each([
    [revocations[0], { devices: "yes" }],
    [revocations[0], { email: "sam" }],
    [revocations[0], { body_devices: true }],
    [revocations[1], { devices: true }],
  ])("%s with %j is refused before it is sent", async (name, input) => {
    const sent = cloudflare.calls.length;
    const whole = { accountId: cloudflare.accountId, email: "sam@example.com", ...input };
    for (const connector of connectors)
      await expect(connector.execute(findOperation(name), whole)).rejects.toThrow(TypeError);
    expect(cloudflare.calls).toHaveLength(sent);
  });
});
