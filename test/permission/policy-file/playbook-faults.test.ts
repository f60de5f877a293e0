import { describe, expect, test } from "vitest";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";
import { BUILT_IN_PLAYBOOKS } from "../../../src/permission/decide/own-playbooks.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { GOOD, faultsOf as faultsAmong } from "../sample-policy.ts";
import { PLAYBOOK, WITH_PLAYBOOK, withSteps } from "../sample-playbook.ts";

const faultsOf = (text: string) => faultsAmong(text, [...KNOWN_PLAYBOOKS]);

/** A rule for what can be undone, so that every playbook is covered. */
const COVER = "approvals:\n  - { for: { risk: reversible }, approvers: [security], expires: 8h }\n";
const covered = (text: string) => text.replace("approvals:\n", COVER);

test("a playbook of the policy's own is read as it is written", () => {
  const { policy } = parsePolicy(WITH_PLAYBOOK, "policy.yml", KNOWN_PLAYBOOKS);
  expect(policy.playbooks?.["laptop-lost"]?.title).toBe("Laptop lost");
  expect(policy.playbooks?.["laptop-lost"]?.steps[2]).toEqual({
    operation: "zoom.meeting.end",
    each: "meetingId",
    after: ["revoke"],
  });
});

test("rules, windows, limits and tests of the same file may name it", () => {
  const rules = `
approvals:
  - { for: { playbook: laptop-lost }, approvers: [security], expires: 8h }
  - { for: { playbook: zoom-offboard }, approvers: [security], expires: 8h }
deny: [{ for: { playbook: laptop-lost }, reason: Not today. }]
calendars: { office: { days: [mon], hours: "08:00-18:00", time_zone: UTC } }
windows: [{ for: { playbook: laptop-lost }, during: office }]
limits: [{ for: { playbook: laptop-lost }, at_most: 1, within: 1h }]
tests:
  - { who: U1, asks: { playbook: laptop-lost, target: sam@example.com }, expect: denied }
`;
  const text = `version: 1\nroles: { security: { members: {}, scopes: ["zoom:*"] } }${rules}${PLAYBOOK}`;
  expect(faultsOf(text)).toEqual([]);
  expect(faultsOf(text.replaceAll("playbook: laptop-lost", "playbook: laptop-lst"))).toHaveLength(6);
  expect(faultsOf(text.replace("playbook: laptop-lost", "playbook: laptop-lst"))).toContain(
    "policy.yml:4:24: approvals[0].for.playbook: There is no playbook `laptop-lst`. Did you mean `laptop-lost`?",
  );
});

test("it must be covered by a rule for it, or for its gravest step", () => {
  const uncovered = GOOD.replace("{ risk: irreversible }", "{ risk: reversible }");
  expect(faultsOf(`${uncovered}${PLAYBOOK}`)).toEqual([
    "policy.yml:9:1: approvals: No approval rule covers the playbook `laptop-lost`, so it would always be denied. Add one; `count: 0` lets it run at once.",
  ]);
});

test("every playbook of the program is one whose name a policy cannot take", () => {
  const named = KNOWN_PLAYBOOKS.map(({ name }) => name).filter((name) => !name.includes("."));
  expect(BUILT_IN_PLAYBOOKS).toEqual(expect.arrayContaining(named));
});

describe("the name and the shape of a playbook", () => {
  test.each([
    [
      "laptop-lost:",
      "lockout:",
      "28:3: playbooks.lockout: `lockout` is a playbook of Deadbolt's own. Choose another name.",
    ],
    [
      "laptop-lost:",
      "zoom-offboard:",
      "28:3: playbooks.zoom-offboard: `zoom-offboard` is a playbook of Deadbolt's own. Choose another name.",
    ],
    [
      "laptop-lost:",
      "zoom.user.get:",
      "28:3: playbooks.zoom.user.get: A name is lower-case letters, digits and hyphens, and starts with a letter.",
    ],
    [
      "  title: Laptop lost",
      "  titles: Laptop lost",
      "29:5: playbooks.laptop-lost.titles: This key is not known. Did you mean `title`?",
    ],
    [
      "all: registrationIds",
      "al: registrationIds",
      "32:9: playbooks.laptop-lost.steps[0].al: This key is not known. Did you mean `all`?",
    ],
    [
      "id: revoke",
      "id: Revoke",
      "33:13: playbooks.laptop-lost.steps[1].id: An id is lower-case letters and digits in words with hyphens between them, and starts with a letter.",
    ],
  ])("%s → %s", (from, to, fault) => {
    expect(WITH_PLAYBOOK).toContain(from);
    expect(faultsOf(WITH_PLAYBOOK.replace(from, to))).toContain(`policy.yml:${fault}`);
  });

  test("thirty steps are enough, and one is the least", () => {
    const step = "{ operation: zoom.picture.delete }";
    expect(faultsOf(covered(withSteps(...Array.from({ length: 30 }, () => step))))).toEqual([]);
    expect(faultsOf(covered(withSteps(...Array.from({ length: 31 }, () => step))))).toEqual([
      expect.stringContaining("playbooks.mine.steps: At most 30 steps."),
    ]);
    expect(faultsOf(`${GOOD}playbooks: { mine: { title: Mine, steps: [] } }\n`)).toContain(
      "policy.yml:27:35: playbooks.mine.steps: A playbook needs at least one step.",
    );
  });

  test("so many steps that they could exhaust something are one fault", () => {
    const steps = Array.from({ length: 5_000 }, (_, index) => `{ id: s${index}, after: [s${index + 1}] }`);
    expect(faultsOf(withSteps(...steps)).join("\n")).toContain("At most 30 steps.");
  });
});

