import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";

/** Reads the account's roles, which say who may administer what. */
export const listZoomRoles = defineOperation({
  name: "zoom.role.list",
  vendor: "zoom",
  title: "List the Zoom account's roles",
  scopes: { classic: ["role:read:admin", "role:write:admin"], granular: ["role:read:list_roles:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/accounts/#tag/roles/GET/roles",
  input: z.strictObject({}),
  output: z.looseObject({
    roles: z
      .array(
        z.looseObject({
          id: z.string(),
          name: z.string().nullish(),
          description: z.string().nullish(),
          total_members: z.number().nullish(),
        }),
      )
      .nullish(),
    total_records: z.number().nullish(),
  }),
  call: () => ({ method: "GET", path: "/roles" }),
  list: "roles",
  limits: ["The account needs a Pro or higher plan."],
  errors: [
    {
      status: 400,
      code: 4700,
      words: /does not contain role:read:admin scope/i,
      means: "The app lacks the scope to read roles: add it in the Zoom Marketplace.",
    },
    tooManyCalls,
  ],
});
