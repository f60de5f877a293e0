import { z } from "zod";
import { defineOperation } from "../../operation.ts";

/** The API file says 2,000 and the pagination guide 300: the smaller is accepted everywhere. */
const largestPage = 300;

const listedUser = z.looseObject({
  /** Pending users have none: they go by their e-mail address. */
  id: z.string().nullish(),
  email: z.string(),
  status: z.string().nullish(),
  type: z.number().nullish(),
  role_id: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  display_name: z.string().nullish(),
  dept: z.string().nullish(),
  employee_unique_id: z.string().nullish(),
  last_login_time: z.string().nullish(),
});

/** Reads one page of the account's users in one status; `next_page_token` is empty on the last page. */
export const listZoomUsers = defineOperation({
  name: "zoom.user.list",
  vendor: "zoom",
  title: "List Zoom users",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:list_users:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users",
  input: z.strictObject({
    /** Zoom answers one status at a time, active users without it. */
    status: z.enum(["active", "inactive", "pending"]).optional(),
    roleId: z.string().min(1).optional(),
    pageSize: z.int().min(1).max(largestPage).optional(),
    /** From the page before; it lives 15 minutes. */
    nextPageToken: z.string().min(1).optional(),
  }),
  output: z.looseObject({
    users: z.array(listedUser),
    next_page_token: z.string().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ status, roleId, pageSize, nextPageToken }) => ({
    method: "GET",
    path: "/users",
    query: {
      status: status ?? "active",
      page_size: String(pageSize ?? largestPage),
      ...(roleId === undefined ? {} : { role_id: roleId }),
      ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
    },
  }),
});
