import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { createZoomConnector, type ZoomConnector } from "../../src/connectors/zoom.ts";
import { isProven } from "../../src/workflow/step/read-back.ts";
import { createInstantClock } from "./instant-clock.ts";

const scopes = ["user", "meeting", "webinar", "recording", "role"].flatMap((what) => [
  `${what}:read:admin`,
  `${what}:write:admin`,
]);
const png = Buffer.from("\u0089PNG\r\n\u001a\n\u0000\u00ff", "latin1");
const picture = { name: "sam.png", content: png.toString("base64") };

let vendor: ZoomSimulator;
let zoom: ZoomConnector;
let sam: ZoomUser;
let kim: ZoomUser;

async function start(granted: string[]): Promise<void> {
  await vendor?.close();
  vendor = await startZoomSimulator({ rateLimits: false, scopes: granted });
  zoom = createZoomConnector({
    apiUrl: vendor.apiUrl,
    oauthUrl: vendor.oauthUrl,
    ...vendor.credentials,
    plan: "business",
    clock: createInstantClock(Date.now()),
    random: () => 0,
  });
  sam = vendor.addUser();
  kim = vendor.addUser();
}

beforeEach(() => start(scopes));
afterEach(() => vendor.close());

const run = (name: string, input: object) => zoom.execute(findOperation(`zoom.${name}`), input);
const proven = (name: string, input: Record<string, unknown>) =>
  isProven(zoom, findOperation(`zoom.${name}`), input);

async function failureOf(name: string, input: object): Promise<VendorErrorFacts> {
  try {
    await run(name, input);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("the connector to Zoom", () => {
  it.each<[string, () => Record<string, unknown>]>([
    ["assistant.add", () => ({ userId: sam.id, assistants: [kim.email], canManagePrivateEvents: true })],
    ["assistant.remove", () => ({ userId: kim.id, assistantId: sam.id })],
    ["assistant.removeAll", () => ({ userId: kim.id })],
    ["scheduler.remove", () => ({ userId: sam.email, schedulerId: kim.id })],
    ["scheduler.removeAll", () => ({ userId: sam.id })],
    ["picture.delete", () => ({ userId: sam.email })],
    ["background.upload", () => ({ userId: sam.id, background: picture })],
    ["background.delete", () => ({ userId: sam.id, fileIds: ["old"] })],
    ["meeting.end", () => ({ meetingId: String(vendor.addMeeting(sam, { live: true }).id) })],
    ["meeting.end", () => ({ meetingId: String(vendor.addMeeting(sam, { live: true, type: 1 }).id) })],
    ["role.removeMember", () => ({ userId: sam.id, roleId: "1" })],
  ])("sees %s proven when it was done, and not before", async (name, makeInput) => {
    kim.pretend.assistants.set(sam.id, false);
    sam.pic_url = "https://example.com/sam.png";
    sam.role_id = "1";
    sam.pretend.backgrounds = [{ id: "old", name: "o.png", size: 1, type: "image", is_default: false }];
    const input = makeInput();
    expect(await proven(name, input)).toBe("not_proven");
    await run(name, input);
    expect(await proven(name, input)).toBe("proven");
  });

  it("uploads a picture byte for byte", async () => {
    await run("picture.upload", { userId: sam.id, picture });
    const { bytes } = vendor.calls.at(-1)?.request ?? {};
    expect(bytes?.includes(png)).toBe(true);
    expect(sam.pic_url).toBeDefined();
  });

  it("counts what a person has ahead and behind", async () => {
    vendor.addMeeting(sam);
    vendor.addMeeting(sam, { live: true });
    vendor.addWebinar(sam);
    sam.pretend.webinarLicense = true;
    const day = new Date().toISOString().slice(0, 10);
    const { id: hostId } = sam;
    const recording = { meetingId: 81234567890, topic: "", startTime: new Date(day), minutes: 5, bytes: 7 };
    vendor.recordings.push({ ...recording, hostId, inTrash: false });
    const userId = sam.email;
    expect(await run("meeting.list", { userId, type: "live" })).toMatchObject({ total_records: 1 });
    expect(await run("meeting.list", { userId, type: "upcoming" })).toMatchObject({ total_records: 2 });
    expect(await run("webinar.list", { userId, type: "upcoming" })).toMatchObject({ total_records: 1 });
    const recordings = await run("recording.list", { userId, from: day, to: day });
    expect(recordings).toMatchObject({ total_records: 1 });
  });

  it("lists roles and who has them", async () => {
    sam.role_id = "1";
    expect(await run("role.list", {})).toMatchObject({ roles: [{ id: "0" }, { id: "1" }, { id: "2" }] });
    expect(await run("role.listMembers", { roleId: "1" })).toMatchObject({ members: [{ id: sam.id }] });
  });

  it("says of a meeting that is gone that it was not found, and of no other 404", async () => {
    const meeting = await failureOf("meeting.end", { meetingId: "81234567890" });
    expect(meeting).toMatchObject({ kind: "not_found", status: 404, code: 3001, mayHaveHappened: false });
    expect(meeting.advice).toMatch(/no such meeting/);
    const member = await failureOf("role.removeMember", { roleId: "1", userId: sam.id });
    expect(member).toMatchObject({ kind: "refused", status: 404 });
    const role = await failureOf("role.listMembers", { roleId: "none" });
    expect(role).toMatchObject({ kind: "refused", code: 1034 });
    expect(role.advice).toMatch(/no such role/);
  });

  it("names the scope that roles want, which Zoom refuses in other words than elsewhere", async () => {
    await start(["user:read:admin"]);
    expect(await failureOf("role.list", {})).toMatchObject({ kind: "missing_scope", code: 4700 });
    vendor.addFault({
      kind: "answer",
      answer: {
        status: 400,
        body: { code: 4700, message: "Invalid access token, does not contain role:read:admin scope." },
      },
    });
    const { kind, advice } = await failureOf("role.list", {});
    expect(kind).toBe("missing_scope");
    expect(advice).toContain("role:read:list_roles:admin");
  });

  it("does not upload a second time when the first answer was lost", async () => {
    vendor.addFault({ kind: "lostAnswer", path: /virtual_backgrounds$/, times: 1 });
    const input = { userId: sam.id, background: picture };
    expect(await failureOf("background.upload", input)).toMatchObject({ mayHaveHappened: true, attempts: 1 });
    expect(sam.pretend.backgrounds).toHaveLength(1);
    expect(await proven("background.upload", input)).toBe("proven");
  });
});
