import { expect, test } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import { comparePlans, type PlanDifference } from "../../src/plan/compare-plans.ts";
import { planOf, type Plan } from "../../src/plan/plan.ts";
import type { PlannedChange, PlanStep } from "../../src/playbook/playbook.ts";
import { singleOperationSteps } from "../../src/playbook/single-operation.ts";
import { SAM, samplePlan } from "../workflow/sample-plan.ts";
import { turned } from "./alike-plans.ts";

const ALEX = {
  ...SAM,
  name: "Alex Moore",
  email: "alex@northwind.example",
  zoomEmail: "alex@northwind.example",
};

/** The plan of one operation, as it is made of a form. */
function singlePlan(
  name: string,
  input: Record<string, unknown>,
  more: { changes?: PlannedChange[]; kept?: string[]; fields?: Record<string, unknown> } = {},
): Plan {
  const operation = findOperation(name);
  const { changes = [], kept = [], fields = { reason: "A new job" } } = more;
  const steps = singleOperationSteps({ operation, input, changes, kept }, SAM);
  return planOf({ playbook: name, title: operation.title, target: SAM, fields, steps });
}

const update = (changes: Record<string, unknown>, lines: PlannedChange[] = []) =>
  singlePlan("zoom.user.update", { userId: "zoomSam", changes }, { changes: lines });

/** The details of the one thing that changed. */
function onlyDetails(differences: readonly PlanDifference[], title: string) {
  expect(differences.map((one) => [one.kind, one.title])).toEqual([["changed", title]]);
  return differences[0]?.details;
}

test("a plan compared with itself, however a database has its members, shows nothing", () => {
  const plan = samplePlan("delete");
  expect(comparePlans(plan, turned(plan))).toEqual([]);
});

test("deleting instead of deactivating is one step less, one more, and another risk", () => {
  expect(comparePlans(samplePlan("deactivate"), samplePlan("delete"))).toEqual([
    {
      kind: "changed",
      title: "The request",
      details: [
        { title: "Action", before: "deactivate", after: "delete" },
        { title: "Risk", before: "reversible", after: "irreversible" },
      ],
    },
    {
      kind: "added",
      title: "Delete the Zoom user for good; nothing is transferred",
      details: [{ title: "What happens", after: "Delete: gone, with what is not transferred" }],
    },
    {
      kind: "changed",
      title: "Revoke the Zoom SSO token",
      details: [
        {
          title: "Waits for",
          before: "Deactivate the Zoom user",
          after: "Delete the Zoom user for good; nothing is transferred",
        },
        {
          title: "When the vendor does not know the person",
          after: "Zoom no longer knows this user, so there is no session token left to revoke.",
        },
      ],
    },
    {
      kind: "removed",
      title: "Deactivate the Zoom user",
      details: [{ title: "What happens", before: "Deactivate: no sign-in, licence freed" }],
    },
  ]);
});

test("another reason, a ticket and another person stand first, as the request", () => {
  const { hash: _hash, ...before } = update({ first_name: "Sam" });
  const after = { ...before, target: ALEX, fields: { reason: "Another job", ticket: "https://t.example/1" } };
  expect(onlyDetails(comparePlans({ ...before, hash: "" }, { ...after, hash: "" }), "The request")).toEqual([
    { title: "Whom or what it is about", before: "Sam Rivers", after: "Alex Moore" },
    { title: "E-mail", before: "sam@northwind.example", after: "alex@northwind.example" },
    { title: "E-mail in Zoom", before: "sam@northwind.example", after: "alex@northwind.example" },
    { title: "Reason", before: "A new job", after: "Another job" },
    { title: "Ticket", after: "https://t.example/1" },
  ]);
});

test("inputs are told field by field, in the words of the form and in its order", () => {
  const before = update({ type: 2, dept: "Sales", last_name: "Rivers" });
  const after = update({ type: 1, job_title: "Engineer", last_name: "Moore" });
  expect(onlyDetails(comparePlans(before, after), findOperation("zoom.user.update").title)).toEqual([
    { title: "Last name", before: "Rivers", after: "Moore" },
    { title: "Job title", after: "Engineer" },
    { title: "User type", before: "Licensed", after: "Basic" },
    { title: "Department", before: "Sales" },
  ]);
});

test("chosen things go by the names that stand in the plan", () => {
  const input = (schedulerId: string) => ({ userId: "zoomSam", schedulerId });
  const plan = (id: string, name: string) =>
    singlePlan("zoom.scheduler.remove", input(id), { changes: [{ title: "Whose meetings", after: name }] });
  const [difference] = comparePlans(plan("zoomKim", "Kim Park"), plan("zoomLee", "Lee Chan"));
  expect(difference?.details).toEqual([{ title: "Whose meetings", before: "Kim Park", after: "Lee Chan" }]);
});

test("two things of the same name are told apart by what is stored of them", () => {
  const plan = (schedulerId: string) =>
    singlePlan(
      "zoom.scheduler.remove",
      { userId: "zoomSam", schedulerId },
      { changes: [{ title: "Whose meetings", after: "Kim Park" }] },
    );
  const [difference] = comparePlans(plan("zoomKim1"), plan("zoomKim2"));
  expect(difference?.details).toEqual([
    { title: "Whose meetings", before: '"zoomKim1"', after: '"zoomKim2"' },
  ]);
});

