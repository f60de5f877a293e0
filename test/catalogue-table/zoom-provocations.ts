import type { ZoomSimulator } from "../../playground/zoom/server.ts";
import type { PartialZoomUser } from "../../playground/zoom/user.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { by, byInput, type Provocation, type Provocations } from "./provocation.ts";
import type { Input } from "./zoom-sample-inputs.ts";

/** The same, asked about someone who is not like others. */
function aboutOne(person: PartialZoomUser, changes: Input = {}): Provocation {
  return by(({ zoom }, good) => ({ ...good, userId: zoom.addUser(person).id, ...changes }));
}

/** The same, in an account that is not like others. */
function inAccount(change: (zoom: ZoomSimulator) => void, changes: Input = {}): Provocation {
  return by(({ zoom }, good) => {
    change(zoom);
    return { ...good, ...changes };
  });
}

/** About someone who never accepted the invitation; Zoom knows them by their address only. */
const neverAccepted = by(({ zoom }, good) => {
  const person = { status: "pending", pretend: { invitationExpired: true } } as const;
  return { ...good, userId: zoom.addUser(person).email };
});

const onlyAdministrators = inAccount((zoom) => (zoom.onlyAdministratorsChangePictures = true));
const isInNoClient = aboutOne({ pretend: { isInClient: false } });
const isHidden = aboutOne({ pretend: { presenceHidden: true } });
const mayNotHost = by(({ zoom }) => ({
  meetingId: String(zoom.addMeeting(zoom.addUser({ type: 4 })).id),
}));
const isWebinar = by(({ zoom }) => ({ meetingId: String(zoom.addWebinar(zoom.addUser()).id) }));
const isNoMeeting = byInput({ meetingId: "123456789" });
const isNoRole = byInput({ roleId: "no-such-role" });
const feature = (name: string) => ({ changes: { feature: { [name]: true } } });
const concurrent = (kind: "Basic" | "Plus") => ({ changes: { feature: { concurrent_meeting: kind } } });

/** An account with one licence of a kind, which someone else has. */
function takeAll(kind: keyof ZoomSimulator["licences"], features: Input): (zoom: ZoomSimulator) => void {
  return (zoom) => {
    zoom.licences[kind] = 1;
    zoom.addUser({ pretend: { settings: { feature: features } } });
  };
}

/** An address that Zoom makes no user of, by the code of its refusal. */
function addressRefusedWith(code: number): Provocation {
  return by(({ zoom }, good) => {
    const { email } = good["user"] as { email: string };
    zoom.refusedAddresses.set(email.toLowerCase(), code);
    return good;
  });
}

/** A new user like the good one, with something more. */
function newUser(changes: Input, change: (zoom: ZoomSimulator) => void): Provocation {
  return by(({ zoom }, good) => {
    change(zoom);
    return { ...good, user: { ...(good["user"] as Input), ...changes } };
  });
}

const creation: Provocations = {
  "400/200": inAccount((zoom) => (zoom.mayCreateUsers = false)),
  "400/300": newUser({ first_name: "Admin" }, (zoom) => zoom.forbiddenWords.add("admin")),
  ...Object.fromEntries(
    [1000, 1009, 1107, 1108, 1116, 2016, 2035, 2036, 2037, 11321].map((code) => [
      `400/${code}`,
      addressRefusedWith(code),
    ]),
  ),
  "400/2002": inAccount((zoom) => (zoom.singleSignOn = false), { action: "ssoCreate" }),
  "400/2032": inAccount((zoom) => (zoom.preProvisioning = false), { action: "ssoCreate" }),
  "400/2033": newUser({ type: 1 }, (zoom) =>
    Object.assign(zoom, { basicUserLimit: 0, basicLimitCode: 2033 }),
  ),
  "400/2034": newUser({ plan_united_type: "1" }, (zoom) => (zoom.licences.united = 0)),
  "400/2038": newUser({ feature: { zoom_one_type: 16 } }, (zoom) => (zoom.licences.workplace = 0)),
  "400/3412": inAccount((zoom) => (zoom.licences.licensed = 0)),
  "404/1102": newUser({ feature: { zoom_phone: true } }, (zoom) => (zoom.licences.phone = 0)),
  "404/4130": addressRefusedWith(4130),
  "409/1005": by(({ zoom }, good) => {
    zoom.addUser({ email: (good["user"] as { email: string }).email });
    return good;
  }),
};

