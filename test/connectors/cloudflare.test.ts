import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import {
  createCloudflareConnector,
  type CloudflareConnectorOptions,
} from "../../src/connectors/cloudflare.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { createInstantClock } from "./instant-clock.ts";

let vendor: CloudflareSimulator;
let accountId: string;
const email = "sam+test@example.com";

beforeEach(async () => {
  vendor = await startCloudflareSimulator({ rateLimits: false });
  accountId = vendor.credentials.accountId;
});
afterEach(() => vendor.close());

function connect(credentials?: CloudflareConnectorOptions["credentials"]) {
  return createCloudflareConnector({
    apiUrl: vendor.apiUrl,
    credentials: credentials ?? { apiToken: vendor.credentials.apiToken },
    timeout: 300,
    clock: createInstantClock(Date.now()),
    random: () => 0,
  });
}

function run(name: string, input: unknown, credentials?: CloudflareConnectorOptions["credentials"]) {
  return connect(credentials).execute(findOperation(`cloudflare.access.${name}`), input);
}

async function failureOf(...call: Parameters<typeof run>): Promise<VendorErrorFacts> {
  try {
    await run(...call);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("the connector to Cloudflare", () => {
  it("finds a person, sees their sessions, revokes them and sees them gone", async () => {
    const sam = vendor.addAccessUser({ email });
    vendor.signIn(email);
    expect(await run("findUser", { accountId, email })).toMatchObject([{ id: sam.id, email }]);
    expect(await run("listActiveSessions", { accountId, userId: sam.id })).toHaveLength(1);
    const input = { accountId, email, devices: true, warpSessionReauth: true, accessUserId: sam.id };
    expect(await run("revokeUserInAccount", input)).toBe(true);
    expect(await run("listActiveSessions", { accountId, userId: sam.id })).toEqual([]);
    expect(vendor.revocations[0]?.body).toEqual({ email, devices: true, warp_session_reauth: true });
  });

  it("revokes in a zone with the e-mail only", async () => {
    const zoneId = vendor.zoneIds[0];
    expect(await run("revokeUserInZone", { zoneId, email })).toBe(true);
    expect(vendor.revocations[0]).toMatchObject({ scope: "zone", zoneId, body: { email } });
  });

  it("signs in with the legacy pair as well", async () => {
    const { apiEmail, apiKey } = vendor.credentials;
    expect(await run("findUser", { accountId, email }, { email: apiEmail, key: apiKey })).toEqual([]);
    expect(vendor.calls[0]?.request.headers).toMatchObject({
      "x-auth-email": apiEmail,
      "x-auth-key": apiKey,
    });
    expect(vendor.calls[0]?.request.headers.authorization).toBeUndefined();
  });

  it("sends a revocation again after a lost answer, because revoking twice is revoking once", async () => {
    vendor.addFault({ kind: "lostAnswer", times: 1 });
    expect(await run("revokeUserInAccount", { accountId, email })).toBe(true);
    expect(vendor.revocations).toHaveLength(2);
  });

  it("leaves open whether a revocation happened that was never answered", async () => {
    vendor.addFault({ kind: "lostAnswer" });
    const facts = await failureOf("revokeUserInAccount", { accountId, email });
    expect(facts).toMatchObject({ kind: "connection", mayHaveHappened: true, attempts: 3 });
  });

  it("names the permission that the token lacks", async () => {
    vendor.permissions = [];
    const facts = await failureOf("revokeUserInAccount", { accountId, email });
    expect(facts).toMatchObject({ kind: "missing_scope", status: 403, code: 10000, mayHaveHappened: false });
    expect(facts.advice).toContain('"Access: Organizations Revoke"');
  });

  it("says that a token is wrong, and that an account is none", async () => {
    const facts = await failureOf("findUser", { accountId, email }, { apiToken: "wrong" });
    expect(facts).toMatchObject({ kind: "unauthorized", status: 401, code: 10000 });
    expect(facts.advice).toContain("CLOUDFLARE_API_TOKEN");
    const wrong = await failureOf("findUser", { accountId: "0".repeat(32), email });
    expect(wrong).toMatchObject({ kind: "refused", code: 7003 });
    expect(wrong.advice).toContain("CLOUDFLARE_ACCOUNT_ID");
  });
});

describe("a failure at Cloudflare", () => {
  const revoke = "revokeUserInAccount";
  const fault = (code: number, message = "Odd") => ({
    success: false,
    errors: [{ code, message }],
    result: null,
  });

  it.each([
    [revoke, 200, { success: false, errors: [{ code: 12130, message: "No" }] }, "refused", false, 12130],
    [revoke, 200, { success: false, errors: [], result: true }, "refused", false, undefined],
    [revoke, 200, { success: true, result: false }, "refused", false, undefined],
    [revoke, 200, { success: true, result: null }, "unreadable", true, undefined],
    [revoke, 200, { success: true }, "unreadable", true, undefined],
    [revoke, 200, { success: "true", result: true }, "unreadable", true, undefined],
    [revoke, 200, { result: true }, "unreadable", true, undefined],
    [revoke, 200, "<html>Checking your browser</html>", "unreadable", true, undefined],
    [revoke, 204, undefined, "unreadable", true, undefined],
    [revoke, 307, undefined, "unreadable", true, undefined],
    [revoke, 400, { success: true, result: true }, "refused", false, undefined],
    [revoke, 400, fault(9106), "unauthorized", false, 9106],
    [revoke, 400, fault(7003), "refused", false, 7003],
    [revoke, 404, fault(7003), "refused", false, 7003],
    [revoke, 401, fault(1000), "unauthorized", false, 1000],
    [revoke, 403, fault(9109), "unauthorized", false, 9109],
    [revoke, 403, fault(10000), "missing_scope", false, 10000],
    [revoke, 403, "<html>Forbidden</html>", "unreadable", true, undefined],
    [revoke, 429, fault(10429), "rate_limited", false, 10429],
    [revoke, 429, "<html>Slow down</html>", "rate_limited", false, undefined],
    [revoke, 500, fault(1), "server_error", true, 1],
    [revoke, 524, "<html>Origin</html>", "server_error", true, undefined],
  ])("of %s with %i %j is %s, and may have happened: %s", async (name, status, body, kind, open, code) => {
    vendor.addFault({ kind: "answer", answer: { status, body } });
    const facts = await failureOf(name, { accountId, email });
    expect(facts).toMatchObject({ vendor: "cloudflare", kind, status, mayHaveHappened: open });
    expect(facts.code).toBe(code);
    expect(facts.advice).toMatch(/\w.*\.$/);
    expect(vendor.calls.every((call) => call.request.path.endsWith("/revoke_user"))).toBe(true);
  });

  it("of a list takes neither null nor HTML for an empty one, and a 404 for not found only in Cloudflare's words", async () => {
    const input = { accountId, userId: "u-1" };
    vendor.addFault({
      kind: "answer",
      answer: { status: 200, body: { success: true, result: null } },
      times: 1,
    });
    expect(await failureOf("listActiveSessions", input)).toMatchObject({ kind: "unreadable" });
    vendor.addFault({ kind: "answer", answer: { status: 404, body: "<html></html>" }, times: 1 });
    expect(await failureOf("listActiveSessions", input)).toMatchObject({ kind: "unreadable" });
    vendor.addFault({ kind: "answer", answer: { status: 404, body: fault(12109) }, times: 1 });
    expect(await failureOf("listActiveSessions", input)).toMatchObject({ kind: "not_found" });
  });

  it("that blocks the token for minutes ends the call at once and says until when", async () => {
    const answer = { status: 429, headers: { "retry-after": "300" }, body: fault(10429) };
    vendor.addFault({ kind: "answer", answer });
    const facts = await failureOf(revoke, { accountId, email });
    expect(facts).toMatchObject({ kind: "rate_limited", attempts: 1, mayHaveHappened: false });
    expect(facts.advice).toMatch(/after \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  });
});
