import fc from "fast-check";
import type { Plan } from "../../src/plan/plan.ts";
import type { PlannedChange, PlanStep } from "../../src/playbook/playbook.ts";

/** An equal plan, with its members in another order, as a database may have them. */
export function turned(plan: Plan): Plan {
  return JSON.parse(
    JSON.stringify(plan, (_name, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ),
  ) as Plan;
}

const word = fc.constantFrom("a", "b", "a  b", "a b", "", "x".repeat(1_001), "x".repeat(1_002));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const withoutMissing = <Value extends object>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

const input = fc
  .record({
    userId: maybe(word),
    action: maybe(fc.constantFrom("delete", "disassociate")),
    transfer: maybe(fc.subarray(["meeting", "recording"])),
    password: maybe(fc.record({ kept: word })),
    unknown: maybe(fc.constantFrom<unknown>(null, 1, "a", {}, [], { a: {} })),
    changes: maybe(
      fc.record({
        first_name: maybe(word),
        type: maybe(fc.constantFrom(1, 2)),
        feature: maybe(fc.record({ zoom_phone: maybe(fc.boolean()) })),
        in_meeting: maybe(fc.record({ waiting_room: maybe(fc.boolean()) })),
        meeting_security: maybe(fc.record({ waiting_room: maybe(fc.boolean()) })),
      }),
    ),
  })
  .map(withoutMissing);

const change = fc
  .record({
    title: fc.constantFrom("First name", "Waiting room", "a", "a, also"),
    before: maybe(word),
    after: word,
  })
  .map(withoutMissing) as fc.Arbitrary<PlannedChange>;

const stepWith = (id: string): fc.Arbitrary<PlanStep> =>
  fc
    .record({
      id: fc.constant(id),
      title: fc.constantFrom("One", "Other"),
      operation: fc.oneof(
        {
          arbitrary: fc.constantFrom(
            "zoom.user.update",
            "zoom.user.delete",
            "zoom.user.updatePassword",
            "zoom.user.gone",
          ),
          weight: 19,
        },
        { arbitrary: fc.constant("zoom.user.updateSettings"), weight: 1 },
      ),
      input,
      after: fc.shuffledSubarray(["first", "second"]),
      requires: fc.shuffledSubarray(["first", "second"]),
      isSnapshot: maybe(fc.boolean()),
      changes: maybe(fc.array(change, { maxLength: 3 })),
      kept: maybe(fc.shuffledSubarray(["password", "changes.first_name"])),
      goneIsFine: maybe(word),
    })
    .map((step) => withoutMissing(step) as PlanStep);

const plan: fc.Arbitrary<Plan> = fc
  .record({
    playbook: word,
    title: word,
    risk: fc.constantFrom("reversible" as const, "irreversible" as const),
    target: fc
      .record({
        name: word,
        email: maybe(word),
        slackId: maybe(word),
        found: fc.array(word, { maxLength: 2 }),
      })
      .map(withoutMissing),
    fields: fc
      .record({ reason: word, ticket: maybe(word), transfer: maybe(fc.array(word)) })
      .map(withoutMissing),
    steps: fc
      .tuple(stepWith("first"), stepWith("second"), stepWith("third"))
      .chain((steps) => fc.shuffledSubarray(steps)),
  })
  .map((parts) => ({ ...parts, hash: "" }));

/** Two plans that have most in common: each member of one that is an object or a plan comes from either. */
export const alike = fc
  .tuple(plan, plan, fc.infiniteStream(fc.integer({ min: 0, max: 9 })))
  .map(([before, other, chances]): [Plan, Plan] => {
    const mix = (one: unknown, two: unknown): unknown => {
      const chance = chances.next().value ?? 0;
      if (chance < 7) return one;
      if (chance < 9 && isMembers(one) && isMembers(two)) {
        const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
        return Object.fromEntries(
          names.map((name) => [name, name === "id" ? one[name] : mix(one[name], two[name])]),
        );
      }
      return two;
    };
    const steps =
      Number(chances.next().value) < 8
        ? before.steps.map((step) =>
            mixStep(
              step,
              other.steps.find(({ id }) => id === step.id),
            ),
          )
        : other.steps;
    function mixStep(step: PlanStep, two: PlanStep | undefined): PlanStep {
      if (two === undefined) return step;
      return Object.fromEntries(
        Object.entries({ ...two, ...step }).map(([name]) => [
          name,
          mix(step[name as "id"], two[name as "id"]),
        ]),
      ) as unknown as PlanStep;
    }
    const rest = Object.entries(before).map(([name, value]) => [name, mix(value, other[name as "hash"])]);
    return [before, withoutMissing({ ...(Object.fromEntries(rest) as Plan), steps })];
  });

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
