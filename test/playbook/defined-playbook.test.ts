import { describe, expect, test } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { knownPlaybooks, KNOWN_PLAYBOOKS } from "../../src/workflow/judge/known-playbooks.ts";
import { parsePolicy } from "../../src/permission/policy-file/policy.ts";
import { planOf } from "../../src/plan/plan.ts";
import { definedSteps } from "../../src/playbook/defined-playbook.ts";
import type { DefinedPlaybook, DefinedStep } from "../../src/playbook/defined-step.ts";
import { leftOutSteps } from "../../src/playbook/left-out-steps.ts";
import type { PlaybookSettings } from "../../src/playbook/playbook.ts";
import type { Target } from "../../src/target/target.ts";
import { known } from "../catalogue/person-known.ts";
import { WITH_PLAYBOOK } from "../permission/sample-playbook.ts";
import { SAM } from "../workflow/sample-plan.ts";

const FULL: PlaybookSettings = { cloudflareAccountId: "account1", cloudflareZoneIds: ["zone1"] };
const NONE: PlaybookSettings = { cloudflareZoneIds: [] };
const { cloudflareUserId: _id, ...SAM_WITHOUT_ACCESS } = SAM;

const { policy } = parsePolicy(WITH_PLAYBOOK, "policy.yml", KNOWN_PLAYBOOKS);
const laptopLost = policy.playbooks?.["laptop-lost"] ?? { title: "", steps: [] };
const playbook = (...steps: DefinedStep[]): DefinedPlaybook => ({ title: "Mine", steps });

function planned(definition: DefinedPlaybook, target: Target = SAM, playbookSettings = FULL) {
  const steps = definedSteps(definition, target, playbookSettings);
  return planOf({ playbook: "mine", title: definition.title, target, fields: {}, steps });
}

/** Each step's id with what it waits for and what it requires. */
function order(definition: DefinedPlaybook, target: Target = SAM, playbookSettings = FULL) {
  return Object.fromEntries(
    definedSteps(definition, target, playbookSettings).map(({ id, after, requires }) => [
      id,
      { after, requires },
    ]),
  );
}

describe("the steps of a playbook of the policy's own", () => {
  test("for somebody of whom all is known have what is known filled in, and the snapshot in front", () => {
    expect(definedSteps(laptopLost, SAM, FULL)).toEqual([
      {
        id: "snapshot",
        title: "Look up a Zoom user and keep a snapshot",
        operation: "zoom.user.get",
        input: { userId: "zoomSam" },
        after: [],
        requires: [],
        isSnapshot: true,
      },
      {
        id: "registration-revoke",
        title: "Revoke Cloudflare WARP registrations",
        operation: "cloudflare.registration.revoke",
        input: { accountId: "account1" },
        after: [],
        requires: [],
        chosen: { path: "registrationIds", how: "all" },
      },
      {
        id: "revoke",
        title: "Revoke a person's Cloudflare Access sessions in the account",
        operation: "cloudflare.access.revokeUserInAccount",
        input: {
          devices: true,
          warpSessionReauth: true,
          accountId: "account1",
          email: "sam@northwind.example",
          accessUserId: "accessSam",
        },
        after: [],
        requires: [],
      },
      {
        id: "meeting-end",
        title: "End a running Zoom meeting",
        operation: "zoom.meeting.end",
        input: {},
        after: ["snapshot", "revoke"],
        requires: [],
        chosen: { path: "meetingId", how: "each" },
      },
      {
        id: "user-delete",
        title: "Delete the Zoom user for good",
        operation: "zoom.user.delete",
        input: { action: "delete", userId: "zoomSam" },
        after: ["snapshot"],
        requires: ["snapshot", "revoke"],
      },
    ]);
    expect(planned(laptopLost)).toMatchObject({ risk: "irreversible" });
    expect(leftOutSteps(laptopLost, SAM, FULL)).toEqual([]);
  });

  test("without Cloudflare are those of Zoom that require nothing of it, and it is said what is left out", () => {
    expect(order(laptopLost, SAM, NONE)).toEqual({
      snapshot: { after: [], requires: [] },
      "meeting-end": { after: ["snapshot"], requires: [] },
    });
    expect(leftOutSteps(laptopLost, SAM, NONE)).toEqual([
      {
        id: "registration-revoke",
        title: "Revoke Cloudflare WARP registrations",
        why: "No Cloudflare account is set up here (CLOUDFLARE_ACCOUNT_ID).",
      },
      {
        id: "revoke",
        title: "Revoke a person's Cloudflare Access sessions in the account",
        why: "No Cloudflare account is set up here (CLOUDFLARE_ACCOUNT_ID).",
      },
      {
        id: "user-delete",
        title: "Delete the Zoom user for good",
        why: "It runs only after revoke, which is left out.",
      },
    ]);
  });

  test("leave out what needs a user whom the vendor does not know", () => {
    expect(Object.keys(order(laptopLost, SAM_WITHOUT_ACCESS))).not.toContain("registration-revoke");
    const { zoomUserId: _id, zoomEmail: _email, ...notAtZoom } = SAM;
    expect(Object.keys(order(laptopLost, notAtZoom))).toEqual(["registration-revoke", "revoke"]);
    expect(leftOutSteps(laptopLost, notAtZoom, FULL).map(({ why }) => why)).toEqual([
      "Zoom does not know this person.",
      "Zoom does not know this person.",
    ]);
    expect(definedSteps(laptopLost, { name: "Nobody", found: [] }, FULL)).toEqual([]);
  });

  test("with a zone are made once for each zone, and what waits for it waits for all of them", () => {
    const zones = { ...FULL, cloudflareZoneIds: ["zone1", "zone2"] };
    const definition = playbook(
      { operation: "cloudflare.access.revokeUserInZone" },
      { operation: "zoom.picture.delete", after: ["access-revoke-user-in-zone"] },
    );
    expect(definedSteps(definition, SAM, zones).slice(1)).toEqual([
      expect.objectContaining({
        id: "access-revoke-user-in-zone-zone1",
        title: "Revoke a person's Cloudflare Access sessions in a zone (zone zone1)",
        input: { zoneId: "zone1", email: "sam@northwind.example" },
      }),
      expect.objectContaining({
        id: "access-revoke-user-in-zone-zone2",
        input: { zoneId: "zone2", email: "sam@northwind.example" },
      }),
      expect.objectContaining({
        id: "picture-delete",
        after: ["snapshot", "access-revoke-user-in-zone-zone1", "access-revoke-user-in-zone-zone2"],
      }),
    ]);
    expect(leftOutSteps(definition, SAM, NONE)).toEqual([
      expect.objectContaining({ why: "No Cloudflare zone is set up here (CLOUDFLARE_ZONE_IDS)." }),
    ]);
  });

  test("have an id each, whatever the zones are called", () => {
    const definition = playbook(
      { id: "zone", operation: "cloudflare.access.revokeUserInZone" },
      { id: "zone-2", operation: "cloudflare.access.revokeUserInZone", after: ["zone"] },
      { id: "zone-2-2", operation: "cloudflare.access.revokeUserInZone", after: ["zone-2"] },
    );
    const playbookSettings = { cloudflareZoneIds: ["2", "3"] };
    expect(planned(definition, SAM, playbookSettings).steps).toHaveLength(6);
  });

  test("wait for what a step that is left out would have waited for", () => {
    const definition = playbook(
      { id: "first", operation: "cloudflare.member.remove", each: "memberId" },
      { id: "second", operation: "cloudflare.access.revokeUserInZone", after: ["first"] },
      { id: "third", operation: "cloudflare.access.revokeUserInZone", after: ["second"] },
      { id: "fourth", operation: "zoom.picture.delete", after: ["third"] },
    );
    const noZones = { ...FULL, cloudflareZoneIds: [] };
    expect(order(definition, SAM, noZones)["fourth"]).toEqual({ after: ["snapshot", "first"], requires: [] });
  });

  test("go by their operation where they have no id, and by a number where that is taken", () => {
    const step = { operation: "zoom.picture.delete" };
    const definition = playbook(step, step, { ...step, id: "picture-delete-2" }, step);
    expect(Object.keys(order(definition))).toEqual([
      "snapshot",
      "picture-delete",
      "picture-delete-3",
      "picture-delete-2",
      "picture-delete-4",
    ]);
  });

  test("have a password made up that a policy cannot hold, where one is taken", () => {
    const { steps } = planned(playbook({ operation: "zoom.user.updatePassword" }));
    expect(steps[1]).toMatchObject({ input: { userId: "zoomSam" }, generated: ["password"] });
    const create = (action: string) =>
      planned(playbook({ operation: "zoom.user.create", input: { action, user: { type: 1 } } })).steps[0];
    expect(create("autoCreate")).toMatchObject({ generated: ["user.password"] });
    expect(create("create")).not.toHaveProperty("generated");
  });
});

