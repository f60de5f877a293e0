import { z } from "zod";
import type { DocumentedError } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";

/** A meeting's number, without the spaces that people write in it. */
export const meetingId = z
  .string()
  .regex(/^[1-9]\d{8,11}$/, "a meeting id has 9 to 12 digits and nothing else")
  .meta({
    title: "Meeting id",
    description: "The digits of the meeting's number, as the list of meetings gives it.",
  });

/** What Zoom answers to a call about one meeting. */
export const meetingErrors: readonly DocumentedError[] = [
  { status: 400, code: 3000, means: "This is a webinar and not a meeting." },
  { status: 400, code: 3161, means: "The host may neither host nor schedule meetings." },
  {
    status: 404,
    code: 3001,
    means: "There is no such meeting: it has ended and expired, or the id is wrong.",
  },
  tooManyCalls,
];
