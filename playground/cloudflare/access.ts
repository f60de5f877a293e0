import { randomBytes, randomUUID } from "node:crypto";
import { cloudflareId } from "./cloudflare-id.ts";
import type { Fleet } from "./fleet.ts";
import { createSignInLog } from "./sign-in-log.ts";
import type { AccessAccount, AccessSession, AccessUser } from "./state.ts";

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
      // Anyone who signs in takes a seat, also when it was taken away before.
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
