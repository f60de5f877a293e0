import { z } from "zod";
import { pathId } from "../../path-segment.ts";

/** They all stand in one address, which must stay short enough for whatever is on the way. */
const most = 100;

/**
 * Ids of WARP registrations, never none: Cloudflare takes a call without ids for one about every registration of the
 * account.
 */
export const registrationIds = z
  .array(pathId)
  .min(1, "at least one registration must be named: without any, all of the account would be meant")
  .max(most)
  .meta({
    title: "Registration ids",
    description: `From 1 to ${most}, as the list of the person's registrations gives them.`,
  });
