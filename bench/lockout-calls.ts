import type { Call } from "../playground/simulator.ts";
import { PEOPLE, type Company } from "../playground/company.ts";

/** Someone to be locked out, with every door open. */
export interface Victim {
  slackId: string;
  name: string;
  email: string;
  zoomId: string;
  accessId: string;
}

let count = 0;

/** Adds someone who signs in by single sign-on and by a password, is in a meeting, and has a device. */
export function addVictim({ slack, zoom, cloudflare }: Company): Victim {
  count += 1;
  const name = `victim${count}`;
  const email = `${name}@northwind.example`;
  const slackId = `U0VICTIM${count}`;
  slack.addUser({ id: slackId, name, realName: `Victim ${count}`, email });
  const user = zoom.addUser({ email, display_name: `Victim ${count}`, login_types: [100, 101], type: 2 });
  zoom.signIn(user.id);
  zoom.addMeeting(user, { topic: "All hands", live: true });
  const access = cloudflare.addAccessUser({ email, name });
  cloudflare.addSession(access.id);
  cloudflare.enrolDevice(access.id, { name: "Laptop" });
  return { slackId, name, email, zoomId: user.id, accessId: access.id };
}

/** What a vendor was asked, as the plan of a lockout calls it. */
export type CallName =
  | "requester"
  | "groups"
  | "person"
  | "zoom-user"
  | "zoom-settings"
  | "block-list"
  | "access-user"
  | "role"
  | "deactivate"
  | "token"
  | "password"
  | "live-meetings"
  | "end-meeting"
  | "block"
  | "revoke-account"
  | "revoke-zone"
  | "registrations"
  | "revoke-registrations";

/** The first wave: every command that closes a door. */
export const FIRST_WAVE: readonly CallName[] = [
  "deactivate",
  "token",
  "password",
  "end-meeting",
  "block",
  "revoke-account",
  "revoke-zone",
  "revoke-registrations",
];

/** Known before any command: who asks and in which groups they and the person are, and who the person is everywhere. */
const KNOWN: readonly CallName[] = ["requester", "groups", "zoom-user", "access-user"];

/** What each command cannot be sent before: the answers that it depends on. */
const AFTER: Readonly<Partial<Record<CallName, readonly CallName[]>>> = {
  "zoom-user": ["person"],
  "access-user": ["person"],
  "zoom-settings": ["person"],
  "block-list": ["person"],
  // What an undo needs is read before the change: deactivating takes features, and an entry looks like one of before.
  deactivate: [...KNOWN, "zoom-settings"],
  // Zoom takes one write on a user at a time.
  token: ["deactivate"],
  password: ["token"],
  "live-meetings": KNOWN,
  "end-meeting": ["deactivate", "live-meetings"],
  block: [...KNOWN, "block-list"],
  "revoke-account": ["block"],
  "revoke-zone": ["block"],
  registrations: KNOWN,
  "revoke-registrations": ["block", "registrations"],
};

/** Which call of a lockout of this person it is; undefined for all else. */
export function nameOf({ request }: Call, victim: Victim): CallName | undefined {
  const { method, path, query, rawBody } = request;
  const says = (text: string) => rawBody.includes(text) || rawBody.includes(encodeURIComponent(text));
  if (path === "/api/users.info" && says(victim.slackId)) return "person";
  if (path === "/api/users.info" && says(PEOPLE.security.id)) return "requester";
  if (path.startsWith("/api/usergroups.")) return "groups";
  const users = [victim.zoomId, victim.email, encodeURIComponent(victim.email)];
  if (users.some((user) => path.startsWith(`/v2/users/${user}`))) {
    if (method === "PUT" && path.endsWith("/status")) return "deactivate";
    if (method === "DELETE" && path.endsWith("/token")) return "token";
    if (method === "PUT" && path.endsWith("/password")) return "password";
    if (path.endsWith("/meetings")) return "live-meetings";
    if (path.endsWith("/settings")) return "zoom-settings";
    return method === "GET" ? "zoom-user" : undefined;
  }
  if (method === "GET" && /\/gateway\/lists\/[^/]+\/items$/.test(path)) return "block-list";
  if (method === "PATCH" && path.includes("/gateway/lists/") && says(victim.email)) return "block";
  if (path.endsWith("/revoke_user") && says(victim.email))
    return path.includes("/accounts/") ? "revoke-account" : "revoke-zone";
  if (path.endsWith("/access/users") && query.get("email") === victim.email) return "access-user";
  if (path.endsWith("/devices/registrations") && query.get("user.id") === victim.accessId)
    return "registrations";
  return undefined;
}

/** What one lockout did: when each of its calls first arrived and how long its answer took. */
export type Journal = ReadonlyMap<CallName, { arrived: number; milliseconds: number }>;

/** The calls of one lockout. Meetings and registrations go by ids of their own, so that they are looked up. */
export function journalOf(company: Company, victim: Victim, since: number): Journal {
  const { slack, zoom, cloudflare } = company;
  const meetings = new Set(
    zoom.meetings.filter(({ hostId }) => hostId === victim.zoomId).map(({ id }) => String(id)),
  );
  const registrations = new Set(
    cloudflare.fleet.registrationsOf({ userId: victim.accessId }).map(({ id }) => id),
  );
  const journal = new Map<CallName, { arrived: number; milliseconds: number }>();
  for (const call of [...slack.calls, ...zoom.calls, ...cloudflare.calls]) {
    if (call.arrived < since) continue;
    const { method, path, query } = call.request;
    const meeting = /^\/v2\/meetings\/(\d+)\/status$/.exec(path)?.[1];
    const name =
      meeting !== undefined && meetings.has(meeting)
        ? "end-meeting"
        : method === "POST" &&
            path.endsWith("/registrations/revoke") &&
            query.getAll("id").some((id) => registrations.has(id))
          ? "revoke-registrations"
          : nameOf(call, victim);
    const before = name === undefined ? undefined : journal.get(name);
    // Groups are asked for in two questions at once: the slower one counts.
    const isSlower = name === "groups" && (before?.milliseconds ?? 0) < call.milliseconds;
    if (name !== undefined && (before === undefined || isSlower))
      journal.set(name, { arrived: call.arrived, milliseconds: call.milliseconds });
  }
  return journal;
}

/** When the last command of the first wave was on the wire; undefined while one is missing. */
export function lastOfWave(journal: Journal): number | undefined {
  const times = FIRST_WAVE.map((name) => journal.get(name)?.arrived);
  return times.includes(undefined) ? undefined : Math.max(...(times as number[]));
}

/** The longest sum of answers that any command of the first wave had to wait for, with the answers as they came. */
export function unavoidable(journal: Journal): number {
  const before = (name: CallName): number =>
    Math.max(0, ...(AFTER[name] ?? []).map((one) => before(one) + (journal.get(one)?.milliseconds ?? 0)));
  return Math.max(...FIRST_WAVE.map(before));
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Looks until something is seen. @throws Error after half a minute */
export async function waited<Seen>(look: () => Seen | undefined): Promise<Seen> {
  const end = performance.now() + 30_000;
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