test("a plan is refused where what a step has already does not fit", () => {
  const [, step] = definedSteps(playbook({ operation: "zoom.user.updatePassword" }), SAM, FULL);
  if (step === undefined) throw new Error("There is no step.");
  const plan = (input: Record<string, unknown>) => () =>
    planOf({
      playbook: "mine",
      title: "Mine",
      target: SAM,
      fields: {},
      steps: [{ ...step, after: [], requires: [], input }],
    });
  expect(plan({ userId: "zoomSam" })).not.toThrow();
  expect(plan({ userId: "../victim" })).toThrow("userId");
  expect(plan({})).toThrow("userId");
  expect(plan({ userId: "zoomSam", more: true })).toThrow("more");
});

test("every field for which something is listed takes what stands for it, once the person is known", () => {
  for (const operation of operations.filter(({ about }) => about !== undefined))
    for (const [path, choices] of Object.entries(operation.choices ?? {}))
      expect([operation.name, path, choices.input(known)]).not.toContain(undefined);
});

test("the permission check is asked about exactly the operations that a plan can have", () => {
  const asked = knownPlaybooks(policy).find(({ name }) => name === "laptop-lost");
  const planned = definedSteps(laptopLost, SAM, FULL).map(({ operation }) => operation);
  expect(asked?.operations().map(({ name }) => name)).toEqual([...new Set(planned)]);
  expect(asked).toMatchObject({ title: "Laptop lost", risks: ["irreversible"] });
});

describe("a step of Slack's administration", () => {
  const signedOut = playbook({ operation: "slack.session.reset" });
  const inSlack = { ...SAM, slackId: "U0SAM" };
  const { slackId: _slack, ...notInSlack } = inSlack;

  test("gets the person and the workspace filled in", () => {
    expect(planned(signedOut, inSlack, { ...FULL, slackTeamId: "T0HOME" }).steps).toMatchObject([
      { operation: "slack.session.reset", input: { userId: "U0SAM", teamId: "T0HOME" }, after: [] },
    ]);
  });

  test("is left out where it is not set up, and for somebody who is not in Slack", () => {
    expect(leftOutSteps(signedOut, inSlack, FULL).map(({ why }) => why)).toEqual([
      "The administration of Slack is not set up here (SLACK_ADMIN_TOKEN).",
    ]);
    expect(
      leftOutSteps(signedOut, notInSlack, { ...FULL, slackTeamId: "T0HOME" }).map(({ why }) => why),
    ).toEqual(["Slack does not know this person."]);
  });
});
