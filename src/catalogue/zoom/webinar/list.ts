import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { pageSize, userId } from "../fields.ts";

/** Reads one page of a person's webinars; `total_records` counts them all. */
export const listZoomWebinars = defineOperation({
  name: "zoom.webinar.list",
  vendor: "zoom",
  title: "List a person's Zoom webinars",
  scopes: { classic: ["webinar:read:admin"], granular: ["webinar:read:list_webinars:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/users/{userId}/webinars",
  input: z.strictObject({
    userId,
    type: z
      .enum(["upcoming", "scheduled"])
      .meta({ title: "Which webinars", description: "Those to come, or all that are scheduled." }),
    pageSize,
    pageNumber: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .meta({ title: "Page", description: "From 1; Zoom has no page tokens here.", paging: true }),
  }),
  // No more than this is kept: the links in an answer let their reader join.
  output: z.object({
    webinars: z
      .array(
        z.object({
          id: z.number(),
          host_id: z.string().nullish(),
          topic: z.string().nullish(),
          type: z.number().nullish(),
          start_time: z.string().nullish(),
          duration: z.number().nullish(),
          timezone: z.string().nullish(),
        }),
      )
      .nullish(),
    page_count: z.number().nullish(),
    page_number: z.number().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ userId, type, pageSize, pageNumber }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}/webinars`,
    query: {
      type,
      page_size: String(pageSize ?? 300),
      ...(pageNumber === undefined ? {} : { page_number: String(pageNumber) }),
    },
  }),
  pages: "numbered",
  list: "webinars",
  limits: ["The account needs a Pro or higher plan, and the person the webinar add-on."],
  errors: [
    {
      status: 400,
      code: 200,
      words: /webinar plan is missing|no permission/i,
      means:
        "The person has no webinar plan and so no webinars, or the app may not see them: Zoom's message says which.",
    },
    ...userErrors,
  ],
});
