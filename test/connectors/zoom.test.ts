import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { AttemptReport } from "../../src/connectors/http.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector, type ZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock, type InstantClock } from "./instant-clock.ts";
import { createSteppedClock } from "./stepped-clock.ts";

let vendor: ZoomSimulator;
let zoom: ZoomConnector;
let clock: InstantClock;

beforeEach(async () => {
  vendor = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
  clock = createInstantClock(Date.now());
  zoom = createZoomConnector({
    apiUrl: vendor.apiUrl,
    oauthUrl: vendor.oauthUrl,
    ...vendor.credentials,
    plan: "business",
    timeout: 300,
    clock,
    random: () => 0,
  });
});
afterEach(() => vendor.close());

const users = /\/v2\/users/;

function run(name: string, input: unknown, onAttempt?: (report: AttemptReport) => void) {
  return zoom.execute(findOperation(name), input, { onAttempt });
}

async function failureOf(name: string, input: unknown): Promise<VendorErrorFacts> {
  try {
    await run(name, input);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error("It did not fail.");
}

function callsTo(path: RegExp) {
  return vendor.calls.filter((call) => path.test(call.request.path));
}

describe("the connector to Zoom", () => {
  it("reads, lists and checks", async () => {
    const sam = vendor.addUser({ email: "sam+test@example.com" });
    expect(await run("zoom.user.get", { userId: "sam+test@example.com" })).toMatchObject({ id: sam.id });
    expect(await run("zoom.user.list", {})).toMatchObject({ users: expect.any(Array) as unknown });
    expect(await run("zoom.user.checkEmail", { email: "nobody@example.com" })).toEqual({
      existed_email: false,
    });
  });

  it.each([[200], [204]] as const)(
    "takes a status change answered with %i for accepted",
    async (statusAnswer) => {
      vendor.statusAnswer = statusAnswer;
      const sam = vendor.addUser();
      expect(await run("zoom.user.updateStatus", { userId: sam.id, action: "deactivate" })).toBeUndefined();
      expect(vendor.users.get(sam.id)?.status).toBe("inactive");
    },
  );

  it("revokes and deletes", async () => {
    const [sam, kim] = [vendor.addUser(), vendor.addUser()];
    await run("zoom.user.revokeSsoToken", { userId: sam.id });
    await run("zoom.user.delete", {
      userId: sam.id,
      action: "delete",
      transferEmail: kim.email,
      transfer: ["meeting"],
    });
    expect(vendor.deletedUsers.map(({ user }) => user.id)).toEqual([sam.id]);
    expect(await failureOf("zoom.user.get", { userId: sam.id })).toMatchObject({ kind: "not_found" });
  });

  it("tells which scopes the app was granted", async () => {
    expect(await zoom.grantedScopes()).toEqual(["user:read:admin", "user:write:admin"]);
  });

  it("takes wrong input for a fault of the program and sends nothing", async () => {
    await expect(run("zoom.user.get", { userId: "me" })).rejects.toThrow(/zoom\.user\.get.*reserved word/s);
    await expect(run("zoom.user.get", { userId: "abc/../victim" })).rejects.toThrow(TypeError);
    expect(vendor.calls).toHaveLength(0);
  });

  it("makes the writes on one user one at a time, and those on several side by side", async () => {
    vendor.writeMilliseconds = 20;
    const sam = vendor.addUser();
    const action = ["deactivate", "activate", "deactivate"];
    await Promise.all(action.map((one) => run("zoom.user.updateStatus", { userId: sam.id, action: one })));
    expect(callsTo(/status$/).map((call) => call.request.body?.action)).toEqual(action);
    expect(sam.status).toBe("inactive");
  });
});

describe("a lockout's call", () => {
  it("passes another write on the same user that waits to be tried again", async () => {
    const sam = vendor.addUser();
    vendor.addFault({ kind: "answer", method: "PATCH", path: users, answer: { status: 429 }, times: 1 });
    const clock = createSteppedClock(Date.now());
    const patient = createZoomConnector({
      apiUrl: vendor.apiUrl,
      oauthUrl: vendor.oauthUrl,
      ...vendor.credentials,
      plan: "business",
      clock: clock.clock,
      random: () => 0.9,
    });
    const update = patient.execute(findOperation("zoom.user.update"), {
      userId: sam.id,
      changes: { dept: "Sales" },
    });
    await expect.poll(() => clock.asleep()).toBe(1);
    await patient.execute(
      findOperation("zoom.user.updateStatus"),
      { userId: sam.id, action: "deactivate" },
      { priority: 0 },
    );
    expect(sam.status).toBe("inactive");
    expect(callsTo(/users/).map(({ request }) => request.method)).toEqual(["PATCH", "PUT"]);
    await clock.advance(30_000);
    await update;
    expect(callsTo(/users/).map(({ request }) => request.method)).toEqual(["PATCH", "PUT", "PATCH"]);
  });
});

describe("what is looked at before an attempt", () => {
  it("is looked at when nothing else is on the wire, and what it forbids is not sent", async () => {
    const sam = vendor.addUser();
    vendor.writeMilliseconds = 50;
    const standing = new AbortController();
    const status = findOperation("zoom.user.updateStatus");
    const lockout = zoom.execute(status, { userId: sam.id, action: "deactivate" }, { priority: 0 });
    const release = zoom.execute(
      status,
      { userId: sam.id, action: "activate" },
      {
        signal: standing.signal,
        beforeAttempt: async () => {
          if (sam.status === "inactive") standing.abort(new Error("locked out anew"));
        },
      },
    );
    await expect(release).rejects.toThrow("locked out anew");
    await lockout;
    expect(sam.status).toBe("inactive");
    expect(callsTo(/status$/)).toHaveLength(1);
  });
});

describe("an access token", () => {
  it("serves fifty calls at once", async () => {
    const sam = vendor.addUser();
    await Promise.all(Array.from({ length: 50 }, () => run("zoom.user.get", { userId: sam.id })));
    expect(vendor.tokensIssued).toBe(1);
  });

  it("that has run out is replaced once, also for a call that must not happen twice", async () => {
    const sam = vendor.addUser();
    await run("zoom.user.get", { userId: sam.id });
    vendor.expireTokens();
    const reports: AttemptReport[] = [];
    await run("zoom.user.delete", { userId: sam.id, action: "delete" }, (report) => reports.push(report));
    expect(vendor.tokensIssued).toBe(2);
    expect(reports.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(vendor.deletedUsers).toHaveLength(1);
  });

  it("that is refused for another reason a second time is not replaced again", async () => {
    vendor.addFault({ kind: "answer", path: users, answer: { status: 401 } });
    const facts = await failureOf("zoom.user.get", { userId: "abc" });
    expect(facts).toMatchObject({ kind: "unauthorized", status: 401, attempts: 2, mayHaveHappened: false });
    expect(vendor.tokensIssued).toBe(2);
  });

  it.each([
    [401, "Invalid access token."],
    [400, "Access token is expired."],
  ])(
    "that another program ends (%i/124) is renewed for some seconds, and then that is said",
    async (status, message) => {
      vendor.addFault({ kind: "answer", path: users, answer: { status, body: { code: 124, message } } });
      const facts = await failureOf("zoom.user.get", { userId: "abc" });
      expect(facts).toMatchObject({ kind: "unauthorized", status, attempts: 6, mayHaveHappened: false });
      expect(facts.advice).toMatch(/another program .* a Zoom app of its own/);
      expect(vendor.tokensIssued).toBe(6);
      expect(clock.sleeps).toEqual([250, 500, 1_000, 2_000]);
    },
  );

  it("that another program ends three times gets the call through in the end", async () => {
    const sam = vendor.addUser();
    const body = { code: 124, message: "Invalid access token." };
    vendor.addFault({ kind: "answer", path: users, times: 3, answer: { status: 401, body } });
    expect(await run("zoom.user.get", { userId: sam.id })).toMatchObject({ id: sam.id });
  });
});

describe("an answer that was lost", () => {
  it("of a deletion leaves open whether it happened, and it is not sent again", async () => {
    const sam = vendor.addUser();
    vendor.addFault({ kind: "lostAnswer", method: "DELETE" });
    const facts = await failureOf("zoom.user.delete", { userId: sam.id, action: "delete" });
    expect(facts).toMatchObject({ kind: "connection", mayHaveHappened: true, attempts: 1 });
    expect(facts.advice).toMatch(/look at the person's state/);
    expect(vendor.deletedUsers).toHaveLength(1);
  });

  it("of a status change is got by sending it again", async () => {
    const sam = vendor.addUser();
    vendor.addFault({ kind: "lostAnswer", method: "PUT", times: 1 });
    await run("zoom.user.updateStatus", { userId: sam.id, action: "deactivate" });
    expect(callsTo(/status$/)).toHaveLength(2);
  });

  it("still leaves a write open when every later attempt is refused", async () => {
    const sam = vendor.addUser();
    vendor.addFault({ kind: "hang", method: "PUT", times: 1 });
    vendor.addFault({
      kind: "answer",
      method: "PUT",
      answer: { status: 400, body: { code: 300, message: "No." } },
    });
    const facts = await failureOf("zoom.user.updateStatus", { userId: sam.id, action: "deactivate" });
    expect(facts).toMatchObject({ kind: "refused", code: 300, mayHaveHappened: true, attempts: 2 });
  });

  it("of a read leaves nothing open", async () => {
    vendor.addFault({ kind: "reset", path: users });
    const facts = await failureOf("zoom.user.get", { userId: "abc" });
    expect(facts).toMatchObject({ kind: "connection", mayHaveHappened: false, attempts: 3 });
  });
});

describe("a failure at Zoom", () => {
  const status = ["zoom.user.updateStatus", { userId: "abc", action: "deactivate" }] as const;
  const deletion = ["zoom.user.delete", { userId: "abc", action: "delete" }] as const;
  const read = ["zoom.user.get", { userId: "abc" }] as const;

  it.each([
    [read, 404, { code: 1001, message: "User does not exist: abc." }, "not_found", false],
    [read, 400, { code: 1001, message: "User not exist." }, "not_found", false],
    [read, 404, "<html>Not found</html>", "unreadable", false],
    [deletion, 404, "<html>Not found</html>", "unreadable", true],
    [read, 404, { code: 2300, message: "This API endpoint is not recognized." }, "refused", false],
    [read, 302, undefined, "unreadable", false],
    [read, 200, "<html>Sign in to the network</html>", "unreadable", false],
    [read, 200, { id: 5 }, "unreadable", false],
    [read, 200, [], "unreadable", false],
    [status, 400, { code: 200, message: "Zoom Room and Admin users' status cannot be." }, "refused", false],
    [status, 400, { code: "300", message: "Zoom Events" }, "refused", false],
    [status, 400, { code: 4711, message: "does not contain scopes:[x]" }, "missing_scope", false],
    [status, 400, { code: 4700, message: "does not contain scopes:[x]" }, "missing_scope", false],
    [status, 403, { message: "Access to the Zoom REST API has been denied" }, "unauthorized", false],
    [status, 500, { code: 1001, message: "odd" }, "server_error", true],
    [status, 503, undefined, "server_error", true],
    [status, 429, { code: 200, message: "Too many requests" }, "rate_limited", false],
    [deletion, 429, { code: 429, message: "Too many concurrent requests." }, "rate_limited", false],
    [deletion, 502, "<html>Bad gateway</html>", "server_error", true],
    [deletion, 307, undefined, "unreadable", true],
  ])(
    "of %j with %i %j is %s, and may have happened: %s",
    async ([name, input], httpStatus, body, kind, open) => {
      vendor.addFault({ kind: "answer", path: users, answer: { status: httpStatus, body } });
      const facts = await failureOf(name, input);
      expect(facts).toMatchObject({ vendor: "zoom", operation: name, kind, status: httpStatus });
      expect(facts.mayHaveHappened).toBe(open);
      expect(facts.advice).toMatch(/\w.*\.$/);
    },
  );

  it("names the fields that it did not accept", async () => {
    const body = {
      code: 300,
      message: "Validation Failed.",
      errors: [{ field: "action", message: "Invalid." }],
    };
    vendor.addFault({ kind: "answer", path: users, answer: { status: 400, body } });
    expect((await failureOf(...status)).vendorMessage).toBe("Validation Failed. action: Invalid.");
  });

  it("that asks to wait for a day ends the call at once and says until when", async () => {
    const answer = {
      status: 429,
      headers: { "retry-after": "2099-05-31T00:00:00Z" },
      body: { code: 429, message: "You have reached the maximum daily rate limit for this API." },
    };
    vendor.addFault({ kind: "answer", path: users, answer });
    const facts = await failureOf(...status);
    expect(facts).toMatchObject({ kind: "rate_limited", attempts: 1, retryAt: "2099-05-31T00:00:00.000Z" });
    expect(facts.advice).toMatch(/daily limit.*after 2099-05-31 00:00 UTC/);
  });

  it("for want of a scope names it", async () => {
    const narrow = await startZoomSimulator({ scopes: ["user:read:user:admin"], rateLimits: false });
    const sam = narrow.addUser();
    const { apiUrl, oauthUrl, credentials } = narrow;
    const connector = createZoomConnector({ apiUrl, oauthUrl, ...credentials, plan: "pro" });
    const call = connector.execute(findOperation("zoom.user.updateStatus"), {
      userId: sam.id,
      action: "deactivate",
    });
    await expect(call).rejects.toMatchObject({
      facts: {
        kind: "missing_scope",
        code: 4711,
        advice: expect.stringContaining("user:update:status:admin") as unknown,
      },
    });
    await narrow.close();
  });
});
