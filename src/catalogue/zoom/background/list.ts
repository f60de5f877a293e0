import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { expiredInvitation, userErrors } from "../errors.ts";
import { userId } from "../fields.ts";

const backgroundFile = z.looseObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  /** Bytes. */
  size: z.number().nullish(),
  /** `image` or `video`. */
  type: z.string().nullish(),
  is_default: z.boolean().nullish(),
});

/** Reads which virtual backgrounds a person has uploaded: Zoom shows them among the person's settings only. */
export const listZoomBackgrounds = defineOperation({
  name: "zoom.background.list",
  vendor: "zoom",
  title: "List a Zoom user's virtual backgrounds",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:settings:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/settings",
  input: z.strictObject({ userId }),
  output: z.object({
    in_meeting: z
      .object({
        virtual_background_settings: z.object({ files: z.array(backgroundFile).nullish() }).nullish(),
      })
      .nullish(),
  }),
  call: ({ userId }) => ({ method: "GET", path: `/users/${encodePathSegment(userId)}/settings` }),
  errors: [expiredInvitation, ...userErrors],
});

/** The files in an answer; undefined where it has no list, which is not the same as an empty one. */
export function readBackgrounds(output: unknown) {
  const settings = listZoomBackgrounds.output.safeParse(output).data?.in_meeting;
  return settings?.virtual_background_settings?.files ?? undefined;
}
