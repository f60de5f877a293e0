import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { choice } from "../choice.ts";
import { tooManyCalls } from "../errors.ts";
import { nextPageToken, pageSize } from "../fields.ts";
import { queryOf } from "../query.ts";
import { userTypeWords } from "./user-words.ts";
import { allRoles } from "../role/role-choices.ts";

const listedUser = z.looseObject({
  /** Pending users have none: they go by their e-mail address. */
  id: z.string().nullish(),
  email: z.string(),
  status: z.string().nullish(),
  type: z.number().nullish().meta({ title: "User type", labels: userTypeWords }),
  role_id: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  display_name: z.string().nullish(),
  dept: z.string().nullish().meta({ title: "Department" }),
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
  choices: { roleId: allRoles },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users",
  input: z.strictObject({
    /** Zoom answers one status at a time, active users without it. */
    status: choice("Status", "Which users: active ones by default.", {
      active: "Active",
      inactive: "Inactive",
      pending: "Pending: invited, not yet there",
    }).optional(),
    roleId: z.string().min(1).optional().meta({
      title: "Role",
      description: "Only those who have this role.",
    }),
    license: choice("Licence", "Only those who have this licence.", {
      zoom_workforce_management: "Workforce management",
      zoom_compliance_management: "Compliance management",
    }).optional(),
    // Host keys are the other choice of Zoom's: whoever reads one can take a meeting over.
    includeFields: choice(
      "Show as well",
      "Fields that Zoom leaves out otherwise. Host keys are never asked for.",
      {
        custom_attributes: "Custom attributes",
      },
    ).optional(),
    pageSize,
    pageNumber: z.int().min(1).optional().meta({
      title: "Page",
      description: "From 1. Zoom will stop taking it: the page token says where to go on.",
      paging: true,
    }),
    nextPageToken,
  }),
  output: z.looseObject({
    users: z.array(listedUser),
    next_page_token: z.string().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ status, roleId, license, includeFields, pageSize, pageNumber, nextPageToken }) => ({
    method: "GET",
    path: "/users",
    ...queryOf({
      status: status ?? "active",
      page_size: pageSize ?? 300,
      role_id: roleId,
      license,
      include_fields: includeFields,
      page_number: pageNumber,
      next_page_token: nextPageToken,
    }),
  }),
  pages: "cursor",
  list: "users",
  limits: ["Zoom answers one status at a time: look three times for everyone."],
  errors: [
    {
      status: 400,
      code: 300,
      words: /next page token/i,
      means: "The page has expired: start again from the first one.",
    },
    tooManyCalls,
  ],
});