test("long texts that part late show where they part", () => {
  const reason = (end: string) =>
    samplePlanWith({
      reason: `${"He left the company, and so on. ".repeat(40)}${end} ${"And so on. ".repeat(20)}`,
    });
  const [detail] = onlyDetails(comparePlans(reason("Wait."), reason("At once.")), "The request") ?? [];
  expect(detail?.title).toBe("Reason");
  expect(detail?.before).toMatch(/^….{20}Wait\. And so on\. .*…$/);
  expect(detail?.after).toMatch(/^….{20}At once\. And so on\. .*…$/);
});

test("nobody can write lines of the difference", () => {
  const [detail] =
    onlyDetails(
      comparePlans(
        samplePlanWith({ reason: "Left" }),
        samplePlanWith({ reason: "Left\n\n*Approved by all*" }),
      ),
      "The request",
    ) ?? [];
  expect(detail?.after).toBe("Left *Approved by all*");
});

test("what the vendor holds by now is told apart from what is asked for", () => {
  const plan = (held: string, asked: string) =>
    update({ first_name: asked }, [{ title: "First name", before: held, after: asked }]);
  const title = findOperation("zoom.user.update").title;
  expect(onlyDetails(comparePlans(plan("Sam", "Samuel"), plan("Sammy", "Samuel")), title)).toEqual([
    { title: "First name, as it is now", before: "Sam", after: "Sammy" },
  ]);
  expect(onlyDetails(comparePlans(plan("Sam", "Samuel"), plan("Sammy", "Sam")), title)).toEqual([
    { title: "First name", before: "Samuel", after: "Sam" },
    { title: "First name, as it is now", before: "Sam", after: "Sammy" },
  ]);
});

test("lines that only stand in another order are a difference too", () => {
  const lines = [
    { title: "First name", after: "Sam" },
    { title: "Last name", after: "Rivers" },
  ];
  const input = { first_name: "Sam", last_name: "Rivers" };
  const [detail] =
    onlyDetails(
      comparePlans(update(input, lines), update(input, lines.toReversed())),
      findOperation("zoom.user.update").title,
    ) ?? [];
  expect(detail?.title).toBe("What it changes");
});

test("long lists are told in one piece", () => {
  const lines = (...texts: string[]) =>
    texts.map((after, index) => ({ title: index === 0 ? "Department" : "Department, also", after }));
  const differences = comparePlans(
    update({ dept: "a" }, lines("one, two", "three")),
    update({ dept: "a" }, lines("one, two", "four")),
  );
  expect(onlyDetails(differences, findOperation("zoom.user.update").title)).toEqual([
    { title: "Department", before: "one, two, three", after: "one, two, four" },
  ]);
});

test("of fields with the same name each says where it stands", () => {
  const plan = (changes: Record<string, unknown>) =>
    singlePlan("zoom.user.updateSettings", { userId: "zoomSam", changes });
  const [difference] = comparePlans(
    plan({ in_meeting: { waiting_room: true } }),
    plan({ meeting_security: { waiting_room: false } }),
  );
  expect(difference?.details).toEqual([
    { title: "Waiting room (Security)", after: "No" },
    { title: "Waiting room (In meetings)", before: "Yes" },
  ]);
});

test("of secrets and files only that they changed is told", () => {
  const digest = (digit: string) => ({ kept: digit.repeat(64) });
  const password = (digit: string, isSealed = true) =>
    singlePlan(
      "zoom.user.updatePassword",
      { userId: "zoomSam", password: digest(digit) },
      { changes: [{ title: "New password", after: "(not shown)" }], kept: isSealed ? ["password"] : [] },
    );
  const title = findOperation("zoom.user.updatePassword").title;
  const details = onlyDetails(comparePlans(password("a"), password("b")), title);
  expect(details).toEqual([{ title: expect.any(String), after: "(changed)" }]);
  expect(JSON.stringify(comparePlans(password("a"), samplePlan()))).not.toContain("aaaa");

  const clear = (text: string, kept: Partial<PlanStep> = {}): Plan => {
    const plan = samplePlan();
    const step = { ...plan.steps[1], operation: "zoom.user.updatePassword", ...kept } as PlanStep;
    return { ...plan, steps: [{ ...step, input: { userId: "zoomSam", password: text } }] };
  };
  // Also where a plan should not have it: a password in the clear is never told.
  for (const [before, after] of [
    [clear("Hunter-2"), clear("Hunter-3")],
    [clear("Hunter-2"), { ...samplePlan(), steps: [] }],
    [samplePlan(), clear("Hunter-3")],
    [clear("Hunter-2"), clear("Hunter-3", { operation: "zoom.user.gone", kept: ["password"] })],
  ] satisfies [Plan, Plan][])
    expect(JSON.stringify(comparePlans(before, after))).not.toContain("Hunter");
});

test("a value that is kept apart in one of two plans only is not told either", () => {
  const kept = (plan: Plan): Plan => ({
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, kept: ["changes.job_title"] })),
  });
  const [before, after] = [update({ job_title: "Hunter-2" }), update({ job_title: "Hunter-3" })];
  for (const [one, other] of [
    [kept(before), after],
    [before, kept(after)],
  ] satisfies [Plan, Plan][]) {
    const told = JSON.stringify(comparePlans(one, other));
    expect(told).not.toContain("Hunter");
    expect(told).toContain("(changed)");
  }
});

test("steps in another order are told as such", () => {
  const plan = samplePlan();
  const after = { ...plan, steps: plan.steps.toReversed() };
  const [detail] = onlyDetails(comparePlans(plan, after), "The request") ?? [];
  expect(detail).toMatchObject({
    title: "Order of the steps",
    before: plan.steps.map(({ title }) => title).join(", "),
  });
});

function samplePlanWith(fields: Record<string, unknown>): Plan {
  const plan = samplePlan();
  return { ...plan, fields: { ...plan.fields, ...fields } };
}
