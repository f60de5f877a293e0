import { afterEach, beforeEach, expect, test } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { signedIn, type Send } from "./vendor-client.ts";

const now = new Date("2026-03-02T09:30:00Z");
const HOUR = 3_600_000;

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;

beforeEach(async () => {
  zoom = await startZoomSimulator({
    clock: () => now,
    rateLimits: false,
    scopes: [
      "user:write:admin",
      "meeting:read:list_meetings:admin",
      "meeting:read:meeting:admin",
      "meeting:update:status:admin",
      "webinar:read:list_webinars:admin",
      "cloud_recording:read:list_user_recordings:admin",
    ],
  });
  send = await signedIn(zoom);
  sam = zoom.addUser();
});

afterEach(() => zoom.close());

const inHours = (hours: number) => new Date(now.getTime() + hours * HOUR);

async function topics(query: string): Promise<unknown[]> {
  const { status, body } = await send("GET", `/users/${sam.id}/meetings${query}`);
  expect(status).toBe(200);
  return (body["meetings"] as { topic: string }[]).map(({ topic }) => topic);
}

test("meetings are listed by kind, and only those of the user", async () => {
  zoom.addMeeting(sam, { topic: "instant", type: 1, live: true });
  zoom.addMeeting(sam, { topic: "running", startTime: inHours(-2), live: true });
  zoom.addMeeting(sam, { topic: "next" });
  zoom.addMeeting(sam, { topic: "next year", startTime: inHours(24 * 365) });
  zoom.addMeeting(sam, { topic: "past", startTime: inHours(-24) });
  zoom.addMeeting(zoom.addUser(), { topic: "somebody else's", live: true });
  expect(await topics("?type=live")).toEqual(["running"]);
  expect(await topics("?type=upcoming")).toEqual(["running", "next"]);
  expect(await topics("?type=previous_meetings")).toEqual(["past", "running"]);
  expect(await topics("")).toEqual(["past", "running", "next", "next year"]);
});

test("pages of meetings follow one another, and count all", async () => {
  for (const topic of ["a", "b", "c"]) zoom.addMeeting(sam, { topic });
  const { body } = await send("GET", `/users/${sam.id}/meetings?type=upcoming&page_size=2`);
  expect(body).toMatchObject({ page_size: 2, total_records: 3 });
  const token = String(body["next_page_token"]);
  expect(await topics(`?type=upcoming&page_size=2&next_page_token=${token}`)).toEqual(["c"]);
  const other = await send("GET", `/users/${sam.id}/meetings?type=live&next_page_token=${token}`);
  expect(other).toMatchObject({ status: 400, body: { code: 300 } });
});

test("a running meeting is ended, and can be looked at before and after", async () => {
  const meeting = zoom.addMeeting(sam, { live: true });
  const path = `/meetings/${meeting.id}`;
  expect((await send("GET", path)).body).toMatchObject({ status: "started", host_id: sam.id });
  expect((await send("PUT", `${path}/status`, { action: "end" })).status).toBe(204);
  expect((await send("GET", path)).body).toMatchObject({ status: "waiting" });
  expect(await topics("?type=live")).toEqual([]);
});

test("an instant meeting is gone once it has ended: 404/3001", async () => {
  const { id } = zoom.addMeeting(sam, { type: 1, live: true });
  expect((await send("PUT", `/meetings/${id}/status`, { action: "end" })).status).toBe(204);
  const gone = { status: 404, body: { code: 3001, message: `Meeting does not exist: ${id}.` } };
  expect(await send("GET", `/meetings/${id}`)).toMatchObject(gone);
  expect(await send("PUT", `/meetings/${id}/status`, { action: "end" })).toMatchObject(gone);
});

test("a meeting on the customer's own servers, a webinar and an unknown action are refused", async () => {
  const onPremise = zoom.addMeeting(sam, { live: true, onPremise: true });
  const webinar = zoom.addWebinar(sam);
  const end = (id: number, action = "end") => send("PUT", `/meetings/${id}/status`, { action });
  expect(await end(onPremise.id)).toMatchObject({ status: 400, body: { code: 3063 } });
  expect(onPremise.live).toBe(true);
  expect(await end(webinar.id)).toMatchObject({ status: 400, body: { code: 3000 } });
  expect(await end(onPremise.id, "stop")).toMatchObject({ status: 400, body: { code: 300 } });
});

test("whoever may not host has no meetings and ends none: 400/3161", async () => {
  const { id } = zoom.addMeeting(sam, { live: true });
  sam.type = 99;
  const refusal = { status: 400, body: { code: 3161 } };
  expect(await send("GET", `/users/${sam.id}/meetings`)).toMatchObject(refusal);
  expect(await send("GET", `/meetings/${id}`)).toMatchObject(refusal);
  expect(await send("PUT", `/meetings/${id}/status`, { action: "end" })).toMatchObject(refusal);
});

test("webinars are for those who have the add-on: else 400/200", async () => {
  const path = `/users/${sam.id}/webinars?type=upcoming`;
  expect(await send("GET", path)).toMatchObject({ status: 400, body: { code: 200 } });
  sam.pretend.webinarLicense = true;
  for (const hours of [-5, 1, 2]) zoom.addWebinar(sam, { startTime: inHours(hours) });
  expect((await send("GET", path)).body).toMatchObject({ total_records: 2, page_count: 1 });
  const second = await send("GET", `/users/${sam.id}/webinars?page_size=2&page_number=2`);
  expect(second.body["webinars"]).toHaveLength(1);
});

test("recordings are those of the days asked for, of a month at most", async () => {
  const record = (day: string, inTrash = false) =>
    zoom.recordings.push({
      meetingId: 81234567890,
      hostId: sam.id,
      topic: day,
      startTime: new Date(`${day}T23:59:00Z`),
      minutes: 5,
      bytes: 7,
      inTrash,
    });
  for (const day of ["2025-12-31", "2026-02-01", "2026-03-01", "2026-03-02"]) record(day);
  record("2026-03-01", true);
  const count = async (query: string) => {
    const { body } = await send("GET", `/users/${sam.id}/recordings${query}`);
    return [body["from"], body["to"], body["total_records"]];
  };
  expect(await count("?from=2026-03-01&to=2026-03-01")).toEqual(["2026-03-01", "2026-03-01", 1]);
  expect(await count("")).toEqual(["2026-03-02", "2026-03-02", 1]);
  expect(await count("?from=2025-01-01&to=2026-03-02")).toEqual(["2026-01-30", "2026-03-02", 3]);
  expect(await count("?from=2026-03-01&trash=true")).toEqual(["2026-03-01", "2026-03-02", 1]);
  const wrong = await send("GET", `/users/${sam.id}/recordings?from=2026-02-30`);
  expect(wrong).toMatchObject({ status: 400, body: { code: 300 } });
});

test.each(["meetings", "webinars", "recordings"])("%s of nobody: 404/1001", async (path) => {
  expect(await send("GET", `/users/nobody/${path}`)).toMatchObject({ status: 404, body: { code: 1001 } });
});

test("what somebody hosted goes to whom it was transferred, or goes with them", async () => {
  const heir = zoom.addUser();
  zoom.addMeeting(sam);
  zoom.addWebinar(sam);
  const transfer = `action=delete&transfer_email=${encodeURIComponent(heir.email)}&transfer_meeting=true`;
  expect((await send("DELETE", `/users/${sam.id}?${transfer}`)).status).toBe(204);
  expect(zoom.meetings.map(({ hostId }) => hostId)).toEqual([heir.id]);
  expect(zoom.webinars).toEqual([]);
});
