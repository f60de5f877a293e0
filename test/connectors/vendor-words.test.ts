import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answerMalformedHeader,
  answerRefusedLocation,
  answerThrottled,
  answerWritesRefused,
  answerZoneWithoutTokens,
} from "../../playground/cloudflare/faults.ts";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { answerRefusal } from "../../playground/zoom/faults.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { sendCall } from "../../src/workflow/step/send-step.ts";
import { createInstantClock } from "./instant-clock.ts";

async function failureOf(connector: Connector, name: string, input: object): Promise<VendorErrorFacts> {
  try {
    await connector.execute(findOperation(name), input);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("what Zoom minds", () => {
  let zoom: ZoomSimulator;
  let connector: Connector;

  beforeEach(async () => {
    zoom = await startZoomSimulator({ rateLimits: false, scopes: ["user:read:admin", "user:write:admin"] });
    connector = createZoomConnector({
      apiUrl: zoom.apiUrl,
      oauthUrl: zoom.oauthUrl,
      ...zoom.credentials,
      plan: "business",
      timeout: 2_000,
      clock: createInstantClock(Date.now()),
      random: () => 0,
    });
  });
  afterEach(() => zoom.close());

  const deletion = { action: "delete", transferEmail: "heir@example.com", transfer: ["meeting"] };

  function send(userId: string) {
    const operation = findOperation("zoom.user.delete");
    const input = { userId, ...deletion };
    return sendCall(
      {
        execute: (one, given) => connector.execute(one, given),
        clock: { now: Date.now, elapsed: () => performance.now(), sleep: () => Promise.resolve() },
        readBackMilliseconds: 1,
      },
      {
        step: { id: "delete", title: "Delete", operation: operation.name, input, after: [], requires: [] },
        operation,
        input,
        isFirstRun: true,
        isRepeatable: false,
        answered: () => Promise.resolve(),
      },
    );
  }

  it("about who receives the data is a failure that names another recipient, not a person who is gone", async () => {
    const sam = zoom.addUser({ email: "sam@example.com" });
    zoom.addFault({
      ...answerRefusal(404, 1001, "User does not exist: heir@example.com."),
      method: "DELETE",
    });
    const facts = await failureOf(connector, "zoom.user.delete", { userId: sam.id, ...deletion });
    expect(facts).toMatchObject({ kind: "refused", code: 1001, about: "another" });
    expect(facts.advice).toMatch(/no user heir@example\.com in this account: name another recipient/);
    expect(await send(sam.id)).toMatchObject({ outcome: "failed", facts: { code: 1001, about: "another" } });
  });

  it("without saying about whom is looked at before anybody is called gone", async () => {
    const sam = zoom.addUser({ email: "sam@example.com" });
    zoom.addFault({ ...answerRefusal(404, 1001, "User does not exist."), method: "DELETE" });
    expect(await send(sam.id)).toMatchObject({ outcome: "failed", facts: { about: "unclear" } });
    expect(await send("nobody-here")).toMatchObject({ outcome: "not_found" });
  });

  it("after a deletion that was refused as “not found” while the person is there, is a failure", async () => {
    const sam = zoom.addUser({ email: "sam@example.com" });
    zoom.addFault({ ...answerRefusal(404, 1001, `User does not exist: ${sam.id}.`), method: "DELETE" });
    const result = await send(sam.id);
    expect(result).toMatchObject({ outcome: "failed" });
    expect(result.sentence).toMatch(/still shows .* It was NOT done\.$/);
  });

  it("after “not found”, while the person cannot be checked, is not called gone", async () => {
    const sam = zoom.addUser({ email: "sam@example.com" });
    zoom.addFault({ ...answerRefusal(404, 1001, `User does not exist: ${sam.id}.`), method: "DELETE" });
    zoom.addFault({ kind: "reset", method: "GET", path: /users/ });
    expect(await send(sam.id)).toMatchObject({ outcome: "failed", facts: { unknown: true } });
  });

  it("as 400/1010 means what 1001 means", async () => {
    zoom.addFault({ ...answerRefusal(400, 1010, "User not found on this account"), path: /users/ });
    const facts = await failureOf(connector, "zoom.user.get", { userId: "sam@example.com" });
    expect(facts).toMatchObject({ kind: "not_found", status: 400, code: 1010 });
    expect(facts.advice).toMatch(/no such user in this account/);
  });

  it.each([
    ["zoom.user.updateStatus", 200, "Invalid api key or secret.", /admin|role/i],
    ["zoom.user.updateStatus", 200, "Der Status dieses Benutzers kann nicht geändert werden.", /admin|role/i],
    ["zoom.user.delete", 1000, "Es gibt Benutzer, die noch ausstehen.", /call queue|receptionist/i],
    ["zoom.user.delete", 1000, "users that are still in pending state", /call queue|receptionist/i],
    ["zoom.user.delete", 200, "Can not transfer to a Zoom Rooms user", /this is a zoom room/i],
  ])("to %s as %i “%s” gets no cause that Zoom did not name", async (name, code, message, cause) => {
    const sam = zoom.addUser({ email: "sam@example.com" });
    zoom.addFault({ ...answerRefusal(400, code, message), path: /users/ });
    const rest = name === "zoom.user.delete" ? deletion : { action: "deactivate" };
    const facts = await failureOf(connector, name, { userId: sam.id, ...rest });
    expect(facts).toMatchObject({ code, vendorMessage: message });
    expect(facts.advice).not.toMatch(cause);
  });

  it("of scopes names the operation's own, whatever list comes with it", async () => {
    const message =
      "Invalid access token, does not contain scopes:[user:write:admin, user:delete:user, user:update:status:admin].";
    zoom.addFault({ ...answerRefusal(400, 4711, message), path: /users/ });
    const facts = await failureOf(connector, "zoom.user.updateStatus", {
      userId: "abc",
      action: "deactivate",
    });
    expect(facts).toMatchObject({ kind: "missing_scope" });
    expect(facts.advice).toMatch(/^Add the scope user:update:status:admin to /);
  });
});

describe("what Cloudflare minds", () => {
  let cloudflare: CloudflareSimulator;
  const email = "sam@example.com";

  beforeEach(async () => {
    cloudflare = await startCloudflareSimulator({ rateLimits: false });
  });
  afterEach(() => cloudflare.close());

  function connect(isPair = false): Connector {
    const { apiToken, apiEmail, apiKey } = cloudflare.credentials;
    return createCloudflareConnector({
      apiUrl: cloudflare.apiUrl,
      credentials: isPair ? { email: apiEmail, key: apiKey } : { apiToken },
      timeout: 2_000,
      clock: createInstantClock(Date.now()),
      random: () => 0,
    });
  }

  const find = "cloudflare.access.findUser";
  const revoke = "cloudflare.access.revokeUserInAccount";
  const input = () => ({ accountId: cloudflare.accountId, email });

  it("as a location is the token's address filter, and no missing permission", async () => {
    cloudflare.addFault(answerRefusedLocation("203.0.113.9"));
    const facts = await failureOf(connect(), find, input());
    expect(facts).toMatchObject({ kind: "unauthorized", status: 403, code: 9109 });
    expect(facts.advice).toMatch(/address filter/);
    expect(facts.advice).not.toMatch(/permission/);
  });

  it.each([
    ["Authorization", 6111, false, /CLOUDFLARE_API_TOKEN is malformed/],
    ["X-Auth-Key", 6103, true, /CLOUDFLARE_API_EMAIL and CLOUDFLARE_API_KEY is malformed/],
  ] as const)("about the header %s has its cause in the chain (%i)", async (header, code, isPair, advice) => {
    cloudflare.addFault(answerMalformedHeader(header));
    const facts = await failureOf(connect(isPair), find, input());
    expect(facts).toMatchObject({ kind: "unauthorized", status: 400, code: 6003, chain: [code] });
    expect(facts.vendorMessage).toContain(`(${code} Invalid format for ${header} header)`);
    expect(facts.advice).toMatch(advice);
  });

  it("in one zone as 405/10000 is of that zone: the token just worked", async () => {
    const [zoneId = ""] = cloudflare.zoneIds;
    cloudflare.addFault(answerZoneWithoutTokens(zoneId));
    const connector = connect();
    await connector.execute(findOperation(revoke), input());
    const facts = await failureOf(connector, "cloudflare.access.revokeUserInZone", { zoneId, email });
    expect(facts).toMatchObject({ kind: "refused", status: 405, code: 10000 });
    expect(facts.advice).toMatch(/takes no API token for this call here/);
    expect(facts.advice).not.toMatch(/expired|permission/);
  });

  it.each(["403/10000", "400/10000", "401/1001"] as const)(
    "of writes while reads work is the permission (%s)",
    async (how) => {
      cloudflare.addFault(answerWritesRefused(how));
      const connector = connect();
      await connector.execute(findOperation(find), input());
      const facts = await failureOf(connector, revoke, input());
      expect(facts).toMatchObject({ kind: "missing_scope" });
      expect(facts.advice).toMatch(/permission "Access: Organizations Revoke"/);
    },
  );

  it("of the e-mail and key pair names that pair", async () => {
    const body = { success: false, errors: [{ code: 10000, message: "Authentication error" }], result: null };
    cloudflare.addFault({ kind: "answer", answer: { status: 401, body } });
    const { advice } = await failureOf(connect(true), find, input());
    expect(advice).toMatch(/CLOUDFLARE_API_EMAIL and CLOUDFLARE_API_KEY/);
    expect(advice).not.toMatch(/CLOUDFLARE_API_TOKEN/);
  });

  it("when it throttles without the limit being used up is said as that", async () => {
    cloudflare.addFault(answerThrottled());
    const facts = await failureOf(connect(), find, input());
    expect(facts).toMatchObject({ kind: "rate_limited", code: 971 });
    expect(facts.advice).toMatch(/below its documented limit/);
  });
});
