import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerResultFalse } from "../../playground/cloudflare/faults.ts";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { createSender, type Answer, type Send } from "../playground/vendor-client.ts";
import { startCloudflareProxy } from "./cloudflare-proxy.ts";
import { findContract, type ValidatingProxy } from "./validating-proxy.ts";

const contractFile = findContract("cloudflare-revoke-user.openapi.json");

describe.skipIf(contractFile === undefined)("the pretend Cloudflare keeps to Cloudflare's contract", () => {
  let cloudflare: CloudflareSimulator;
  let proxy: ValidatingProxy;
  let send: Send;
  let accountPath: string;
  let zonePath: string;

  beforeAll(async () => {
    cloudflare = await startCloudflareSimulator();
    proxy = await startCloudflareProxy(contractFile ?? "", cloudflare.apiUrl);
    send = createSender(proxy.url, { authorization: `Bearer ${cloudflare.credentials.apiToken}` });
    accountPath = `/accounts/${cloudflare.accountId}/access/organizations/revoke_user`;
    zonePath = `/zones/${cloudflare.zoneIds[0]}/access/organizations/revoke_user`;
  });

  afterAll(async () => {
    await proxy?.close();
    await cloudflare?.close();
  });

  beforeEach(() => {
    cloudflare.calls.length = 0;
    cloudflare.clearFaults();
  });

  test("revoke_user of the account, with every field and with the devices in the query", async () => {
    const user = cloudflare.addAccessUser();
    const body = { email: user.email, devices: true, user_uid: user.uid, warp_session_reauth: true };
    expectForwarded(await send("POST", accountPath, body), 200);
    expectForwarded(await send("POST", `${accountPath}?devices=true`, { email: user.email }), 200);
    expectForwarded(await send("POST", accountPath, { email: "" }), 400);
  });

  test("revoke_user of a zone, with the e-mail only", async () => {
    expectForwarded(await send("POST", zonePath, { email: "sam@example.com" }), 200);
    expectForwarded(
      await send("POST", "/zones/other/access/organizations/revoke_user", { email: "a@b" }),
      404,
    );
  });

  test("the legacy pair of headers is within the contract", async () => {
    const { apiEmail, apiKey } = cloudflare.credentials;
    const legacy = createSender(proxy.url, { "x-auth-email": apiEmail, "x-auth-key": apiKey });
    expectForwarded(await legacy("POST", accountPath, { email: "sam@example.com" }), 200);
  });

  test("a success with a false result is within the contract: only the caller can refuse it", async () => {
    cloudflare.addFault({ ...answerResultFalse(), times: 1 });
    const answer = await send("POST", accountPath, { email: "sam@example.com" });
    expectForwarded(answer, 200);
    expect(answer.body).toMatchObject({ success: true, result: false });
  });

  test.each([
    ["account", { email: "sam@example.com", body_devices: true }],
    ["account", { devices: true }],
    ["account", { email: "sam@example.com", devices: "yes" }],
    ["account", undefined],
    ["zone", { email: "sam@example.com", devices: true }],
    ["zone", { email: "sam@example.com", warp_session_reauth: true }],
    ["zone", {}],
    ["zone", undefined],
  ])(
    "the contract refuses for the %s the body %j, and so does the pretend Cloudflare",
    async (scope, body) => {
      const path = scope === "account" ? accountPath : zonePath;
      const proxied = await send("POST", path, body);
      expect(proxied.status).toBe(422);
      expect(cloudflare.calls).toEqual([]);
      const authorization = `Bearer ${cloudflare.credentials.apiToken}`;
      const direct = await createSender(cloudflare.apiUrl, { authorization })("POST", path, body);
      expect(direct).toMatchObject({ status: 400, body: { success: false, result: null } });
    },
  );

  test("the contract refuses a call without credentials", async () => {
    const answer = await createSender(proxy.url, {})("POST", accountPath, { email: "sam@example.com" });
    expect(answer.status).toBe(401);
    expect(cloudflare.calls).toEqual([]);
  });

  test.each([
    ["a success whose result is text", { status: 200, body: { success: true, result: "done" } }],
    ["a failure without an envelope", { status: 400, body: { message: "no" } }],
  ])("the contract notices %s", async (_what, answer) => {
    cloudflare.addFault({ kind: "answer", answer, times: 1 });
    expect((await send("POST", accountPath, { email: "sam@example.com" })).status).toBe(500);
  });
});

function expectForwarded(answer: Answer, status: number): void {
  expect(answer.body).not.toHaveProperty("validation");
  expect(answer.headers.get("sl-violations")).toBeNull();
  expect(answer.status).toBe(status);
}
