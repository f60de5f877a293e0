import { z } from "zod";

/** The frames of Slack's that mean something to us. Any other name would reach the library's own events. */
const frame = z.union([
  z.looseObject({ type: z.enum(["hello", "disconnect"]) }),
  z.looseObject({
    type: z.enum(["slash_commands", "interactive"]),
    envelope_id: z.string(),
  }),
  z.looseObject({
    type: z.literal("events_api"),
    envelope_id: z.string(),
    payload: z.looseObject({ event: z.looseObject({ type: z.string() }) }),
  }),
]);

/** Whether a frame of a Socket Mode connection is one of Slack's envelopes, or a word about the connection. */
export function isSocketFrame(data: unknown): boolean {
  if (typeof data !== "string") return false;
  try {
    return frame.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
