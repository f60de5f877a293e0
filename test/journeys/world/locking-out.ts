import { PEOPLE, type PersonName } from "../../../playground/company.ts";
import type { Entry } from "../../../playground/slack/entry.ts";
import type { OpenView } from "../../../playground/slack/state.ts";
import { newViewOf } from "./acting.ts";
import { addLeaver, type Leaver } from "./leaver.ts";
import { ended, eventually, eventsOf, rootOf, type World } from "./world.ts";

/** Someone whose account was taken: signed in everywhere, in a live meeting, with a device. */
export interface Victim extends Leaver {
  meetingId: number;
  registrationId: string;
}

/** Makes someone new whose every door is open. */
export function addVictim(world: World, facts: Parameters<typeof addLeaver>[1] = {}): Victim {
  const leaver = addLeaver(world, facts);
  const { zoom, cloudflare } = world.company;
  const user = zoom.users.get(leaver.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  zoom.signIn(user.id);
  const meeting = zoom.addMeeting(user, { topic: "All hands", live: true });
  const registration = cloudflare.enrolDevice(leaver.accessId, { name: `Laptop of ${leaver.name}` });
  return { ...leaver, meetingId: meeting.id, registrationId: registration.id };
}

/** Types `/lockout` and waits for the form, filled in. */
export async function openLockout(world: World, person: PersonName, text: string): Promise<OpenView> {
  const known = new Set(world.company.slack.views.keys());
  await world.company.slack.as(PEOPLE[person].id).command("/lockout", text);
  const view = await newViewOf(world, person, known);
  return eventually("the filled-in form", () => {
    const now = world.company.slack.views.get(view.id);
    const text = JSON.stringify(now?.content.blocks ?? []);
    return now !== undefined && !text.includes("Looking at Zoom") ? now : undefined;
  });
}

/** From the command to the pressed button; resolves to the request's id. */
export async function lockOut(
  world: World,
  victim: Pick<Victim, "name">,
  { by = "security", values = {} }: { by?: PersonName; values?: Record<string, Entry> } = {},
): Promise<string> {
  const view = await openLockout(world, by, `@${victim.name}`);
  await world.company.slack.as(PEOPLE[by].id).submit(view.id, values);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  return view.id;
}

/** Waits until the lockout has come to its end and all of it is told; resolves to the last verdict. */
export async function lockedOut(
  world: World,
  requestId: string,
): Promise<{ state: string; sentence: string }> {
  const state = await ended(world, requestId);
  const finished = (await eventsOf(world, requestId)).findLast(({ type }) => type === "run.finished");
  return { state, sentence: String(finished?.data["sentence"]) };
}

/** How every door truly is at the pretend vendors. */
export function doorsAt(world: World, victim: Victim) {
  const { zoom, cloudflare } = world.company;
  const user = zoom.users.get(victim.zoomId);
  const list = [...cloudflare.denyListIds].flatMap((id) => cloudflare.gatewayLists.get(id)?.items ?? []);
  return {
    signInAtZoom: user?.status === "active",
    sessionsAtZoom: (user?.pretend.ssoSessions ?? 0) > 0,
    meetings: zoom.meetings.some(({ hostId, live }) => live && hostId === victim.zoomId),
    sessionsAtCloudflare: cloudflare.liveSessions(victim.accessId).length > 0,
    signInAtCloudflare: !list.some(({ value }) => value === victim.email),
    devices: cloudflare.fleet.countActive(victim.accessId) > 0,
  };
}

export const ALL_CLOSED = {
  signInAtZoom: false,
  sessionsAtZoom: false,
  meetings: false,
  sessionsAtCloudflare: false,
  signInAtCloudflare: false,
  devices: false,
};

/** Presses one of the buttons under a lockout. */
export async function press(
  world: World,
  person: PersonName,
  requestId: string,
  actionId: string,
): Promise<void> {
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error(`There is no message of ${requestId}.`);
  await world.company.slack.as(PEOPLE[person].id).click(root, actionId);
}
