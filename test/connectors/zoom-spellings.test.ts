import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector, type ZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock } from "./instant-clock.ts";

const DO_NOT_DISTURB = "Do_Not_Disturb";
const AS_LISTED = "Do_No_Disturb";

let vendor: ZoomSimulator;
let zoom: ZoomConnector;

beforeEach(async () => {
  vendor = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
  zoom = createZoomConnector({
    apiUrl: vendor.apiUrl,
    oauthUrl: vendor.oauthUrl,
    ...vendor.credentials,
    plan: "business",
    clock: createInstantClock(Date.now()),
    random: () => 0,
  });
});

afterEach(() => vendor.close());

async function setPresence(status: string): Promise<string> {
  const userId = [...vendor.users.values()].at(-1)?.id;
  try {
    await zoom.execute(findOperation("zoom.user.updatePresence"), { userId, status });
    return "done";
  } catch (error) {
    if (isVendorError(error)) return `${error.facts.status}/${error.facts.code}`;
    throw error;
  }
}

const sentStatuses = () =>
  vendor.calls
    .filter(({ request }) => request.method === "PUT")
    .map(({ request }) => request.body?.["status"]);

test.each([
  [[DO_NOT_DISTURB], [DO_NOT_DISTURB]],
  [[AS_LISTED], [DO_NOT_DISTURB, AS_LISTED]],
])("where Zoom takes only %j, it is sent %j", async (taken, sent) => {
  vendor.doNotDisturb = taken;
  const sam = vendor.addUser();
  expect(await setPresence(DO_NOT_DISTURB)).toBe("done");
  expect(sentStatuses()).toEqual(sent);
  expect(sam.pretend.presence?.status).toBe(taken[0]);
});

test("where Zoom takes neither spelling, both were sent, once", async () => {
  vendor.doNotDisturb = [];
  vendor.addUser();
  expect(await setPresence(DO_NOT_DISTURB)).toBe("400/300");
  expect(sentStatuses()).toEqual([DO_NOT_DISTURB, AS_LISTED]);
});

test("a refusal that Zoom documents is no matter of spelling", async () => {
  vendor.addUser({ pretend: { isInClient: false } });
  expect(await setPresence(DO_NOT_DISTURB)).toBe("400/5301");
  expect(sentStatuses()).toEqual([DO_NOT_DISTURB]);
});

test("another value has no other spelling", async () => {
  vendor.addFault({
    kind: "answer",
    method: "PUT",
    answer: { status: 400, body: { code: 300, message: "No." } },
    times: 1,
  });
  vendor.addUser();
  expect(await setPresence("Away")).toBe("400/300");
  expect(sentStatuses()).toEqual(["Away"]);
});

test("a licence past what a double keeps exactly arrives digit by digit", async () => {
  const sam = vendor.addUser();
  for (const [exponent, digits] of [
    [56, "72057594037927936"],
    [57, "144115188075855872"],
    [59, "576460752303423488"],
  ] as const) {
    const changes = { zoom_one_type: 2 ** exponent };
    await zoom.execute(findOperation("zoom.user.update"), { userId: sam.id, changes });
    expect(vendor.calls.at(-1)?.request.rawBody).toBe(`{"zoom_one_type":${digits}}`);
  }
});