const change: Provocations = {
  "400/200": inAccount((zoom) => (zoom.onlyAdministratorsChangeUsers = true)),
  "400/300": inAccount((zoom) => zoom.forbiddenWords.add("admin"), { changes: { first_name: "Admin" } }),
  "400/1108": by(({ zoom }) => ({ userId: zoom.owner.id, changes: { type: 2 } })),
  "400/1109": aboutOne({ type: 1 }, { changes: { vanity_name: "sam.rivers" } }),
  "400/1120": neverAccepted,
  "400/2033": inAccount((zoom) => Object.assign(zoom, { basicUserLimit: 0, basicLimitCode: 2033 }), {
    changes: { type: 1 },
  }),
  "400/2034": inAccount((zoom) => (zoom.licences.united = 0), { changes: { plan_united_type: "1" } }),
  "400/2038": inAccount((zoom) => (zoom.licences.workplace = 0), { changes: { zoom_one_type: 16 } }),
  "400/2039": inAccount((zoom) => (zoom.basicUserLimit = 0), { changes: { zoom_one_type: 0 } }),
  "400/3412": inAccount((zoom) => (zoom.licences.licensed = 0), { changes: { type: 2 } }),
  "400/4100": inAccount((zoom) => zoom.takenRooms.add("sam.rivers"), {
    changes: { vanity_name: "sam.rivers" },
  }),
};

/** What any call to Zoom meets; the clock stands still, so that no limit recovers. */
const tooManyCalls: Provocation = {
  options: { zoom: { rateLimits: true, plan: "pro", clock: () => new Date(Date.UTC(2026, 2, 2)) } },
  calls: 40,
  provoke: (_world, good) => good,
};

