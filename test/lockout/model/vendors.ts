import type { Operation } from "../../../src/catalogue/operation.ts";
import { vendorFailure } from "../../workflow/pretend-context.ts";
import { LEAVER, OTHER, type Trouble, type World } from "./world.ts";

interface ZoomUser {
  id: string;
  email: string;
  status: string;
  roleId: string;
  ways: number[];
  ssoSessions: number;
  otherSessions: number;
  hasOldPassword: boolean;
}
interface AccessUser {
  id: string;
  email: string;
  sessions: number;
  devices: { id: string; revokedAt?: string }[];
}
interface Meeting {
  id: number;
  hostId: string;
  isInstant: boolean;
  isLive: boolean;
}

/** The vendors of one generated world, with state in memory and the faults that the world has. */
export interface ModelVendors {
  execute(operation: Operation, input: unknown): Promise<unknown>;
  /** Every call that a vendor answered with success, by operation. */
  succeeded: string[];
  zoomUsers: ZoomUser[];
  accessUsers: AccessUser[];
  meetings: Meeting[];
  blocked: string[];
  slackSessions: number;
}

const failures = {
  silence: (operation: string) => vendorFailure("timeout", { operation, mayHaveHappened: true }),
  refusal: (operation: string) => vendorFailure("refused", { operation, status: 400, code: 300 }),
  "not found": (operation: string) => vendorFailure("not_found", { operation, status: 404, code: 1001 }),
} as const;

/** What the vendors of this world hold, and how they answer. @param now Unix milliseconds */
export function createModelVendors(world: World, now: () => number): ModelVendors {
  const vendors = stateOf(world);
  const { zoomUsers, accessUsers, meetings, blocked, succeeded } = vendors;
  const signIns: { email: string; at: number }[] = [];
  const missing = (operation: string) => failures["not found"](operation);
  const zoomUser = (operation: string, key: string): ZoomUser => {
    const user = zoomUsers.find(({ id, email }) => id === key || email === key);
    if (user === undefined) throw missing(operation);
    return user;
  };
  const mayMeet = (operation: string, { status }: ZoomUser) => {
    if (world.zoom.losesMeetings && status === "inactive")
      throw vendorFailure("refused", { operation, status: 400, code: 3161 });
  };
  const show = ({ id, email, status, roleId, ways }: ZoomUser) => ({
    id,
    email,
    status,
    type: 2,
    role_id: roleId,
    role_name: roleId,
    login_types: ways,
  });

  /** What each call does; an answer of undefined is an empty one. */
  const answers: Record<string, (input: never) => unknown> = {
    "zoom.user.get": ({ userId }: { userId: string }) => {
      const user = zoomUser("zoom.user.get", userId);
      const isLookUp = userId.includes("@");
      return isLookUp && world.zoom.answersWrongId ? { ...show(user), id: OTHER.zoomId } : show(user);
    },
    "zoom.user.getSettings": () => ({ feature: {} }),
    "zoom.role.removeMember": ({ userId }: { userId: string }) => {
      zoomUser("zoom.role.removeMember", userId).roleId = "2";
    },
    "zoom.user.updateStatus": ({ userId }: { userId: string }) => {
      const user = zoomUser("zoom.user.updateStatus", userId);
      if (user.roleId !== "2") throw failures.refusal("zoom.user.updateStatus");
      user.status = "inactive";
    },
    "zoom.user.revokeSsoToken": ({ userId }: { userId: string }) => {
      zoomUser("zoom.user.revokeSsoToken", userId).ssoSessions = 0;
    },
    "zoom.user.updatePassword": ({ userId }: { userId: string }) => {
      zoomUser("zoom.user.updatePassword", userId).hasOldPassword = false;
    },
    "zoom.meeting.list": ({ userId }: { userId: string }) => {
      const user = zoomUser("zoom.meeting.list", userId);
      mayMeet("zoom.meeting.list", user);
      const live = meetings.filter(
        ({ hostId, isInstant, isLive }) => hostId === user.id && isLive && !isInstant,
      );
      return { meetings: live.map(({ id, hostId }) => ({ id, host_id: hostId, topic: "", type: 2 })) };
    },
    "zoom.meeting.get": ({ meetingId }: { meetingId: string }) => {
      const meeting = meetings.find(({ id }) => String(id) === meetingId);
      if (meeting === undefined) throw missing("zoom.meeting.get");
      return { id: meeting.id, host_id: meeting.hostId, status: meeting.isLive ? "started" : "waiting" };
    },
    "zoom.meeting.end": ({ meetingId }: { meetingId: string }) => {
      const meeting = meetings.find(({ id }) => String(id) === meetingId);
      if (meeting === undefined) throw missing("zoom.meeting.end");
      mayMeet("zoom.meeting.end", zoomUser("zoom.meeting.end", meeting.hostId));
      meeting.isLive = false;
    },
    "cloudflare.access.findUser": ({ email }: { email: string }) =>
      accessUsers
        .filter((user) => user.email.includes(email))
        .map(({ id, email: shown }) => ({ id, email: shown })),
    "cloudflare.gateway.listItems": () => blocked.map((value) => ({ value })),
    "cloudflare.gateway.addItem": ({ email }: { email: string }) => {
      blocked.push(email);
      return {};
    },
    "cloudflare.access.revokeUserInAccount": ({ email, devices }: { email: string; devices?: boolean }) => {
      const met = accessUsers.filter((user) => user.email === email);
      for (const user of world.access.revokesFirstOnly ? met.slice(0, 1) : met) {
        user.sessions = 0;
        if (devices === true) for (const device of user.devices) device.revokedAt = "2026-01-05T12:00:00Z";
        if (world.access.signsInAgain && !blocked.includes(email)) {
          user.sessions = 1;
          signIns.push({ email, at: now() + 5_000 });
        }
      }
      return true;
    },
    "cloudflare.access.revokeUserInZone": () => true,
    "cloudflare.access.listActiveSessions": ({ userId }: { userId: string }) => {
      const user = accessUsers.find(({ id }) => id === userId);
      if (user === undefined) throw missing("cloudflare.access.listActiveSessions");
      return Array.from({ length: user.sessions }, (_unused, index) => ({ name: `session${index}` }));
    },
    "cloudflare.access.listRequests": ({ email }: { email: string }) =>
      signIns
        .filter((one) => one.email === email)
        .map(({ at }) => ({ allowed: true, created_at: new Date(at).toISOString() })),
    "cloudflare.registration.list": (input: {
      userId?: string;
      registrationIds?: string[];
      status?: string;
    }) =>
      accessUsers.flatMap(({ id, email, devices }) =>
        devices
          .filter(() => input.userId === undefined || input.userId === id)
          .filter((device) => input.registrationIds?.includes(device.id) ?? true)
          .filter(({ revokedAt }) => input.status !== "active" || revokedAt === undefined)
          .map((device) => ({ id: device.id, revoked_at: device.revokedAt ?? null, user: { id, email } })),
      ),
    "cloudflare.registration.revoke": ({ registrationIds }: { registrationIds: string[] }) => {
      for (const device of accessUsers.flatMap(({ devices }) => devices))
        if (registrationIds.includes(device.id)) device.revokedAt = "2026-01-05T12:00:00Z";
    },
    "slack.session.reset": () => {
      vendors.slackSessions = 0;
      return { ok: true };
    },
    "slack.session.list": () => {
      if (!world.slack.mayList) throw vendorFailure("missing_scope", { operation: "slack.session.list" });
      return {
        active_sessions: Array.from({ length: vendors.slackSessions }, (_unused, id) => ({ session_id: id })),
      };
    },
  };

  vendors.execute = async (operation, input) => {
    const { name } = operation;
    await Promise.resolve();
    const trouble: Trouble | undefined = world.troubles.find((one) => one.operation === name)?.trouble;
    const answer = answers[name];
    if (answer === undefined) throw new TypeError(`The model does not know ${name}.`);
    if (trouble === "lost answer") answer(input as never);
    if (trouble === "lost answer" || trouble === "silence") throw failures.silence(name);
    if (trouble === "refusal" || trouble === "not found") throw failures[trouble](name);
    succeeded.push(name);
    if (trouble === "no effect" && operation.risk !== "read")
      return name === "slack.session.reset" ? { ok: true } : name.endsWith("InAccount") ? true : undefined;
    return answer(input as never);
  };
  return vendors;
}

