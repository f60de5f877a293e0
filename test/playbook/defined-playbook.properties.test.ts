import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { operations } from "../../src/catalogue/registry.ts";
import { stepIds } from "../../src/catalogue/step-ids.ts";
import { KNOWN_PLAYBOOKS } from "../../src/workflow/judge/known-playbooks.ts";
import { parsePolicy } from "../../src/permission/policy-file/policy.ts";
import { PolicyError } from "../../src/permission/policy-file/policy-error.ts";
import type { Policy } from "../../src/permission/schema.ts";
import { planOf } from "../../src/plan/plan.ts";
import { definedSteps } from "../../src/playbook/defined-playbook.ts";
import type { DefinedStep } from "../../src/playbook/defined-step.ts";
import { leftOutSteps } from "../../src/playbook/left-out-steps.ts";
import type { Target } from "../../src/target/target.ts";
import { SAM } from "../workflow/sample-plan.ts";
import { cases } from "../depth.ts";

/** Inputs that are whole but for what is filled in or taken from the vendor's lists. */
const GOOD_INPUTS: Readonly<Record<string, unknown>> = {
  "zoom.user.updateStatus": { action: "deactivate" },
  "zoom.user.delete": { action: "delete" },
  "zoom.user.create": { action: "autoCreate", user: { type: 1 } },
  "zoom.user.update": { changes: { first_name: "Sam" } },
  "zoom.user.updateEmail": { email: "other@example.com" },
  "zoom.user.updatePresence": { status: "Away" },
  "zoom.assistant.add": { assistants: ["kim@example.com"] },
};
const value = fc.oneof(
  fc.constantFrom<unknown>(
    "x",
    "../victim",
    "",
    7,
    true,
    null,
    [],
    ["x"],
    {},
    { kept: "x" },
    "kim@example.com",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const ids = fc.constantFrom("first", "second", "third", "picture-delete", "meeting-end", "snapshot", "gone");

function inputFor({ name, input: schema }: Operation): fc.Arbitrary<unknown> {
  const paths = inputFields({ input: schema }).map(({ path }) => path.split(".")[0] ?? "");
  const wild = fc.dictionary(fc.constantFrom(...paths, "unknown", "constructor"), value, { maxKeys: 3 });
  return fc.oneof(
    { arbitrary: fc.constant(GOOD_INPUTS[name]), weight: 12 },
    { arbitrary: wild, weight: 1 },
    { arbitrary: value, weight: 1 },
  );
}

/** Something so many times out of ten. */
const maybe = <Value>(often: number, some: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ arbitrary: some, weight: often }, { arbitrary: fc.constant(undefined), weight: 10 - often });

const step = fc.constantFrom(...operations).chain((operation) => {
  const listed = Object.keys(operation.choices ?? {});
  const field = fc.constantFrom(...(listed.length === 0 ? ["userId", "constructor"] : listed));
  // A field that is listed is nearly always to be taken from its list.
  const taken = listed.length === 0 ? 0 : 9;
  return fc.record({
    operation: fc.constant(operation.name),
    id: maybe(5, ids),
    input: inputFor(operation),
    each: maybe(taken, field),
    all: maybe(1, field),
    after: maybe(4, fc.array(ids, { maxLength: 2 })),
    requires: maybe(3, fc.array(ids, { maxLength: 1 })),
  });
});

/** Mostly such steps as can stand together: waiting only for what came before, each id once. */
const tidied = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => {
  const once = steps.map((one, index) => ({
    ...one,
    id: steps.findIndex(({ id }) => id === one.id) === index ? one.id : undefined,
  }));
  const names = stepIds(once);
  return once.map((one, index) => ({
    ...one,
    after: one.after?.flatMap(() => names.slice(0, index).slice(-1)),
    requires: one.requires?.flatMap(() => names.slice(0, index).slice(0, 1)),
    all: one.each === undefined ? one.all : undefined,
  }));
});
const wild = fc.array(step, { minLength: 1, maxLength: 4 });
const definitions = fc.oneof({ arbitrary: tidied, weight: 3 }, { arbitrary: wild, weight: 1 });

const zones = fc.constantFrom<readonly string[]>([], ["zone1"], ["2", "3"]);

/** The policy with this playbook; undefined where it has a fault, which is at a place. */
function policyWith(steps: unknown): Policy | undefined {
  const text = stringify({
    version: 1,
    roles: { security: { members: {}, scopes: ["zoom:*"] } },
    approvals: ["reversible", "irreversible"].map((risk) => ({
      for: { risk },
      approvers: ["security"],
      expires: "8h",
    })),
    playbooks: { mine: { title: "Mine", steps } },
  });
  try {
    return parsePolicy(text, "policy.yml", KNOWN_PLAYBOOKS).policy;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const fault of error.faults) expect(fault).toMatchObject({ line: expect.any(Number) });
    return undefined;
  }
}

test("a playbook is refused with a place, or makes a plan for whoever is fully known", () => {
  let good = 0;
  let chosen = 0;
  fc.assert(
    fc.property(definitions, zones, (steps, cloudflareZoneIds) => {
      const definition = policyWith(JSON.parse(JSON.stringify(steps)))?.playbooks?.["mine"];
      if (definition === undefined) return;
      good += 1;
      const playbookSettings = { cloudflareAccountId: "account1", cloudflareZoneIds, slackTeamId: "T0HOME" };
      const planned = definedSteps(definition, SAM, playbookSettings);
      chosen += planned.filter((one) => one.chosen !== undefined).length;
      planOf({ playbook: "mine", title: "Mine", target: SAM, fields: {}, steps: planned });
      if (cloudflareZoneIds.length > 0) expect(leftOutSteps(definition, SAM, playbookSettings)).toEqual([]);
    }),
    { numRuns: cases(100, 400) },
  );
  expect(good).toBeGreaterThan(6);
  expect(chosen).toBeGreaterThan(3);
});

test("for whomever something is not known, what is planned and what is left out is the whole playbook", () => {
  const somebody = fc.constantFrom<Target>(
    { name: "Nobody", found: [] },
    { name: "Sam", email: SAM.email ?? "", found: [] },
    { name: "Sam", email: SAM.email ?? "", cloudflareUserId: "accessSam", found: [] },
    { name: "Sam", email: SAM.email ?? "", zoomUserId: "zoomSam", found: [] },
  );
  const accounts = fc.constantFrom(
    {},
    { cloudflareAccountId: "account1" },
    { cloudflareAccountId: "account1", slackTeamId: "T0HOME" },
  );
  fc.assert(
    fc.property(tidied, somebody, accounts, zones, (steps, target, account, cloudflareZoneIds) => {
      const definition = policyWith(JSON.parse(JSON.stringify(steps)))?.playbooks?.["mine"];
      if (definition === undefined) return;
      const playbookSettings = { ...account, cloudflareZoneIds };
      const planned = definedSteps(definition, target, playbookSettings);
      const plan = planOf({ playbook: "mine", title: "Mine", target, fields: {}, steps: planned });
      const gone = leftOutSteps(definition, target, playbookSettings).map(({ id }) => id);
      const names = stepIds(definition.steps satisfies DefinedStep[]);
      for (const name of names) {
        const isThere = plan.steps.some(({ id }) => id === name || id.startsWith(`${name}-`));
        expect(isThere || gone.includes(name)).toBe(true);
      }
      for (const { requires } of plan.steps) for (const id of requires) expect(gone).not.toContain(id);
    }),
    { numRuns: cases(60, 200) },
  );
});
