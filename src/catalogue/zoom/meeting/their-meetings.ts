import type { Choices, Known } from "../../known.ts";
import { byZoomUser } from "../known-user.ts";
import { listZoomMeetings } from "./list.ts";

/** The read of a person's running meetings. */
export function liveMeetingsOf(known: Known): Record<string, unknown> | undefined {
  const user = byZoomUser(known);
  return user === undefined ? undefined : { ...user, type: "live" };
}

/** Zoom's document of the list: it "does not return information about instant meetings". */
const INSTANT_MEETINGS_OMITTED = "Zoom lists no instant meetings, so one may be running.";

/** A person's meetings of one kind. */
export function theirMeetings(type: "live" | "upcoming"): Choices {
  return {
    operation: listZoomMeetings.name,
    input(known) {
      const user = byZoomUser(known);
      return user === undefined ? undefined : { ...user, type };
    },
    list: (output, { zoomUserId }) =>
      (listZoomMeetings.output.safeParse(output).data?.meetings ?? [])
        // Anyone who schedules for others may see theirs as well, and one that names no host may be anybody's.
        .filter(({ host_id: host }) => zoomUserId !== undefined && host === zoomUserId)
        .map(({ id, topic, start_time: start }) => ({
          value: String(id),
          title: topic || `Meeting ${id}`,
          description: start ? `${id}, ${start}` : String(id),
        })),
    ...(type === "live" ? { omits: INSTANT_MEETINGS_OMITTED } : {}),
  };
}
