import { expect, test } from "vitest";
import { standingOf, type PersonFacts } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { heldPowers } from "../../../src/workflow/judge/last-holder.ts";
import { HOME, person } from "../../permission/organisation.ts";
import { samplePlan } from "../sample-plan.ts";

const policy: Policy = {
  version: 1,
  roles: {
    security: { members: { usergroups: ["S0SEC"] }, scopes: ["deadbolt:lockout"] },
    helpdesk: { members: { usergroups: ["S0HELP"] }, scopes: ["zoom:*"] },
    leads: { members: { usergroups: ["S0LEAD"] }, scopes: [] },
  },
  approvals: [
    { for: { playbook: "release" }, stages: [{ approvers: ["leads"], people: ["U0BOSS"] }] },
    { for: { playbook: "lockout" }, count: 0 },
  ],
};

type Groups = Record<string, string[]>;

async function powers(
  groups: Groups,
  { by, about, facts = {} }: { by: string; about: string; facts?: Record<string, Partial<PersonFacts>> },
  playbook = "lockout",
) {
  const factsOf = (id: string) =>
    person({
      id,
      email: `${id.toLowerCase()}@example.com`,
      groups: Object.fromEntries(
        ["S0SEC", "S0HELP", "S0LEAD"].map((group) => [group, groups[group]?.includes(id) ?? false]),
      ),
      ...facts[id],
    });
  return heldPowers(
    {
      loadedPolicy: () => ({ policy }),
      standing: async (id, roles) => standingOf(policy, factsOf(id), HOME, roles),
      roleMembers: async (roles) =>
        roles
          .flatMap((role) => policy.roles[role]?.members.usergroups ?? [])
          .flatMap((id) => groups[id] ?? []),
    },
    factsOf(by),
    {
      ...samplePlan(),
      playbook,
      steps: playbook === "zoom.picture.delete" ? [] : samplePlan().steps,
      target: { name: about, slackId: about, email: `${about.toLowerCase()}@example.com`, found: [] },
    },
  );
}

const LAST = { isHolder: true, fault: expect.stringContaining("deadbolt:lockout") as unknown };

test("whoever holds no power is not guarded", async () => {
  expect(await powers({ S0SEC: ["U1"] }, { by: "U1", about: "U9" })).toEqual({ isHolder: false });
});

test("a holder is not guarded while somebody else holds the power who is neither them nor the requester", async () => {
  const groups = { S0SEC: ["U1", "U2", "U3"] };
  expect(await powers(groups, { by: "U1", about: "U2" })).toEqual({ isHolder: true });
});

test("the last holder besides the requester is guarded, whatever takes their access", async () => {
  const groups = { S0SEC: ["U1", "U2"], S0HELP: ["U5"] };
  for (const playbook of ["lockout", "zoom-offboard"])
    expect(await powers(groups, { by: "U1", about: "U2" }, playbook)).toEqual(LAST);
  expect(await powers({ S0SEC: ["U2"] }, { by: "U5", about: "U2" }, "zoom-offboard")).toEqual(LAST);
  expect(await powers(groups, { by: "U1", about: "U2" }, "zoom.picture.delete")).toEqual({ isHolder: false });
});

test("who is locked out, deactivated or a guest, or the same person under another account, is no other holder", async () => {
  const groups = { S0SEC: ["U1", "U2", "U3"] };
  for (const lost of [
    { isLockedOut: true },
    { deleted: true },
    { isRestricted: true },
    { email: "u1+adm@example.com" },
    { formerEmails: ["u2@example.com"] },
  ])
    expect(await powers(groups, { by: "U1", about: "U2", facts: { U3: lost } })).toEqual(LAST);
});

test("the last who may approve is guarded as well, by role or by name", async () => {
  const last = { isHolder: true, fault: expect.stringContaining("may approve") as unknown };
  const gone = { U0BOSS: { deleted: true } };
  const groups = { S0SEC: ["U1", "U2", "U3"], S0LEAD: ["U7"] };
  expect(await powers(groups, { by: "U1", about: "U7" })).toEqual({ isHolder: true });
  expect(await powers(groups, { by: "U1", about: "U7", facts: gone })).toEqual(last);
  expect(await powers({ ...groups, S0LEAD: [] }, { by: "U1", about: "U0BOSS" })).toEqual(last);
});
