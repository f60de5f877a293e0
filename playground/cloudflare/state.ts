import type { Fleet } from "./fleet.ts";
import type { SignInLog } from "./sign-in-log.ts";

/** One person as Cloudflare Access shows them (Cloudflare's own field names). */
export interface AccessUser {
  id: string;
  uid: string;
  email: string;
  name: string;
  seat_uid: string;
  access_seat: boolean;
  gateway_seat: boolean;
  active_device_count: number;
  created_at: string;
  updated_at: string;
  last_successful_login: string;
}

/** One live session of a person. */
export interface AccessSession {
  nonce: string;
  startedAt: Date;
  expiresAt: Date;
  /** The identity provider and the place it was opened from. */
  idp: { id: string; type: string };
  ip: string;
  country: string;
  /** Applications signed in to, by their audience tag. */
  apps: Record<string, { hostname: string; name: string; type: string; uid: string }>;
  /** Set by a revocation: when the logout reaches the session. */
  endsAt?: Date;
}

/** One revoke_user call that was carried out. */
interface Revocation {
  scope: "account" | "zone";
  zoneId?: string;
  email: string;
  at: Date;
  body: Record<string, unknown>;
  /** Whether devices were to be revoked too, be it by the query or by the body. */
  devices: boolean;
}

/** The people of the pretend Cloudflare account, and switches that change how it behaves from the next request on. */
export interface AccessAccount {
  readonly accountId: string;
  readonly zoneIds: readonly string[];
  readonly clock: () => Date;
  /** By id. Change an entry in place, or put in and take out, and the next answer shows it. */
  readonly accessUsers: Map<string, AccessUser>;
  /** By user id; a session that has ended goes away when it is next looked for. */
  readonly sessions: Map<string, AccessSession[]>;
  readonly revocations: Revocation[];
  /** By user id: the session that Access saw last, also when it has ended. */
  readonly lastSessions: Map<string, AccessSession>;
  /** Every sign-in, also those that were refused. */
  readonly signIns: SignInLog;
  readonly fleet: Fleet;
  /** False: every call about Access is refused. */
  accessEnabled: boolean;
  /** What the API token may do, by Cloudflare's permission names. */
  permissions: string[];
  /** By the clock, from a revocation until the sessions are gone. */
  logoutMilliseconds: number;
  /** By the clock, how long after a revocation nobody signs in again. */
  signInBlockMilliseconds: number;
  /** Adds a person; whatever is not given is filled in. */
  addAccessUser(partial?: Partial<AccessUser>): AccessUser;
  /** Enrols a device in WARP. Throws when there is no such person. */
  enrolDevice(userId: string, device?: { id?: string; name?: string }): ReturnType<Fleet["enrol"]>;
  /** Brings the number of devices up to date with the fleet, of everyone who ever enrolled one. */
  countDevices(): void;
  /** Adds a session of 24 hours. Throws when there is no such person. */
  addSession(userId: string): AccessSession;
  /** Signs someone in; undefined when unknown, denied, or blocked by a recent revocation. */
  signIn(email: string): AccessSession | undefined;
  /** The sessions that have neither expired nor been logged out. */
  liveSessions(userId: string): AccessSession[];
  /** Carries a revocation out and keeps it. */
  revoke(revocation: Omit<Revocation, "at">): void;
}

interface GatewayListItem {
  value: string;
  description?: string;
  created_at: string;
}

/** One list as Gateway and Access policies use it. */
export interface GatewayList {
  id: string;
  name: string;
  type: "EMAIL" | "DOMAIN" | "IP" | "SERIAL" | "URL";
  description: string;
  created_at: string;
  updated_at: string;
  items: GatewayListItem[];
}

/** A role of the dashboard. */
export interface Role {
  id: string;
  name: string;
}

/** One person who may use the account's dashboard, or is invited to. */
export interface Member {
  id: string;
  status: "accepted" | "pending" | "rejected";
  user: { id: string; email: string };
  roles: Role[];
  policies?: unknown[];
}

/** What is said of a member who is added; whatever is not given is filled in. */
export type NewMember = Partial<Omit<Member, "user">> & { email: string };

/** What a program passes Access with. */
export interface ServiceToken {
  id: string;
  name: string;
  client_id: string;
  duration: string;
  enabled: boolean;
  created_at: string;
  updated_at: string;
  last_seen_at: string | null;
}

/** An API token that belongs to the account, not to a person. */
export interface AccountToken {
  id: string;
  name: string;
  status: "active" | "disabled" | "expired";
  issued_on: string;
  modified_on: string;
  last_used_on: string | null;
  policies: unknown[];
  condition?: unknown;
  expires_on?: string;
  not_before?: string;
}

/** How the account answers requests for lists. */
export interface ListHabits {
  /** The most entries of a page, whatever `per_page` asked for; the answer says how many it took. */
  longestPage: number;
  /** Whether `result_info` has `total_pages`; where it has not, only `total_count` and the page tell. */
  sayHowManyPages: boolean;
}

/** The pretend Cloudflare account: the people of Access, and all that is around them. */
export interface CloudflareAccount extends AccessAccount {
  /** By id. Change an entry in place, or put in and take out, and the next answer shows it. */
  readonly gatewayLists: Map<string, GatewayList>;
  readonly members: Map<string, Member>;
  readonly serviceTokens: Map<string, ServiceToken>;
  readonly accountTokens: Map<string, AccountToken>;
  /** Lists of people whom every policy denies, but those of `openPolicies`. */
  readonly denyListIds: Set<string>;
  /** Names of further policies that let people in and exclude no list. */
  readonly openPolicies: Set<string>;
  /** The id of the token that calls. */
  readonly tokenId: string;
  /** Changed in place, it counts from the next request on. */
  readonly lists: ListHabits;
  /** How many entries a list takes. */
  entriesPerList: number;
  /** Each adds one; whatever is not given is filled in. */
  addGatewayList(partial?: Partial<GatewayList>): GatewayList;
  addMember(partial: NewMember): Member;
  addServiceToken(partial?: Partial<ServiceToken>): ServiceToken;
  addAccountToken(partial?: Partial<AccountToken>): AccountToken;
}
