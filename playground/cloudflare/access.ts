import { randomBytes, randomUUID } from "node:crypto";
import { cloudflareId } from "./cloudflare-id.ts";
import type { Fleet } from "./fleet.ts";
import { createSignInLog, type SignInLog } from "./sign-in-log.ts";

/** One person as Cloudflare Access shows them (Cloudflare's own field names). */
interface AccessUser {
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
interface AccessSession {
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
  /** Brings the number of devices up to date with the fleet, of everybody who ever enrolled one. */
  countDevices(): void;
  /** Adds a session of 24 hours. Throws when there is no such person. */
  addSession(userId: string): AccessSession;
  /** Signs somebody in; undefined when unknown, denied, or blocked by a recent revocation. */
  signIn(email: string): AccessSession | undefined;
  /** The sessions that have neither expired nor been logged out. */
  liveSessions(userId: string): AccessSession[];
  /** Carries a revocation out and keeps it. */
  revoke(revocation: Omit<Revocation, "at">): void;
}

const DAY = 86_400_000;

const IDENTITY_PROVIDER = { id: cloudflareId(), type: "onetimepin" };

/**
 * Creates an account with no people in it.
 * @param isDenied whether the sign-in policies keep a person out
 */
export function createAccessAccount({
  isDenied,
  ...options
}: {
  accountId: string;
  zoneIds: readonly string[];
  clock: () => Date;
  permissions: string[];
  fleet: Fleet;
  isDenied: (email: string) => boolean;
}): AccessAccount {
  const { clock, fleet } = options;
  const accessUsers = new Map<string, AccessUser>();
  const sessions = new Map<string, AccessSession[]>();
  const enrolled = new Set<string>();
  const blockedUntil = new Map<string, number>();

  const account: AccessAccount = {
    ...options,
    accessUsers,
    sessions,
    revocations: [],
    lastSessions: new Map(),
    signIns: createSignInLog(clock),
    accessEnabled: true,
    logoutMilliseconds: 0,
    signInBlockMilliseconds: 60_000,
    addAccessUser(partial = {}) {
      const email = partial.email ?? `person-${randomBytes(4).toString("hex")}@example.com`;
      const now = clock().toISOString();
      const user: AccessUser = {
        id: randomUUID(),
        uid: randomUUID(),
        email,
        name: email.split("@")[0] ?? email,
        seat_uid: randomUUID(),
        access_seat: true,
        gateway_seat: false,
        active_device_count: 0,
        created_at: now,
        updated_at: now,
        last_successful_login: now,
        ...partial,
      };
      accessUsers.set(user.id, user);
      return user;
    },
    enrolDevice(userId, { id, name } = {}) {
      if (!accessUsers.has(userId)) throw new Error(`no Access user ${userId}`);
      enrolled.add(userId);
      const registration = fleet.enrol({ userId, deviceId: id, deviceName: name });
      account.countDevices();
      return registration;
    },
    countDevices() {
      for (const user of accessUsers.values())
        if (enrolled.has(user.id)) user.active_device_count = fleet.countActive(user.id);
    },
    addSession(userId) {
      const user = accessUsers.get(userId);
      if (!user) throw new Error(`no Access user ${userId}`);
      const startedAt = clock();
      const session: AccessSession = {
        nonce: randomBytes(8).toString("base64url"),
        startedAt,
        expiresAt: new Date(startedAt.getTime() + DAY),
        idp: IDENTITY_PROVIDER,
        ip: "203.0.113.7",
        country: "SE",
        apps: {
          [randomBytes(32).toString("hex")]: {
            hostname: "wiki.example.com",
            name: "Wiki",
            type: "self_hosted",
            uid: randomUUID(),
          },
        },
      };
      sessions.set(userId, [...account.liveSessions(userId), session]);
      account.lastSessions.set(userId, session);
      account.signIns.add(user, true);
      return session;
    },
    signIn(email) {
      const user = findByEmail(email);
      const now = clock();
      if (!user) return undefined;
      if ((blockedUntil.get(user.email.toLowerCase()) ?? 0) > now.getTime() || isDenied(user.email)) {
        account.signIns.add(user, false);
        return undefined;
      }
      user.last_successful_login = now.toISOString();
      // Whoever signs in takes a seat, also when it was taken away before.
      user.access_seat = true;
      return account.addSession(user.id);
    },
    liveSessions(userId) {
      const now = clock().getTime();
      const live = (sessions.get(userId) ?? []).filter(
        ({ expiresAt, endsAt }) => expiresAt.getTime() > now && (endsAt?.getTime() ?? Infinity) > now,
      );
      sessions.set(userId, live);
      return live;
    },
    revoke(revocation) {
      const at = clock();
      account.revocations.push({ ...revocation, at });
      const user = findByEmail(revocation.email);
      if (!user) return;
      const endsAt = new Date(at.getTime() + account.logoutMilliseconds);
      // A second revocation must not put off the logout that the first one set going.
      for (const session of account.liveSessions(user.id)) session.endsAt ??= endsAt;
      account.liveSessions(user.id);
      if (revocation.devices) {
        fleet.revoke(fleet.registrationsOf({ userId: user.id }));
        user.active_device_count = 0;
      }
      blockedUntil.set(user.email.toLowerCase(), at.getTime() + account.signInBlockMilliseconds);
    },
  };

  function findByEmail(email: string): AccessUser | undefined {
    return [...accessUsers.values()].find((user) => user.email.toLowerCase() === email.toLowerCase());
  }
  return account;
}
