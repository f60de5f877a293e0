import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Entry } from "../../playground/slack/entry.ts";
import { PEOPLE } from "../../playground/company.ts";
import { operations } from "../../src/catalogue/registry.ts";
import { fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import { png } from "./world/sample-picture.ts";
import { approve, ended, eventually, outcomesOf, rootOf, startWorld, type World } from "./world/world.ts";

interface Good {
  /** What is entered, by block. */
  values?: (world: World) => Record<string, Entry>;
  /** The fields of a large body that are chosen first. */
  fields?: string[];
  /** What there must be first. */
  before?: (world: World) => void;
  /** What an answer says. */
  says?: string | RegExp;
  /** How the change ends; `verified` by default. */
  outcome?: string;
}

const zoomTarget = (world: World) => {
  const user = [...world.company.zoom.users.values()].find(({ email }) => email.startsWith("sam@"));
  if (user === undefined) throw new Error("Sam is not at Zoom.");
  return user;
};
const accessTarget = (world: World) => {
  const user = [...world.company.cloudflare.accessUsers.values()].find(({ email }) =>
    email.startsWith("sam@"),
  );
  if (user === undefined) throw new Error("Sam is not in Access.");
  return user;
};
const firstList = (world: World) => [...world.company.cloudflare.gatewayLists.keys()][0] ?? "";
const aFile = (world: World) => world.company.slack.as(PEOPLE.security.id).upload("sam.png", png());
const aBackground = (world: World) => {
  const id = `bg-${zoomTarget(world).pretend.backgrounds.length}`;
  zoomTarget(world).pretend.backgrounds.push({
    id,
    name: "beach.png",
    size: 10,
    type: "image",
    is_default: false,
  });
  return id;
};
const enrol = (world: World) =>
  world.company.cloudflare.enrolDevice(accessTarget(world).id, { name: "Another laptop" });

/** One good use of each operation, by someone of security about Sam. */
const GOOD: Readonly<Record<string, Good>> = {
  "zoom.user.get": { says: "Account manager" },
  "zoom.user.list": { says: "sam@northwind.example" },
  "zoom.user.checkEmail": { says: "Existed email" },
  "zoom.user.updateStatus": { values: () => ({ "input.action": "deactivate" }) },
  "zoom.user.revokeSsoToken": { outcome: "accepted" },
  "zoom.user.delete": {
    values: () => ({ "input.action": "delete", confirm: "sam@northwind.example" }),
  },
  "zoom.user.create": {
    // Nobody of this address is there any more: the deletion came before.
    values: () => ({ "input.action": "create", "input.user.type": "1" }),
  },
  "zoom.user.update": {
    fields: ["changes.dept"],
    values: () => ({ "input.changes.dept": "Marketing" }),
  },
  "zoom.user.updateEmail": { values: () => ({ "input.email": "sam.rivers@northwind.example" }) },
  "zoom.user.updatePassword": {
    before: (world) => {
      zoomTarget(world).login_types = [100];
    },
    values: () => ({ "generate.password": ["generate"], confirm: "sam@northwind.example" }),
    outcome: "accepted",
  },
  "zoom.user.getPermissions": { says: /empty|Permissions/ },
  "zoom.user.getToken": { values: () => ({ "input.type": "zak" }), says: "Shown once" },
  "zoom.user.getZak": { says: "Shown once" },
  "zoom.user.checkVanityName": { values: () => ({ "input.vanityName": "jill" }), says: "*Existed:* No" },
  "zoom.user.getPresence": { says: "Status" },
  "zoom.user.updatePresence": { values: () => ({ "input.status": "Away" }) },
  "zoom.user.getSettings": { says: "Waiting room" },
  "zoom.user.updateSettings": {
    fields: ["changes.in_meeting.waiting_room", "changes.recording.auto_recording"],
    values: () => ({
      "input.changes.in_meeting.waiting_room": "yes",
      "input.changes.recording.auto_recording": "local",
    }),
  },
  "zoom.assistant.list": { says: "alex@northwind.example" },
  "zoom.assistant.add": { values: () => ({ "input.assistants": [PEOPLE.requester.id] }) },
  "zoom.assistant.remove": { values: (world) => ({ "input.assistantId": alexAtZoom(world).id }) },
  "zoom.assistant.removeAll": {},
  "zoom.scheduler.list": { says: "There is none" },
  "zoom.scheduler.remove": {
    before: (world) => {
      alexAtZoom(world).pretend.assistants.set(zoomTarget(world).id, false);
    },
  },
  "zoom.scheduler.removeAll": {
    before: (world) => {
      alexAtZoom(world).pretend.assistants.set(zoomTarget(world).id, false);
    },
  },
  "zoom.picture.upload": { values: (world) => ({ "input.picture": [aFile(world)] }), outcome: "accepted" },
  "zoom.picture.delete": {},
  "zoom.background.list": { says: /none|background|Virtual|empty/i },
  "zoom.background.upload": { values: (world) => ({ "input.background": [aFile(world)] }) },
  "zoom.background.delete": {
    before: (world) => void aBackground(world),
    values: (world) => ({
      "input.fileIds": [zoomTarget(world).pretend.backgrounds.at(-1)?.id ?? ""],
      confirm: "sam@northwind.example",
    }),
  },
  "zoom.meeting.list": { values: () => ({ "input.type": "upcoming" }), says: "Weekly pipeline" },
  "zoom.meeting.get": { says: "Weekly pipeline" },
  "zoom.meeting.end": {
    before: ({ company }) =>
      void company.zoom.addMeeting(zoomTargetIn(company), { topic: "A live one", live: true }),
  },
  "zoom.webinar.list": { values: () => ({ "input.type": "upcoming" }), says: "Product tour" },
  "zoom.recording.list": {
    values: () => ({ "input.from": "2026-11-01", "input.to": "2026-11-20" }),
    says: "There is none",
  },
  "zoom.role.list": { says: "Event team" },
  "zoom.role.listMembers": { values: () => ({ "input.roleId": "2" }), says: "northwind.example" },
  "zoom.role.assign": {
    values: () => ({ "input.roleId": "RLIVEEVENTS" }),
  },
  "zoom.role.removeMember": {
    before: (world) => {
      zoomTarget(world).role_id = "RLIVEEVENTS";
      zoomTarget(world).role_name = "Event team";
    },
  },
  "zoom.account.listManagedDomains": { says: "northwind.example" },
  "cloudflare.access.findUser": { says: "sam@northwind.example" },
  "cloudflare.access.getUser": { says: "sam@northwind.example" },
  "cloudflare.access.listActiveSessions": { says: "1 to 1 of 1" },
  "cloudflare.access.getActiveSession": { says: "sam@northwind.example" },
  "cloudflare.access.getLastSeenIdentity": { says: "sam@northwind.example" },
  "cloudflare.access.listFailedLogins": { says: "There is none" },
  "cloudflare.access.listRequests": { says: /1 to|none/ },
  "cloudflare.access.revokeUserInAccount": { values: () => ({ "input.devices": "yes" }) },
  "cloudflare.access.revokeUserInZone": { outcome: "accepted" },
  "cloudflare.seat.list": { says: "sam@northwind.example" },
  "cloudflare.seat.remove": { values: () => ({ confirm: "sam@northwind.example" }) },
  "cloudflare.registration.list": { before: (world) => void enrol(world), says: "laptop" },
  "cloudflare.registration.revoke": {
    before: (world) => void enrol(world),
    values: (world) => ({ "input.registrationIds": [newestRegistration(world)] }),
  },
  "cloudflare.registration.unrevoke": {
    before: (world) => world.company.cloudflare.fleet.revoke([enrol(world)]),
    values: (world) => ({ "input.registrationIds": [newestRegistration(world)] }),
  },
  "cloudflare.registration.delete": {
    before: (world) => void enrol(world),
    values: (world) => ({
      "input.registrationIds": [newestRegistration(world)],
      confirm: "sam@northwind.example",
    }),
  },
  "cloudflare.device.list": { says: "laptop" },
  "cloudflare.device.revoke": {
    before: (world) => void enrol(world),
    values: (world) => ({ "input.deviceId": newestDevice(world) }),
  },
  "cloudflare.device.delete": {
    before: (world) => void enrol(world),
    values: (world) => ({ "input.deviceId": newestDevice(world), confirm: "sam@northwind.example" }),
  },
  "cloudflare.gateway.listLists": { says: "Blocked people" },
  "cloudflare.gateway.listItems": {
    values: (world) => ({ "input.listId": firstList(world) }),
    says: /none|sam@/,
  },
  "cloudflare.gateway.addItem": { values: (world) => ({ "input.listId": firstList(world) }) },
  "cloudflare.gateway.removeItem": { values: (world) => ({ "input.listId": firstList(world) }) },
  "cloudflare.member.list": { says: "sam@northwind.example" },
  "cloudflare.member.remove": { values: () => ({ confirm: "sam@northwind.example" }) },
  "cloudflare.member.invite": {
    values: () => ({ "input.roles": "49a58af19ca3ec5b7c0a6f7c2d4d1a7b" }),
  },
  "cloudflare.token.listServiceTokens": { says: "Build server" },
  "cloudflare.token.updateServiceToken": { values: () => ({ "input.action": "disable" }) },
  "cloudflare.token.listAccountTokens": { says: "Backups" },
  "cloudflare.token.updateAccountToken": { values: () => ({ "input.action": "disable" }) },
  "cloudflare.token.verify": { says: "active" },
};

function zoomTargetIn(company: World["company"]) {
  return zoomTarget({ company } as World);
}

function alexAtZoom({ company }: World) {
  const user = [...company.zoom.users.values()].find(({ email }) => email.startsWith("alex@"));
  if (user === undefined) throw new Error("Alex is not at Zoom.");
  return user;
}

const newestRegistration = ({ company }: World) =>
  [...company.cloudflare.fleet.registrations.keys()].at(-1) ?? "";
const newestDevice = ({ company }: World) => [...company.cloudflare.fleet.devices.keys()].at(-1) ?? "";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { READ_BACK_SECONDS: "3" } });
  // Two others of security approve what cannot be undone.
  world.company.slack.usergroups.get("S0SEC")?.members.add(PEOPLE.administrator.id);
});
afterAll(() => world.close());