describe("a step by itself", () => {
  test.each<[string, string]>([
    [
      "{ operation: zoom.user.delte }",
      "32:22: playbooks.mine.steps[0].operation: There is no operation `zoom.user.delte`. Did you mean `zoom.user.delete`?",
    ],
    [
      "{ operation: constructor }",
      "32:22: playbooks.mine.steps[0].operation: There is no operation `constructor`.",
    ],
    [
      "{ operation: zoom.user.getToken, input: { type: zak } }",
      "32:22: playbooks.mine.steps[0].operation: This only shows a secret, and a playbook has nobody to show it to.",
    ],
    [
      "{ operation: zoom.picture.upload }",
      "32:22: playbooks.mine.steps[0].operation: This needs a file (`picture`), which a policy cannot hold, so it cannot be a step.",
    ],
    [
      "{ operation: cloudflare.token.updateAccountToken, input: { tokenId: t } }",
      "32:22: playbooks.mine.steps[0].operation: What this sends along is read when somebody chooses in its form, so it cannot be a step.",
    ],
    [
      "{ operation: zoom.user.get }",
      "31:5: playbooks.mine.steps: These steps only look. At least one must change something.",
    ],
    [
      "{ operation: zoom.user.delete, input: { acton: delete } }",
      "32:49: playbooks.mine.steps[0].input.acton: This key is not known. Did you mean `action`?",
    ],
    [
      "{ operation: zoom.user.delete, input: { action: delet } }",
      "32:57: playbooks.mine.steps[0].input.action: Must be one of disassociate, delete. Did you mean `delete`?",
    ],
    [
      "{ operation: zoom.user.update, input: { changes: { first_name: 7 } } }",
      "32:72: playbooks.mine.steps[0].input.changes.first_name: Expected text, found a number.",
    ],
    [
      "{ operation: zoom.user.update, input: { changes: {} } }",
      "32:49: playbooks.mine.steps[0].input.changes: Changes nothing.",
    ],
    [
      "{ operation: zoom.user.delete }",
      "32:9: playbooks.mine.steps[0].input.action: zoom.user.delete needs `action`: give it in `input`.",
    ],
    [
      "{ operation: zoom.user.create, input: { action: create } }",
      "32:40: playbooks.mine.steps[0].input.user.type: zoom.user.create needs `user.type`: give it in `input`.",
    ],
    [
      "{ operation: zoom.meeting.end }",
      "32:9: playbooks.mine.steps[0].input.meetingId: zoom.meeting.end needs `meetingId`: give it in `input`, or take it by `each`.",
    ],
    [
      "{ operation: cloudflare.registration.revoke }",
      "32:9: playbooks.mine.steps[0].input.registrationIds: cloudflare.registration.revoke needs `registrationIds`: give it in `input`, or take it by `each` or `all`.",
    ],
    [
      "{ operation: zoom.user.delete, input: { action: delete, userId: somebody-else } }",
      "32:73: playbooks.mine.steps[0].input.userId: This comes from the person or from what is set up here. Leave it out.",
    ],
    [
      "{ operation: zoom.user.updatePassword, input: { password: Correct-h0rse } }",
      "32:67: playbooks.mine.steps[0].input.password: A secret cannot stand in a policy. Leave it out; where one is needed, it is generated at random.",
    ],
    [
      "{ operation: zoom.user.update, input: { changes: { host_key: '123456' } } }",
      "32:70: playbooks.mine.steps[0].input.changes.host_key: A secret cannot stand in a policy. Leave it out.",
    ],
    [
      "{ operation: zoom.meeting.end, each: meetingid }",
      "32:46: playbooks.mine.steps[0].each: zoom.meeting.end has no field `meetingid` for which the vendor lists something. Did you mean `meetingId`?",
    ],
    [
      "{ operation: zoom.picture.delete, each: constructor }",
      "32:49: playbooks.mine.steps[0].each: zoom.picture.delete has no field `constructor` for which the vendor lists something.",
    ],
    [
      "{ operation: zoom.meeting.end, all: meetingId }",
      "32:45: playbooks.mine.steps[0].all: `meetingId` takes one thing and no list. Use `each`.",
    ],
    [
      "{ operation: zoom.meeting.end, each: meetingId, all: meetingId }",
      "32:62: playbooks.mine.steps[0].all: Say `each` or `all`, not both.",
    ],
    [
      "{ operation: zoom.meeting.end, each: meetingId, input: { meetingId: '123456789' } }",
      "32:77: playbooks.mine.steps[0].input.meetingId: `each` says what stands here already.",
    ],
    [
      "{ operation: cloudflare.token.updateServiceToken, input: { action: disable }, each: serviceTokenId }",
      "32:93: playbooks.mine.steps[0].each: `each` takes what is the person's own, and cloudflare.token.updateServiceToken is about no person.",
    ],
  ])("%s", (step, fault) => {
    expect(faultsOf(covered(withSteps(step)))).toContain(`policy.yml:${fault}`);
  });

  test("a refused secret is not repeated in the fault", () => {
    const step = "{ operation: zoom.user.updatePassword, input: { password: abcdefgh } }";
    const faults = faultsOf(covered(withSteps(step)));
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain("abcdefgh");
  });

  test.each([
    "{ operation: zoom.user.updatePassword }",
    "{ operation: zoom.user.create, input: { action: autoCreate, user: { type: 1 } } }",
    "{ operation: zoom.user.create, input: { action: create, user: { type: 1 } } }",
    "{ operation: cloudflare.registration.revoke, each: registrationIds }",
    "{ operation: cloudflare.access.revokeUserInZone }",
    "{ operation: cloudflare.gateway.addItem, input: { listId: the-list } }",
    "{ operation: cloudflare.token.updateServiceToken, input: { serviceTokenId: t, action: disable } }",
  ])("%s has no fault", (step) => {
    expect(faultsOf(covered(withSteps(step)))).toEqual([]);
  });
});

