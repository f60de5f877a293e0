import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";

/**
 * Reads for whom a person may schedule meetings. Zoom calls these people schedulers, and in one place says the
 * reverse of it; its example says this.
 */
export const listZoomSchedulers = defineOperation({
  name: "zoom.scheduler.list",
  vendor: "zoom",
  title: "List for whom a person may schedule Zoom meetings",
  scopes: {
    classic: ["user:read:admin", "user:write:admin"],
    granular: ["user:read:list_schedulers:admin"],
  },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/schedulers",
  input: z.strictObject({ userId }),
  output: z.looseObject({
    schedulers: z
      .array(
        z.looseObject({
          id: z.string().nullish(),
          email: z.string().nullish(),
          pmi: z.number().nullish(),
        }),
      )
      .nullish(),
  }),
  call: ({ userId }) => ({ method: "GET", path: `/users/${encodePathSegment(userId)}/schedulers` }),
  limits: [
    "Zoom lists 30 people at most.",
    "The person must be in the same account as those they schedule for.",
  ],
  errors: userErrors,
});

/** The schedulers in an answer; undefined where it has no list, which is not the same as an empty one. */
export function readSchedulers(output: unknown) {
  return listZoomSchedulers.output.safeParse(output).data?.schedulers ?? undefined;
}
