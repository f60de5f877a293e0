import { randomBytes, randomUUID } from "node:crypto";

/** One device, which several people may use. */
interface Device {
  id: string;
  name: string;
  device_type: string;
  created_at: string;
  updated_at: string;
  last_seen_at: string;
}

/** One person's WARP registration on one device. */
interface Registration {
  id: string;
  deviceId: string;
  userId: string;
  key: string;
  created_at: string;
  updated_at: string;
  last_seen_at: string;
  revoked_at: string | null;
}

/** The devices that are enrolled in WARP. */
export interface Fleet {
  /** By id. */
  readonly devices: Map<string, Device>;
  /** By id, also the revoked ones; a deleted one is not there any more. */
  readonly registrations: Map<string, Registration>;
  /** Enrols a person's device: a new one, or one that others use already. */
  enrol(enrolment: { userId: string; deviceId?: string; deviceName?: string }): Registration;
  /** Revokes those that are not yet. */
  revoke(registrations: readonly Registration[]): void;
  unrevoke(registrations: readonly Registration[]): void;
  remove(registrations: readonly Registration[]): void;
  registrationsOf(owner: { userId: string } | { deviceId: string }): Registration[];
  /** How many of a person's registrations work. */
  countActive(userId: string): number;
}

/** Creates a fleet without devices. */
export function createFleet(clock: () => Date): Fleet {
  const devices = new Map<string, Device>();
  const registrations = new Map<string, Registration>();

  const fleet: Fleet = {
    devices,
    registrations,
    enrol({ userId, deviceId = randomUUID(), deviceName = "Laptop" }) {
      const now = clock().toISOString();
      const times = { created_at: now, updated_at: now, last_seen_at: now };
      if (!devices.has(deviceId))
        devices.set(deviceId, { id: deviceId, name: deviceName, device_type: "mac", ...times });
      const registration: Registration = {
        id: randomUUID(),
        deviceId,
        userId,
        key: randomBytes(32).toString("base64"),
        ...times,
        revoked_at: null,
      };
      registrations.set(registration.id, registration);
      return registration;
    },
    revoke(chosen) {
      const now = clock().toISOString();
      for (const registration of chosen) registration.revoked_at ??= now;
    },
    unrevoke(chosen) {
      for (const registration of chosen) registration.revoked_at = null;
    },
    remove(chosen) {
      for (const { id } of chosen) registrations.delete(id);
    },
    registrationsOf(owner) {
      return [...registrations.values()].filter((registration) =>
        "userId" in owner ? registration.userId === owner.userId : registration.deviceId === owner.deviceId,
      );
    },
    countActive(userId) {
      return fleet.registrationsOf({ userId }).filter(({ revoked_at }) => revoked_at === null).length;
    },
  };
  return fleet;
}
