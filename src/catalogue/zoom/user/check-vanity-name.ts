import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";

/** Asks whether a personal meeting room of this name exists, in whatever account. */
export const checkZoomVanityName = defineOperation({
  name: "zoom.user.checkVanityName",
  vendor: "zoom",
  title: "Check whether a name of a Zoom personal meeting room is taken",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:pm_room:admin"] },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/vanity_name",
  input: z.strictObject({
    vanityName: z.string().trim().min(1).meta({
      title: "Name of the room",
      description: "The last part of the personal link, such as jill in https://example.zoom.us/my/jill.",
    }),
  }),
  output: z.looseObject({ existed: z.boolean() }),
  call: ({ vanityName }) => ({
    method: "GET",
    path: "/users/vanity_name",
    query: { vanity_name: vanityName },
  }),
  errors: [
    { status: 400, code: 300, words: /vanity name is required/i, means: "No name was given: enter one." },
    tooManyCalls,
  ],
});
