import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { isAddressedBy, zoomTime } from "./user.ts";
import { createPager } from "./pages.ts";
import { readFlag } from "./parameters.ts";
import { userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";

const DAY = 86_400_000;
const LONGEST_RANGE = 31 * DAY;

function readDay(request: VendorRequest, name: string, fallback: string): string {
  const day = request.query.get(name) ?? fallback;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
  if (!time || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(day))
    throw validationFailed(name, "Invalid field.");
  return day;
}

/** `GET /users/{userId}/recordings`: of at most a month; a longer range is shortened without a word. */
function createRecordingList(): (context: ZoomContext) => VendorAnswer {
  const page = createPager();
  return ({ account, directory, request, userId }) => {
    const today = account.clock().toISOString().slice(0, 10);
    const to = readDay(request, "to", today);
    const asked = Date.parse(readDay(request, "from", today));
    const inTrash = readFlag(request, "trash");
    const user = directory.see(isAddressedBy(account, userId));
    if (!user) throw userDoesNotExist(userId);
    const from = Math.max(asked, Date.parse(to) - LONGEST_RANGE);
    const recordings = account.recordings.filter(
      (recording) =>
        recording.hostId === user.id &&
        recording.inTrash === inTrash &&
        recording.startTime.getTime() >= from &&
        recording.startTime.getTime() < Date.parse(to) + DAY,
    );
    const question = [user.id, from, to, inTrash].join(" ");
    const { items, ...paging } = page(account, request, question, recordings);
    return {
      status: 200,
      body: {
        from: new Date(from).toISOString().slice(0, 10),
        to,
        ...paging,
        meetings: items.map((recording) => ({
          id: recording.meetingId,
          host_id: recording.hostId,
          topic: recording.topic,
          start_time: zoomTime(recording.startTime),
          duration: recording.minutes,
          total_size: recording.bytes,
          recording_count: 1,
          share_url: "https://example.zoom.us/rec/share/recording",
        })),
      },
    };
  };
}

/** The route of recordings; it belongs to one server, as paging keeps state. */
export function createRecordingRoutes(): ZoomRoute[] {
  return [
    {
      operation: "recordingsList",
      method: "GET",
      path: "/v2/users/{userId}/recordings",
      label: "Medium",
      scopes: [
        "recording:read:admin",
        "recording:read",
        "cloud_recording:read:list_user_recordings:admin",
        "cloud_recording:read:list_user_recordings",
      ],
      query: ["from", "to", "page_size", "next_page_token", "trash"],
      answer: createRecordingList(),
    },
  ];
}
