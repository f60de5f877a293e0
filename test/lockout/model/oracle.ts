import type { Door } from "../../../src/lockout/doors.ts";
import { verdictIfAllHolds } from "../../../src/lockout/expected.ts";
import { verdictOf } from "../../../src/lockout/verdict.ts";
import type { LockedOut } from "./locked-out.ts";
import type { ModelVendors } from "./vendors.ts";
import { LEAVER, OTHER, type World } from "./world.ts";

/** The way in that each part closes, and the command that does it. */
const WAYS: Readonly<Record<World["parts"][number], { way: string; command: string }>> = {
  "zoom-deactivate": { way: "zoom-sign-in", command: "zoom.user.updateStatus" },
  "zoom-sessions": { way: "zoom-sessions", command: "zoom.user.revokeSsoToken" },
  "zoom-meetings": { way: "zoom-meetings", command: "zoom.meeting.list" },
  "zoom-password": { way: "zoom-password", command: "zoom.user.updatePassword" },
  "cloudflare-block": { way: "cloudflare-block", command: "cloudflare.gateway.addItem" },
  "cloudflare-sessions": { way: "cloudflare-sessions", command: "cloudflare.access.revokeUserInAccount" },
  "cloudflare-devices": { way: "cloudflare-devices", command: "cloudflare.registration.revoke" },
  "slack-sessions": { way: "slack-sessions", command: "slack.session.reset" },
};
const ZONE = { way: "cloudflare-zone-zone1", command: "cloudflare.access.revokeUserInZone" };
const COMMANDS = new Map([...Object.values(WAYS), ZONE].map(({ way, command }) => [way, command]));
/** What no vendor shows: there the word that it was accepted is the best that can be had. */
const NEVER_SHOWN = new Set(["zoom-sessions", "zoom-meetings", "zoom-password"]);

/** Whether each way in is open to the leaver, by what the vendors hold. */
function openWays(vendors: ModelVendors, address: string): Readonly<Record<string, boolean>> {
  const zoom = vendors.zoomUsers.filter(({ id }) => id === LEAVER.zoomId);
  const access = vendors.accessUsers.filter(({ id }) => id.startsWith(LEAVER.accessId));
  return {
    "zoom-sign-in": zoom.some(({ status }) => status === "active"),
    "zoom-sessions": zoom.some(({ ssoSessions, otherSessions }) => ssoSessions + otherSessions > 0),
    "zoom-meetings": vendors.meetings.some(({ isLive }) => isLive),
    "zoom-password": zoom.some(({ hasOldPassword, status }) => hasOldPassword && status === "active"),
    "cloudflare-sessions": access.some(({ sessions }) => sessions > 0),
    // An entry is about an address, whoever has it.
    "cloudflare-block": !vendors.blocked.includes(address),
    "cloudflare-devices": access.some(({ devices }) =>
      devices.some(({ revokedAt }) => revokedAt === undefined),
    ),
    "slack-sessions": vendors.slackSessions > 0,
  };
}

/** Where a verdict is better than what the vendors hold, a sentence each. @param decide the product's, or one with a fault */
export function breachesOf(
  { parts, slack }: World,
  { plan, events, vendors }: LockedOut,
  decide: typeof verdictOf = verdictOf,
): string[] {
  const { kind, sentence, doors } = decide(plan, events);
  const open = openWays(vendors, plan.target.email ?? "");
  const shown = new Map(doors.map((door) => [door.id, door]));
  const breaches: string[] = [...bystanders(vendors)];
  for (const door of doors.filter(({ state }) => state === "closed"))
    if (door.isProven && open[door.id] === true) breaches.push(`${door.id} is proven closed, and open`);
    else if (!door.isProven && !vendors.succeeded.includes(COMMANDS.get(door.id) ?? ""))
      breaches.push(`${door.id} is called accepted, and nothing was`);
  for (const { way } of parts.map((part) => WAYS[part]))
    if (!shown.has(way) && open[way] === true && way !== "zoom-password")
      breaches.push(`${way} was chosen, is open, and is not mentioned`);
  const best = bestOf(kind, sentence);
  for (const { way } of parts.map((part) => WAYS[part]))
    if (best(way) && open[way] === true && !isSaidToBeUnshown(shown.get(way), slack))
      breaches.push(`${way} is open, and the verdict is: ${sentence}`);
  return breaches;
}

/** Where the form said before the press that it would hold, every step ended as it should, and it does not. */
export function brokenPromises({ plan, events }: LockedOut): string[] {
  const isEveryStepGood = events.every(
    (event) => event.type !== "step.finished" || ["verified", "accepted"].includes(event.data.outcome),
  );
  const { kind, sentence } = verdictOf(plan, events);
  const isPromised = verdictIfAllHolds(plan).kind === "locked";
  return isPromised && isEveryStepGood && kind !== "locked"
    ? [`The form said that it holds: ${sentence}`]
    : [];
}

/** Which ways in a verdict speaks of as locked. */
function bestOf(kind: string, sentence: string): (way: string) => boolean {
  if (kind === "locked" || sentence.startsWith("Locked.")) return () => true;
  if (kind === "temporary") return (way) => way !== "cloudflare-block";
  const places = /^Locked at ([^.,]+)/.exec(sentence)?.[1] ?? "";
  return (way) =>
    way !== "cloudflare-block" &&
    ((places.includes("Zoom") && way.startsWith("zoom-")) ||
      (places.includes("Cloudflare") && way.startsWith("cloudflare-")));
}

function isSaidToBeUnshown(door: Door | undefined, { mayList }: World["slack"]): boolean {
  if (door === undefined || door.isProven || door.state !== "closed") return false;
  // Slack shows sessions only to a token that may list them.
  return NEVER_SHOWN.has(door.id) || (door.id === "slack-sessions" && !mayList);
}

function bystanders({ zoomUsers, accessUsers }: ModelVendors): string[] {
  const zoom = zoomUsers.find(({ id }) => id === OTHER.zoomId);
  const access = accessUsers.find(({ id }) => id === OTHER.accessId);
  const isTouched =
    zoom?.status !== "active" || zoom.ssoSessions !== 1 || !zoom.hasOldPassword || access?.sessions !== 1;
  return isTouched ? ["something happened to somebody else"] : [];
}
