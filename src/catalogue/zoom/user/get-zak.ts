import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";
import { accessKey } from "./access-key.ts";

/** Reads an access key of the app's owner: with server-to-server credentials Zoom's `me` is nobody else. */
export const getZoomZak = defineOperation({
  name: "zoom.user.getZak",
  vendor: "zoom",
  title: "Get a Zoom access key (ZAK) of the app's owner",
  scopes: { classic: ["user_zak:read"], granular: ["user:read:zak:admin", "user:read:zak"] },
  risk: "read",
  // Anyone who is shown the key acts as the user.
  effects: ["opens-zoom"],
  rateLimit: "light",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/me/zak",
  input: z.strictObject({}),
  output: accessKey,
  call: () => ({ method: "GET", path: "/users/me/zak" }),
  limits: [
    "The key is always the app owner's: for anybody else, get a user's token.",
    "It lives five minutes, and anyone who holds it starts meetings as the owner.",
  ],
  errors: [
    {
      status: 400,
      code: 1001,
      means: "The owner of the app is no user of the account any more: the app needs another owner.",
    },
    tooManyCalls,
  ],
  secrets: ["token"],
});