function stateOf({ zoom, access, slack }: World): ModelVendors {
  const vendors: ModelVendors = {
    execute: () => Promise.reject(new TypeError("It is not there yet.")),
    succeeded: [],
    zoomUsers: [bystander()],
    accessUsers: [{ id: OTHER.accessId, email: OTHER.email, sessions: 1, devices: [] }],
    meetings: [],
    blocked: ["somebody@northwind.example"],
    slackSessions: slack.sessions,
  };
  if (zoom.account !== "none") {
    vendors.zoomUsers.push({
      id: LEAVER.zoomId,
      email: zoom.account === "same" ? LEAVER.email : LEAVER.otherEmail,
      status: "active",
      roleId: zoom.role,
      ways: [...(zoom.hasPassword ? [100] : []), ...(zoom.hasSso ? [101] : [])],
      ssoSessions: zoom.hasSso ? zoom.sessions : 0,
      otherSessions: zoom.hasSso ? 0 : zoom.sessions,
      hasOldPassword: zoom.hasPassword,
    });
    for (let index = 0; index < zoom.listedMeetings; index += 1)
      vendors.meetings.push({
        id: 81_000_000_000 + index,
        hostId: LEAVER.zoomId,
        isInstant: false,
        isLive: true,
      });
    if (zoom.hasInstantMeeting)
      vendors.meetings.push({ id: 82_000_000_000, hostId: LEAVER.zoomId, isInstant: true, isLive: true });
  }
  for (let index = 0; index < access.users; index += 1)
    vendors.accessUsers.push({
      id: `${LEAVER.accessId}${index}`,
      email: access.email === "same" ? LEAVER.email : LEAVER.otherEmail,
      sessions: access.sessions,
      devices: Array.from({ length: access.devices }, (_none, device) => ({
        id: `device${index}-${device}`,
      })),
    });
  return vendors;
}

function bystander(): ZoomUser {
  const common = { status: "active", roleId: "2", ways: [100, 101], hasOldPassword: true };
  return { id: OTHER.zoomId, email: OTHER.email, ...common, ssoSessions: 1, otherSessions: 0 };
}
