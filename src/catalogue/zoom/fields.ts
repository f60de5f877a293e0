import { z } from "zod";
import { emailAddress } from "../email.ts";
import { pathId } from "../path-segment.ts";

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

/** Somebody else than the person that a call is about: Zoom takes an id here as it takes an e-mail address. */
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