const own: Readonly<Record<string, Provocations>> = {
  "zoom.user.get": { "400/1120": neverAccepted },
  "zoom.user.list": { "400/300": byInput({ nextPageToken: "stale" }) },
  "zoom.user.updateStatus": {
    "400/200": aboutOne({ role_id: "1" }),
    "400/300": aboutOne({ pretend: { upcomingZoomEvents: true } }),
    "400/2033": by(({ zoom }) => {
      Object.assign(zoom, { basicUserLimit: 0, basicLimitCode: 2033 });
      return { userId: zoom.addUser({ type: 1, status: "inactive" }).id, action: "activate" };
    }),
    "400/3412": by(({ zoom }) => {
      zoom.basicUserLimit = 0;
      return { userId: zoom.addUser({ type: 1, status: "inactive" }).id, action: "activate" };
    }),
  },
  "zoom.user.delete": {
    "400/200": aboutOne({ pretend: { isZoomRoom: true } }),
    "400/300": by(({ zoom }, good) => ({ ...good, transferEmail: zoom.addUser({ type: 1 }).email })),
    "400/1000": aboutOne({ pretend: { callQueueManager: true } }),
    "400/1107": aboutOne({ pretend: { managedDomain: true } }, { action: "disassociate" }),
    "400/1117": aboutOne({ role_id: "1" }, { action: "disassociate" }),
    "400/1120": neverAccepted,
  },
  "zoom.user.create": creation,
  "zoom.user.update": change,
  "zoom.user.updateEmail": {
    "400/200": inAccount((zoom) => (zoom.onlyAdministratorsChangeUsers = true)),
    "400/1000": aboutOne({ role_id: "1" }),
  },
  "zoom.user.updatePassword": {
    "400/300": aboutOne({ login_types: [100], pretend: { passwords: ["Correct4Horse"] } }),
    "400/1117": aboutOne({ login_types: [100], role_id: "1" }),
    "400/1123": aboutOne({ login_types: [101] }),
    "400/1124": inAccount((zoom) => (zoom.passwordRules.minimumLength = 20)),
    "400/1127": inAccount((zoom) => (zoom.passwordRules.specialCharacter = true)),
    "400/1129": aboutOne({ login_types: [100], pretend: { passwords: ["Correct4Horse", "Other4Horse"] } }),
    "400/1136": byInput({ password: "Qwerty4Horse" }),
  },
  "zoom.user.getZak": { "400/1001": inAccount((zoom) => zoom.users.delete(zoom.owner.id)) },
  "zoom.user.getPresence": { "400/5301": isInNoClient, "400/5411": isHidden },
  "zoom.user.updatePresence": { "400/5301": isInNoClient, "400/5411": isHidden },
  "zoom.user.getSettings": { "400/1120": neverAccepted },
  "zoom.user.updateSettings": {
    "400/1108": aboutOne({ type: 1 }, feature("large_meeting")),
    "400/1122": aboutOne({ type: 1 }, feature("webinar")),
    "400/1204": aboutOne({ pretend: { settings: { feature: { zoom_events: true } } } }, feature("webinar")),
    "400/1205": aboutOne({ pretend: { settings: { feature: { webinar: true } } } }, feature("zoom_events")),
    "400/1206": aboutOne({ type: 1 }, feature("zoom_events")),
    "400/1207": aboutOne({ type: 1 }, concurrent("Basic")),
    "400/1208": inAccount((zoom) => (zoom.licences.concurrentBasic = 0), concurrent("Basic")),
    "400/1209": inAccount(takeAll("concurrentBasic", { concurrent_meeting: "Basic" }), concurrent("Basic")),
    "400/1210": inAccount((zoom) => (zoom.licences.concurrentPlus = 0), concurrent("Plus")),
    "400/1211": inAccount(takeAll("concurrentPlus", { concurrent_meeting: "Plus" }), concurrent("Plus")),
    "400/1228": inAccount(takeAll("whiteboard", { zoom_whiteboard: true }), feature("zoom_whiteboard")),
    "400/1233": aboutOne({ pretend: { isZoomRoom: true } }, feature("zoom_whiteboard")),
    "400/1234": aboutOne({ pretend: { isOnPremises: true } }, feature("zoom_revenue_accelerator")),
    "400/1242": aboutOne(
      { pretend: { settings: { feature: { zoom_whiteboard: true } } } },
      feature("zoom_whiteboard_plus"),
    ),
    "400/1120": neverAccepted,
  },
  "zoom.assistant.add": { "400/200": inAccount((zoom) => (zoom.plan = "free")) },
  "zoom.picture.upload": {
    "400/200": onlyAdministrators,
    "400/300": inAccount((zoom) => (zoom.takesPicturesForExplicit = true)),
  },
  "zoom.picture.delete": { "400/200": onlyAdministrators },
  "zoom.background.list": { "400/1120": neverAccepted },
  "zoom.background.upload": {
    "400/120": by(({ zoom }, good) => {
      const file = { name: "beach.gif", size: 26, type: "image", is_default: false } as const;
      const backgrounds = Array.from({ length: 10 }, (_, place) => ({ ...file, id: String(place) }));
      return { ...good, userId: zoom.addUser({ pretend: { backgrounds } }).id };
    }),
    "404": byInput({ userId: "nobody" }),
  },
  "zoom.background.delete": { "400/300": byInput({ fileIds: ["no-such-file"] }) },
  "zoom.meeting.list": { "400/3161": aboutOne({ type: 4 }) },
  "zoom.meeting.get": { "400/3000": isWebinar, "400/3161": mayNotHost, "404/3001": isNoMeeting },
  "zoom.meeting.end": {
    "400/3000": isWebinar,
    "400/3063": by(({ zoom }) => ({
      meetingId: String(zoom.addMeeting(zoom.addUser(), { onPremise: true }).id),
    })),
    "400/3161": mayNotHost,
    "404/3001": isNoMeeting,
  },
  "zoom.webinar.list": { "400/200": aboutOne({ pretend: { webinarLicense: false } }) },
  "zoom.role.list": { "400/4700": { options: { zoom: { scopes: [] } }, provoke: () => ({}) } },
  "zoom.role.listMembers": { "400/1034": isNoRole },
  "zoom.role.assign": { "400/1034": isNoRole, "404": byInput({ userId: "nobody-at-all" }) },
  "zoom.role.removeMember": { "400/1034": isNoRole, "404": aboutOne({ role_id: "2" }) },
};

/** What of the pretend Zoom's own rules leads an operation to a refusal such as `400/200`, if anything does. */
export function zoomProvocation({ name, about }: Operation, refusal: string): Provocation | undefined {
  if (refusal === "429/429") return tooManyCalls;
  if (refusal === "404/1001" && about === "zoomUser") return byInput({ userId: "nobody" });
  return own[name]?.[refusal];
}
