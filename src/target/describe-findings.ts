import { SEVERAL_ACCESS_USERS } from "./access-doubt.ts";
import type { IdentityFindings } from "./findings.ts";
import type { Target } from "./target.ts";

/** Every place that was asked and named nobody under the addresses. */
export function noAccountOf(
  { slack, cloudflare, zoom: asZoomSays }: IdentityFindings,
  found: { addresses: string[]; zoom: unknown; cloudflareIds: ReadonlySet<string> },
): Pick<Target, "noAccount"> {
  const tried = found.addresses;
  const noAccount = {
    ...(asZoomSays !== undefined && found.zoom === undefined ? { zoom: tried } : {}),
    ...(cloudflare && found.cloudflareIds.size === 0 ? { cloudflare: tried } : {}),
    ...(slack === undefined ? { slack: tried } : {}),
  };
  return Object.keys(noAccount).length === 0 ? {} : { noAccount };
}

/** One sentence for each place that was asked. */
export function describeFindings(
  { asked, places, slack, cloudflare, zoom: asZoomSays }: IdentityFindings,
  {
    zoom,
    cloudflareUserId,
    goesByEmail,
  }: {
    zoom: { id: string; status: string } | undefined;
    cloudflareUserId: string | undefined;
    goesByEmail: boolean;
  },
): string[] {
  const lines: string[] = [];
  if (slack === undefined) lines.push("Slack has nobody with this e-mail.");
  else {
    const how = asked.slackId === undefined ? "found by the e-mail" : "chosen in Slack";
    const notes = [
      ...(slack.isRestricted ? ["a guest"] : []),
      ...(slack.deleted ? ["deactivated in Slack"] : []),
    ];
    lines.push(`Slack user ${slack.id}, ${how}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}.`);
  }
  if (zoom !== undefined) lines.push(`Zoom user ${zoom.id}, found by the e-mail (${zoom.status}).`);
  else if (places?.zoom === "may" && asZoomSays !== undefined)
    lines.push("Zoom has no user with this e-mail whom anything could be taken from.");
  if (cloudflareUserId !== undefined)
    lines.push(`Cloudflare Access user ${cloudflareUserId}, found by the e-mail.`);
  else if (goesByEmail) lines.push(SEVERAL_ACCESS_USERS);
  else if (cloudflare) lines.push("Cloudflare Access has nobody with exactly this e-mail.");
  if (asked.boundBy !== undefined && slack !== undefined)
    lines.push(`${asked.boundBy} says that Slack user ${slack.id} and ${asked.email} are the same person.`);
  return lines;
}
