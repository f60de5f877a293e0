import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE, type PersonName } from "../../playground/company.ts";
import type { FaultKind } from "../../playground/fault.ts";
import { lastRefusalOf, modalText, openDenial, press, requestCount, vendorWrites } from "./world/refused.ts";
import {
  ask,
  ended,
  eventually,
  noticeAfter,
  openForm,
  openViewOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(async ({ task }) => {
  world.company.slack.clearFaults();
  // Slack asked for a pause of a second, and Deadbolt keeps it.
  if (task.name.includes("limits the rate")) await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(vendorWrites(world)).toEqual([]);
  expect(world.company.slack.mistakes).toEqual([]);
});

const FAULTS: [string, FaultKind][] = [
  ["answers with 500", { kind: "answer", answer: { status: 500, body: "upstream error" } }],
  ["does not answer", { kind: "hang" }],
  [
    "limits the rate",
    {
      kind: "answer",
      answer: { status: 429, headers: { "retry-after": "1" }, body: { ok: false, error: "ratelimited" } },
    },
  ],
  [
    "has lost the scope",
    { kind: "answer", answer: { status: 200, body: { ok: false, error: "missing_scope" } } },
  ],
];

function strike(method: string, fault: FaultKind): void {
  // There are two ways to ask about user groups.
  const name = method === "usergroups.list" ? "usergroups(\\.users)?\\.list" : method.replaceAll(".", "\\.");
  world.company.slack.addFault({ ...fault, path: new RegExp(`/api/${name}$`) });
}

const RULE = "Slack's directory must answer before anybody may act";
const TOLD =
  /:no_entry: Slack could not be asked who may do this \([a-z_]+\), so this is denied\. Nothing was changed\.\n\*Rule:\* Slack's directory must answer before anybody may act\n(?:Try again in a minute|Slack (?:refuses|takes no more)).*[Tt]ell your Deadbolt administrator: they can lock somebody out without Slack\./;

async function expectKept(person: PersonName, type: string): Promise<void> {
  const kept = await lastRefusalOf(world, person);
  expect(kept).toMatchObject({ type, rule: RULE });
  expect(kept?.reason).toMatch(/^Slack could not be asked who may do this/);
}

// First, while nothing is remembered: what opens a form may be a minute old.
const commands = (
  [
    ["usergroups.list", "approver"],
    ["users.info", "security"],
  ] as const
).flatMap(([method, person]) => FAULTS.map(([how, fault]) => ({ method, person, how, fault })));

test.each(commands)("the command opens nothing when $method $how", async ({ method, person, fault }) => {
  strike(method, fault);
  const { slack } = world.company;
  const told = await noticeAfter(world, person, () =>
    slack.as(PEOPLE[person].id).command("/zoom-offboard", "@sam"),
  );
  expect(told).toMatch(TOLD);
  expect(openViewOf(world, person)).toBeUndefined();
  await expectKept(person, "request.refused");
});

test.each(FAULTS)("nobody submits or decides anything while a user group %s", async (_how, fault) => {
  const { requestId, root } = await ask(world);
  const denial = await openDenial(world, "secondSecurity", root);
  const view = await openForm(world, "requester", "@sam");
  const before = await requestCount(world);
  strike("usergroups.list", fault);
  const { slack } = world.company;
  const [approval, refusedDenial] = await Promise.all([
    press(world, PEOPLE.approver.id, root),
    press(world, PEOPLE.security.id, root, "request_deny"),
    slack.as(PEOPLE.secondSecurity.id).submit(denial.id, { reason: "No" }),
    slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" }),
  ]);
  expect(approval).toMatch(TOLD);
  expect(refusedDenial).toMatch(TOLD);
  for (const name of ["secondSecurity", "requester"] as const)
    await eventually("the refusal", () => TOLD.test(modalText(world, name)));
  await expectKept("approver", "decision.refused");
  await expectKept("security", "decision.refused");
  await expectKept("secondSecurity", "decision.refused");
  await expectKept("requester", "request.refused");
  expect(await requestCount(world)).toBe(before);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test.each(FAULTS)("nobody submits or decides anything while users.info %s", async (_how, fault) => {
  const { requestId, root } = await ask(world);
  const view = await openForm(world, "requester", "@sam");
  const before = await requestCount(world);
  strike("users.info", fault);
  const [approval] = await Promise.all([
    press(world, PEOPLE.approver.id, root),
    world.company.slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" }),
  ]);
  expect(approval).toMatch(TOLD);
  await eventually("the refusal", () => TOLD.test(modalText(world, "requester")));
  await expectKept("approver", "decision.refused");
  await expectKept("requester", "request.refused");
  expect(await requestCount(world)).toBe(before);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test.each(FAULTS)("an e-mail is not taken on trust while users.lookupByEmail %s", async (_how, fault) => {
  const view = await openForm(world, "requester", emailOf("target"));
  const before = await requestCount(world);
  strike("users.lookupByEmail", fault);
  await world.company.slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" });
  await eventually("the refusal", () => TOLD.test(modalText(world, "requester")));
  await expectKept("requester", "request.refused");
  expect(await requestCount(world)).toBe(before);
});

test("once the directory answers again, the same button works", async () => {
  const { requestId, root } = await ask(world);
  strike("users.info", { kind: "reset" });
  expect(await press(world, PEOPLE.approver.id, root)).toMatch(TOLD);
  world.company.slack.clearFaults();
  await openDenial(world, "approver", root).then(({ id }) =>
    world.company.slack.as(PEOPLE.approver.id).submit(id, { reason: "Not today" }),
  );
  expect(await ended(world, requestId)).toBe("denied");
});
