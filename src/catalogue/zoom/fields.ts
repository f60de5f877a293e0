import { z } from "zod";
import { emailAddress } from "../email.ts";
import { pathId } from "../path-segment.ts";
import { numberChoice } from "./choice.ts";
import { loginTypeWords } from "./user/user-words.ts";

/** The person that a call is about. */
export const userId = pathId.meta({
  title: "Person",
  description: "The e-mail address that the person has at Zoom, or the Zoom user id.",
  fill: "zoomUserId",
});

/** An id where Zoom takes no e-mail address for one. */
export const zoomUserId = pathId.refine(
  (id) => !id.includes("@"),
  "must be the Zoom user id, not an e-mail address",
);

/** The person that a call is about, where Zoom takes no e-mail address. */
export const userIdOnly = zoomUserId.meta({
  title: "Person",
  description: "The Zoom user id of the person.",
  fill: "zoomUserId",
});

/** Says that `userId` is an e-mail address that Zoom encrypted; see {@link isNamedSo}. */
export const encryptedEmail = z.boolean().optional().meta({
  title: "Encrypted e-mail address",
  description: "Whether the person is named by an e-mail address that Zoom encrypted.",
  notAsked:
    "People are found by their e-mail address and then named by Zoom user id, never by an encrypted address.",
});

/** Whether what a person is named by can be what it is said to be: nothing with an @ is encrypted. */
export function isNamedSo(input: { userId: string; encryptedEmail?: boolean }): boolean {
  return input.encryptedEmail !== true || !input.userId.includes("@");
}

/** Where {@link isNamedSo} does not hold. */
export const NOT_ENCRYPTED = {
  path: ["userId"],
  message: "is a plain e-mail address, which is not encrypted",
};

/** By which way of signing in a user is meant, where several share an e-mail address. */
export const loginType = numberChoice(
  "Login method",
  "Only a user who signs in this way, where several share an e-mail address.",
  Object.entries(loginTypeWords).map(([value, label]) => [Number(value), label]),
).optional();

/** Someone else than the person that a call is about: Zoom takes an id here as it takes an e-mail address. */
export const otherPerson = z.union([emailAddress, zoomUserId], {
  error: "must be an e-mail address or a Zoom user id",
});

/** How many entries one answer lists. Zoom takes 300 everywhere. */
export const pageSize = z.int().min(1).max(300).optional().meta({
  title: "Entries on a page",
  description: "From 1 to 300; 300 by default.",
  paging: true,
});

/** Which page to read. */
export const nextPageToken = z
  .string()
  .min(1)
  .optional()
  .meta({ title: "Page token", description: "From the page before; it lives 15 minutes.", paging: true });
