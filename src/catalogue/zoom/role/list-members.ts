import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { nextPageToken, pageSize } from "../fields.ts";
import { roleErrors, roleId } from "./role-id.ts";
import { allRoles } from "./role-choices.ts";

/** Reads one page of those who have a role; `total_records` counts them all. */
export const listZoomRoleMembers = defineOperation({
  name: "zoom.role.listMembers",
  vendor: "zoom",
  title: "List who has a Zoom role",
  scopes: { classic: ["role:read:admin", "role:write:admin"], granular: ["role:read:list_members:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  choices: { roleId: allRoles },
  docs: "https://developers.zoom.us/docs/api/accounts/#tag/roles/GET/roles/{roleId}/members",
  input: z.strictObject({ roleId, pageSize, nextPageToken }),
  output: z.looseObject({
    members: z
      .array(
        z.looseObject({
          id: z.string().nullish(),
          email: z.string().nullish(),
          first_name: z.string().nullish(),
          last_name: z.string().nullish(),
          department: z.string().nullish(),
          type: z.number().nullish(),
        }),
      )
      .nullish(),
    next_page_token: z.string().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ roleId, pageSize, nextPageToken }) => ({
    method: "GET",
    path: `/roles/${encodePathSegment(roleId)}/members`,
    query: {
      page_size: String(pageSize ?? 300),
      ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
    },
  }),
  pages: "cursor",
  list: "members",
  limits: ["The account needs a Pro or higher plan."],
  errors: roleErrors,
});
