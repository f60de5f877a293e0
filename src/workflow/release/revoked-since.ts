import type { DatabaseClient } from "../../database/connect.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { release } from "../../playbook/release.ts";
import { zoomOffboard } from "../../playbook/zoom-offboard.ts";
import { findLockout } from "../../request/lockout-store.ts";
import { requestsRunSince, type RunRequest } from "../../request/requests-run-since.ts";
import { emailsOf, type Target } from "../../target/target.ts";

/** What requests of ours have taken away since a lockout, each with why: that is not the lockout's to give back. */
export interface RevokedSince {
  everything?: string;
  zoom?: string;
  role?: string;
  /** By the id of the block list. */
  lists: ReadonlyMap<string, string>;
  /** By the id of the WARP registration. */
  devices: ReadonlyMap<string, string>;
  allDevices?: string;
}

/** Why nothing of a step may be given back, or some of its values, by their keys. */
export interface RevokedOfStep {
  all?: string;
  values: ReadonlyMap<string, string>;
}

/**
 * What requests about someone took away that ended since, or are still at work; what another one gave back later counts
 * for nothing. Whatever came of their steps: that someone was to lose it is what counts, and Zoom may well refuse to
 * deactivate whom the lockout had deactivated.
 */
export async function revokedSince(
  client: DatabaseClient,
  target: Target,
  since: Date,
): Promise<RevokedSince> {
  return revokedBy(await requestsRunSince(client, emailsOf(target), since), target);
}

/** The same since the first of these lockouts began. */
export async function revokedSinceLockouts(
  client: DatabaseClient,
  target: Target,
  lockouts: readonly string[],
): Promise<RevokedSince> {
  const found = await Promise.all(lockouts.map((id) => findLockout(client, id)));
  const times = found.flatMap((one) => (one === undefined ? [] : [one.since.getTime()]));
  return revokedSince(client, target, new Date(times.length === 0 ? 0 : Math.min(...times)));
}

/** Lockouts and their releases are no word about whether someone may have it back: the release itself is about those. */
const OWN: ReadonlySet<string> = new Set([lockout.name, release.name]);

export function revokedBy(requests: readonly RunRequest[], target: Target): RevokedSince {
  const lists = new Map<string, string>();
  const devices = new Map<string, string>();
  const kept: Omit<RevokedSince, "lists" | "devices"> = {};
  const emails = emailsOf(target).map((email) => email.toLowerCase());
  for (const { id, playbook, steps } of requests) {
    if (OWN.has(playbook)) continue;
    const why = (what: string) => `${what} since, by request ${id}`;
    if (playbook === zoomOffboard.name) kept.everything = why("they were offboarded");
    for (const { operation, input, chosen } of steps) {
      const isTheirs = emails.includes(String(input["email"]).toLowerCase());
      const ids = (input["registrationIds"] ?? []) as readonly string[];
      switch (operation) {
        case "zoom.user.delete":
          kept.zoom = why(
            input["action"] === "delete" ? "the Zoom user was deleted" : "the Zoom user was disassociated",
          );
          break;
        case "zoom.user.updateStatus":
          if (input["action"] === "deactivate") kept.zoom = why("the Zoom user was deactivated");
          else {
            delete kept.zoom;
            delete kept.everything;
          }
          break;
        case "zoom.role.removeMember":
          kept.role = why("the Zoom role was taken away");
          break;
        case "zoom.role.assign":
          delete kept.role;
          break;
        case "cloudflare.gateway.addItem":
          if (isTheirs) lists.set(String(input["listId"]), why("they were put on the block list"));
          break;
        case "cloudflare.gateway.removeItem":
          if (isTheirs) lists.delete(String(input["listId"]));
          break;
        case "cloudflare.registration.revoke":
        case "cloudflare.registration.delete":
          if (chosen !== undefined) kept.allDevices = why("their WARP devices were revoked");
          for (const one of ids) devices.set(one, why("it was revoked"));
          break;
        case "cloudflare.registration.unrevoke":
          for (const one of ids) devices.delete(one);
          break;
        default:
      }
    }
  }
  return { ...kept, lists, devices };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** What of a step of a release stays away. */
export function revokedOfStep(
  kept: RevokedSince,
  { operation, input }: Pick<PlanStep, "operation" | "input">,
): RevokedOfStep {
  const all = (why: string | undefined): RevokedOfStep => {
    const reason = kept.everything ?? why;
    return { values: NONE, ...(reason === undefined ? {} : { all: reason }) };
  };
  if (operation === "zoom.role.assign") return all(kept.zoom ?? kept.role);
  if (operation.startsWith("zoom.")) return all(kept.zoom);
  if (operation === "cloudflare.gateway.removeItem") return all(kept.lists.get(String(input["listId"])));
  if (operation !== "cloudflare.registration.unrevoke") return all(undefined);
  const { all: whole } = all(kept.allDevices);
  const ids = (input["registrationIds"] ?? []) as readonly string[];
  const values = new Map(
    ids.flatMap((id): [string, string][] => {
      const why = kept.devices.get(id);
      return why === undefined ? [] : [[id, why]];
    }),
  );
  return { values, ...(whole === undefined ? {} : { all: whole }) };
}
