import { randomUUID } from "node:crypto";
import { type PartialZoomUser, type ZoomUser, zoomId } from "../../playground/zoom/user.ts";
import type { PreparedWorld } from "./prepared-world.ts";

export type Input = Record<string, unknown>;

/** Makes one good input, after putting into the world what the call is about. */
export type SampleInput = (world: PreparedWorld) => Input;

const png = Buffer.from("\u0089PNG\r\n\u001a\n, and the rest of it", "latin1").toString("base64");
const gif = Buffer.from("GIF89a, and the rest of it").toString("base64");

function newEmail(): string {
  return `person-${randomUUID()}@example.com`;
}

/** An input about someone who has just come into the account, named by Zoom user id. */
function about(rest: Input = {}, person: PartialZoomUser = {}): SampleInput {
  return ({ zoom }) => ({ userId: zoom.addUser(person).id, ...rest });
}

/** An input about two people: someone, and the person who may schedule for them. */
function withAssistant(input: (host: ZoomUser, assistant: ZoomUser) => Input): SampleInput {
  return ({ zoom }) => {
    const host = zoom.addUser();
    const assistant = zoom.addUser();
    host.pretend.assistants.set(assistant.id, true);
    return input(host, assistant);
  };
}

function meeting(world: PreparedWorld): Input {
  const { zoom } = world;
  return { meetingId: String(zoom.addMeeting(zoom.addUser(), { live: true }).id) };
}

/** An input about someone who has a role of the account's own. */
function role({ zoom }: PreparedWorld): { roleId: string; userId: string } {
  const roleId = zoomId();
  zoom.roles.set(roleId, { name: "Help desk", description: "Looks after people." });
  return { roleId, userId: zoom.addUser({ role_id: roleId }).id };
}

/** One good input for each operation at Zoom, by name. */
export const zoomSampleInputs: Readonly<Record<string, SampleInput>> = {
  "zoom.user.get": about({ loginType: 101, encryptedEmail: false, searchByUniqueId: false }),
  "zoom.user.list": () => ({
    status: "active",
    license: "zoom_workforce_management",
    includeFields: "custom_attributes",
    pageSize: 300,
    pageNumber: 1,
  }),
  "zoom.user.checkEmail": ({ zoom }) => ({ email: zoom.addUser().email }),
  "zoom.user.updateStatus": about({ action: "deactivate" }),
  "zoom.user.revokeSsoToken": about(),
  "zoom.user.delete": ({ zoom }) => ({
    userId: zoom.addUser().id,
    encryptedEmail: false,
    action: "delete",
    transferEmail: zoom.addUser().email,
    transfer: ["meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "docs", "visitors"],
  }),
  "zoom.user.create": () => ({
    action: "create",
    user: { email: newEmail(), type: 2, first_name: "Kim", last_name: "Lee" },
  }),
  "zoom.user.update": about({
    loginType: 101,
    removeTspCredentials: false,
    changes: {
      first_name: "Samira",
      dept: "Support",
      job_title: "Lead",
      phone_numbers: [{ number: "5550100", code: "+1", country: "US", label: "Office" }],
      use_pmi: true,
    },
  }),
  "zoom.user.updateEmail": ({ zoom }) => ({ userId: zoom.addUser().id, email: newEmail() }),
  "zoom.user.updatePassword": about({ password: "Correct4Horse" }, { login_types: [100] }),
  "zoom.user.getPermissions": about(),
  "zoom.user.getToken": about({ type: "zak", secondsToLive: 60 }),
  "zoom.user.getZak": () => ({}),
  "zoom.user.checkVanityName": () => ({ vanityName: "sam.rivers" }),
  "zoom.user.getPresence": about(),
  "zoom.user.updatePresence": about({ status: "Busy" }),
  "zoom.user.getSettings": about({
    option: "meeting_security",
    loginType: 101,
    fields: ["host_video", "waiting_room"],
  }),
  "zoom.user.updateSettings": about({
    changes: { in_meeting: { private_chat: false }, recording: { auto_recording: "cloud" } },
  }),
  "zoom.assistant.list": about(),
  "zoom.assistant.add": ({ zoom }) => ({
    userId: zoom.addUser().id,
    assistants: [zoom.addUser().email, zoom.addUser().id],
    canManagePrivateEvents: true,
  }),
  "zoom.assistant.remove": withAssistant((host, assistant) => ({
    userId: host.id,
    assistantId: assistant.id,
  })),
  "zoom.assistant.removeAll": withAssistant((host) => ({ userId: host.id })),
  "zoom.scheduler.list": withAssistant((_host, assistant) => ({ userId: assistant.id })),
  "zoom.scheduler.remove": withAssistant((host, assistant) => ({
    userId: assistant.id,
    schedulerId: host.id,
  })),
  "zoom.scheduler.removeAll": withAssistant((_host, assistant) => ({ userId: assistant.id })),
  "zoom.picture.upload": about({ picture: { name: "sam.png", content: png } }),
  "zoom.picture.delete": about({}, { pic_url: "https://example.zoom.us/p/v2/picture" }),
  "zoom.background.list": about(),
  "zoom.background.upload": about({ background: { name: "beach.gif", content: gif } }),
  "zoom.background.delete": ({ zoom }) => {
    const person = zoom.addUser();
    const file = { name: "beach.gif", size: 26, type: "image", is_default: false } as const;
    person.pretend.backgrounds.push({ id: zoomId(), ...file });
    return { userId: person.id, fileIds: person.pretend.backgrounds.map(({ id }) => id) };
  },
  "zoom.meeting.list": about({ type: "upcoming", pageSize: 300 }),
  "zoom.meeting.get": meeting,
  "zoom.meeting.end": meeting,
  "zoom.webinar.list": about(
    { type: "upcoming", pageSize: 300, pageNumber: 1 },
    { pretend: { webinarLicense: true } },
  ),
  "zoom.recording.list": about({ from: "2026-03-01", to: "2026-03-31", pageSize: 300 }),
  "zoom.role.list": () => ({}),
  "zoom.role.listMembers": (world) => ({ roleId: role(world).roleId }),
  "zoom.role.removeMember": role,
  "zoom.role.assign": (world) => ({ ...role(world), userId: world.zoom.addUser({}).id }),
  "zoom.account.listManagedDomains": () => ({}),
};
