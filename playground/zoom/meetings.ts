import { randomInt } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { createPager } from "./pages.ts";
import { readChoice, readJsonBody, readNumber } from "./parameters.ts";
import { ZoomRefusal, meetingDoesNotExist, userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import type { ZoomAccount, ZoomMeeting } from "./state.ts";
import { isAddressedBy, zoomTime, type ZoomUser } from "./user.ts";

const MEETING_TYPES = ["scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"] as const;
/** About six months. */
const HORIZON = 183 * 86_400_000;

/** Fills a partial meeting up to a scheduled one that begins in an hour. */
export function createMeeting(
  host: ZoomUser,
  now: Date,
  partial: Partial<Omit<ZoomMeeting, "hostId">> = {},
): ZoomMeeting {
  return {
    id: randomInt(80_000_000_000, 99_999_999_999),
    hostId: host.id,
    topic: "Weekly meeting",
    type: 2,
    startTime: new Date(now.getTime() + 3_600_000),
    minutes: 60,
    live: false,
    onPremise: false,
    ...partial,
  };
}

/** Who has no licence for meetings, which deactivation may have taken. Throws 400/3161. */
function checkMayHost(account: ZoomAccount, user: ZoomUser): void {
  const hasLost = account.deactivationTakesMeetings && user.status === "inactive";
  if (hasLost || user.type === 4 || user.type === 99)
    throw new ZoomRefusal(
      400,
      3161,
      "Meeting hosting and scheduling capabilities are not allowed for your user account.",
    );
}

function hasEnded({ startTime, minutes }: ZoomMeeting, now: number): boolean {
  return startTime.getTime() + minutes * 60_000 <= now;
}

function matchesType(meeting: ZoomMeeting, type: (typeof MEETING_TYPES)[number], now: number): boolean {
  // Not even while they run: Zoom says that no list has instant meetings.
  if (meeting.type === 1) return false;
  if (type === "live") return meeting.live;
  if (type === "scheduled") return true;
  if (type === "previous_meetings")
    return hasEnded(meeting, now) && meeting.startTime.getTime() >= now - HORIZON;
  return meeting.live || (!hasEnded(meeting, now) && meeting.startTime.getTime() <= now + HORIZON);
}

function showMeeting(meeting: ZoomMeeting): Record<string, unknown> {
  return {
    id: meeting.id,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    // An instant meeting was never planned for a time.
    ...(meeting.type === 1 ? {} : { start_time: zoomTime(meeting.startTime), duration: meeting.minutes }),
    timezone: "UTC",
    join_url: `https://example.zoom.us/j/${meeting.id}?pwd=passcode`,
  };
}

/** `GET /users/{userId}/meetings`: of one kind at a time, in pages; scheduled meetings only. */
function createMeetingList(): (context: ZoomContext) => VendorAnswer {
  const page = createPager();
  return ({ account, directory, request, userId }) => {
    const type = readChoice(request, "type", MEETING_TYPES, "scheduled");
    const user = directory.see(isAddressedBy(account, userId));
    if (!user) throw userDoesNotExist(userId);
    checkMayHost(account, user);
    const now = account.clock().getTime();
    const meetings = account.meetings
      .filter((meeting) => meeting.hostId === user.id && matchesType(meeting, type, now))
      .toSorted((one, other) => one.startTime.getTime() - other.startTime.getTime());
    const { items, ...paging } = page(account, request, `${user.id} ${type}`, meetings);
    return { status: 200, body: { ...paging, meetings: items.map(showMeeting) } };
  };
}

/** `GET /users/{userId}/webinars`: in numbered pages, for those who have the add-on. */
function listWebinars({ account, directory, request, userId }: ZoomContext): VendorAnswer {
  const type = readChoice(request, "type", ["scheduled", "upcoming"], "scheduled");
  const size = readNumber(request, "page_size", { minimum: 1, maximum: 300, fallback: 30 });
  const number = readNumber(request, "page_number", { minimum: 1, maximum: 100_000, fallback: 1 });
  const user = directory.see(isAddressedBy(account, userId));
  if (!user) throw userDoesNotExist(userId);
  if (!user.pretend.webinarLicense)
    throw new ZoomRefusal(
      400,
      200,
      "Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to perform this action.",
    );
  const now = account.clock().getTime();
  const webinars = account.webinars.filter(
    (webinar) => webinar.hostId === user.id && (type === "scheduled" || !hasEnded(webinar, now)),
  );
  return {
    status: 200,
    body: {
      page_count: Math.ceil(webinars.length / size),
      page_number: number,
      page_size: size,
      total_records: webinars.length,
      webinars: webinars.slice((number - 1) * size, number * size).map(showMeeting),
    },
  };
}

function findMeeting(account: ZoomAccount, id: string): ZoomMeeting {
  if (account.webinars.some((webinar) => String(webinar.id) === id))
    throw new ZoomRefusal(400, 3000, "Cannot access webinar info.");
  const meeting = account.meetings.find((candidate) => String(candidate.id) === id);
  if (!meeting) throw meetingDoesNotExist(id);
  return meeting;
}

/** `GET /meetings/{meetingId}`. */
function getMeeting({ account, segments }: ZoomContext): VendorAnswer {
  const meeting = findMeeting(account, segments["meetingId"] ?? "");
  const host = account.users.get(meeting.hostId);
  if (host) checkMayHost(account, host);
  return {
    status: 200,
    body: {
      ...showMeeting(meeting),
      ...(host ? { host_email: host.email } : {}),
      status: meeting.live ? "started" : "waiting",
      start_url: `https://example.zoom.us/s/${meeting.id}?zak=host-token`,
      password: "passcode",
    },
  };
}

/** `PUT /meetings/{meetingId}/status`: an instant meeting is gone once it has ended. */
function updateMeetingStatus({ account, request, segments }: ZoomContext): VendorAnswer {
  const { action } = readJsonBody(request, ["action"]);
  if (action !== "end" && action !== "recover") throw validationFailed("action", "Invalid field.");
  const meeting = findMeeting(account, segments["meetingId"] ?? "");
  const host = account.users.get(meeting.hostId);
  if (host) checkMayHost(account, host);
  if (meeting.onPremise)
    throw new ZoomRefusal(400, 3063, `Can not end on-premise user's meeting: ${meeting.id}.`);
  if (action === "end") {
    meeting.live = false;
    if (meeting.type === 1) account.meetings.splice(account.meetings.indexOf(meeting), 1);
  }
  return { status: 204 };
}

/** The routes of meetings and webinars; the table belongs to one server, as paging keeps state. */
export function createMeetingRoutes(): ZoomRoute[] {
  return [
    {
      operation: "meetings",
      method: "GET",
      path: "/v2/users/{userId}/meetings",
      label: "Medium",
      scopes: [
        "meeting:read:admin",
        "meeting:read",
        "meeting:read:list_meetings:admin",
        "meeting:read:list_meetings",
      ],
      query: ["type", "page_size", "next_page_token"],
      answer: createMeetingList(),
    },
    {
      operation: "meeting",
      method: "GET",
      path: "/v2/meetings/{meetingId}",
      label: "Light",
      scopes: [
        "meeting:read:admin",
        "meeting:write:admin",
        "meeting:read",
        "meeting:read:meeting:admin",
        "meeting:read:meeting",
      ],
      query: [],
      answer: getMeeting,
    },
    {
      operation: "meetingStatus",
      method: "PUT",
      path: "/v2/meetings/{meetingId}/status",
      label: "Light",
      scopes: [
        "meeting:write:admin",
        "meeting:write",
        "meeting:update:status:admin",
        "meeting:update:status",
      ],
      query: [],
      answer: updateMeetingStatus,
    },
    {
      operation: "webinars",
      method: "GET",
      path: "/v2/users/{userId}/webinars",
      label: "Medium",
      scopes: [
        "webinar:read:admin",
        "webinar:read",
        "webinar:read:list_webinars:admin",
        "webinar:read:list_webinars",
      ],
      query: ["type", "page_size", "page_number"],
      answer: listWebinars,
    },
  ];
}
