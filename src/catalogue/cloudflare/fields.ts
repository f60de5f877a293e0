import { z } from "zod";
import { emailAddress } from "../email.ts";
import { pathId } from "../path-segment.ts";

/** The account that a call is about. */
export const accountId = pathId.meta({
  title: "Cloudflare account id",
  description: "32 characters, as on the account's overview page.",
  fill: "cloudflareAccountId",
});

/** The zone that a call is about. */
export const zoneId = pathId.meta({
  title: "Cloudflare zone id",
  description: "32 characters, as on the zone's overview page.",
  fill: "cloudflareZoneId",
});

/** The person that a call is about. */
export const personEmail = emailAddress.meta({
  title: "Person's e-mail address",
  description: "As the identity provider gives it to Cloudflare.",
  fill: "email",
});

/** The person's id in Access, which is not the id of their seat. */
export const accessUserId = pathId.meta({
  title: "Access user id",
  description: "As the look-up of an Access user gives it.",
  fill: "cloudflareUserId",
});

/** An instant with its offset, e.g. `2026-01-31T09:00:00Z`. */
export const instant = z.iso.datetime({ offset: true });

/** What Cloudflare answers to writes about which it says nothing more than that they succeeded. */
export const nothingMore = z.looseObject({}).nullish();