describe("steps together", () => {
  const step = (id: string, rest = "") => `{ id: ${id}, operation: zoom.picture.delete${rest} }`;

  test("wait only for steps that there are", () => {
    expect(faultsOf(covered(withSteps(step("first"), step("second", ", after: [fist]"))))).toEqual([
      "policy.yml:33:63: playbooks.mine.steps[1].after[0]: There is no step `fist`. Did you mean `first`?",
    ]);
    const unnamed = "{ operation: zoom.picture.delete }";
    expect(
      faultsOf(
        covered(withSteps(unnamed, unnamed, step("last", ", requires: [picture-delete, picture-delete-2]"))),
      ),
    ).toEqual([]);
  });

  test("have one id each, and none that of the snapshot", () => {
    expect(faultsOf(covered(withSteps(step("same"), step("same"), step("snapshot"))))).toEqual([
      "policy.yml:33:15: playbooks.mine.steps[1].id: There is a step `same` already; each id stands once.",
      "policy.yml:34:15: playbooks.mine.steps[2].id: The reading before Zoom steps goes by `snapshot`. Choose another id.",
    ]);
  });

  test("do not wait for each other in a circle", () => {
    const steps = [
      step("a", ", after: [c]"),
      step("b", ", requires: [a], after: [a]"),
      step("c", ", after: [b, d]"),
      step("d"),
      step("e", ", requires: [e]"),
    ];
    expect(faultsOf(covered(withSteps(...steps)))).toEqual([
      "policy.yml:32:9: playbooks.mine.steps[0]: Steps wait in a circle: `a`, which waits for `c`, which waits for `b`, which waits for `a`.",
      "policy.yml:36:9: playbooks.mine.steps[4]: Steps wait in a circle: `e`, which waits for `e`.",
    ]);
  });

  test("require only what can be verified", () => {
    const zone = "{ id: zone, operation: cloudflare.access.revokeUserInZone }";
    expect(faultsOf(covered(withSteps(zone, step("last", ", requires: [zone]"))))).toEqual([
      "policy.yml:33:64: playbooks.mine.steps[1].requires[0]: `zone` can never be verified, so this step would never run. Use `after`.",
    ]);
    expect(faultsOf(covered(withSteps(zone, step("last", ", after: [zone]"))))).toEqual([]);
  });
});