/** Every operation that a command reaches; those of Slack's administration are steps of lockouts and playbooks only. */
const reached = operations.flatMap((operation) =>
  operation.vendor === "slack" ? [] : [{ ...operation, vendor: operation.vendor }],
);

test("every operation of the catalogue that a command reaches has its good use here", () => {
  expect(Object.keys(GOOD).toSorted()).toEqual(reached.map(({ name }) => name).toSorted());
});

// What takes Sam away comes last, and what needs Sam gone after it.
const LAST = ["zoom.user.updateEmail", "zoom.user.updateStatus", "zoom.user.delete", "zoom.user.create"];
const ordered = [
  ...reached.filter(({ name }) => !LAST.includes(name)),
  ...LAST.flatMap((name) => reached.filter((operation) => operation.name === name)),
];

describe.each(ordered.map(({ name, vendor, about, risk }) => ({ name, vendor, about, risk })))(
  "$name",
  ({ name, vendor, about, risk }) => {
    const good = GOOD[name] ?? {};
    const person =
      name === "zoom.user.delete" && about !== undefined ? "@sam" : about === undefined ? "" : "@sam";

    test(
      risk === "read" ? "is asked and answered to one person alone" : "is asked, approved, sent and proven",
      async () => {
        restoreSam();
        good.before?.(world);
        const messages = world.company.slack.messages.length;
        const form = await openByCommand(world, "security", `/${vendor}`, `${name} ${person}`.trim());
        expect(textOf(form)).not.toContain("Not allowed");
        if (good.fields !== undefined)
          await world.company.slack
            .as(PEOPLE.security.id)
            .click({ viewId: form.id }, "fields", { value: good.fields });
        const values = good.values?.(world) ?? {};
        await eventually("the fields", () => {
          const shown = new Set(
            world.company.slack.views.get(form.id)?.content.blocks.map((block) => block["block_id"]),
          );
          return Object.keys(values).every((block) => shown.has(block));
        });
        const view = world.company.slack.views.get(form.id) ?? form;
        if (risk === "read") {
          const answer = await fillIn(world, "security", view, values);
          expectSaid(textOf(answer), good.says);
          // Nobody else hears of it.
          expect(world.company.slack.messages).toHaveLength(messages);
          return;
        }
        await fillIn(world, "security", view, { reason: "A good use", ...values });
        const root = await eventually("the request's message", () => rootOf(world, form.id));
        expect(root.text).toContain("Waiting for approval");
        await approve(world, form.id, "secondSecurity");
        if (risk === "irreversible") await approve(world, form.id, "administrator");
        await ended(world, form.id);
        expect(await outcomesOf(world, form.id)).toMatchObject({ change: good.outcome ?? "verified" });
      },
    );
  },
);

function expectSaid(text: string, says: string | RegExp = /./): void {
  if (typeof says === "string") expect(text).toContain(says);
  else expect(text).toMatch(says);
}

/** Sam as on the first day, so that one use does not spoil the next. */
function restoreSam(): void {
  const sam = [...world.company.zoom.users.values()].find(({ email }) => email.startsWith("sam"));
  if (sam === undefined) return;
  sam.status = "active";
  sam.email = "sam@northwind.example";
}
