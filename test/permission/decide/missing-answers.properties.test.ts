import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decide, type Decision, type DecisionInput } from "../../../src/permission/decide/decide.ts";
import type { GroupAnswer } from "../../../src/permission/decide/group-answers.ts";
import { standingOf, type PersonFacts } from "../../../src/permission/decide/roles.ts";
import { HOME } from "../organisation.ts";
import { richQuestions } from "../rich-organisation.ts";
import { cases } from "../../depth.ts";

const GROUPS = ["S1", "S2"] as const;
const LOOK_UPS = GROUPS.flatMap((group) => [`requester ${group}`, `target ${group}`] as const);
type Missing = Record<string, "absent" | "unanswered">;
type Answered = Decision | "slack must answer";

/** Every subset of the look-ups, each of them missing in one way or the other. */
const SUBSETS = Array.from({ length: 2 ** LOOK_UPS.length }, (_, bits) =>
  LOOK_UPS.filter((_name, index) => ((bits >> index) & 1) === 1),
);
const ways: fc.Arbitrary<Missing> = fc
  .tuple(...LOOK_UPS.map(() => fc.constantFrom("absent" as const, "unanswered" as const)))
  .map((how) => Object.fromEntries(LOOK_UPS.map((name, index) => [name, how[index] ?? "absent"])));

function withGroups(
  { input, facts }: { input: DecisionInput; facts: PersonFacts },
  answer: (lookUp: string, full: GroupAnswer) => GroupAnswer,
): DecisionInput {
  const change = (whose: string, groups: Readonly<Record<string, GroupAnswer>>) =>
    Object.fromEntries(
      Object.entries(groups).map(([group, full]) => [group, answer(`${whose} ${group}`, full)]),
    );
  const known = { ...facts, groups: change("requester", facts.groups) };
  return {
    ...input,
    requester: standingOf(input.policy, known, HOME),
    target: { ...input.target, groups: change("target", input.target.groups) },
  };
}

function answerTo(input: DecisionInput): Answered {
  try {
    return decide(input);
  } catch (error) {
    if (error instanceof Error && error.name === "UnansweredGroupError") return "slack must answer";
    throw error;
  }
}

/** How strict an answer is, as the set of what it asks for; nothing passes a no. */
function isAsStrict(one: Answered, than: Answered): boolean {
  if (one === "slack must answer" || one.kind === "denied") return true;
  if (than === "slack must answer" || than.kind === "denied") return false;
  const needs = (decision: Decision) => (decision.kind === "needs_approval" ? decision.rules : []);
  const asked = needs(one).map(({ id }) => id);
  return needs(than).every(({ id }) => asked.includes(id));
}

/** What a person reads, without the wording of a role's way. */
function essence(answer: Answered): unknown {
  if (answer === "slack must answer" || answer.kind === "allowed")
    return typeof answer === "string" ? answer : answer.kind;
  return answer.kind === "denied" ? answer.kind : answer.rules.map(({ id }) => id).toSorted();
}

/** No silent yes: only a lockout that can be undone, or what the approvers of every protected person approve. */
function expectSaidSo({ policy, playbook, operations }: DecisionInput, partial: Answered): void {
  if (partial === "slack must answer" || partial.kind === "denied") throw new Error("This is as strict.");
  expect(partial.unchecked).toMatch(/^Protection could not be checked: /);
  const isLockout = playbook === "lockout" && operations.every(({ risk }) => risk !== "irreversible");
  const protectors = (policy.protected ?? []).map((_, index) => `protected[${index}]`);
  const asks = partial.kind === "needs_approval" ? partial.rules.map(({ id }) => id) : [];
  if (!isLockout && protectors.length === 0) throw new Error("It is milder, and nobody approves it.");
  if (!isLockout) expect(asks).toEqual(expect.arrayContaining(protectors));
}

test("with every subset of look-ups missing: never milder without saying so, and the same where it cannot matter", () => {
  const seen = { asStrict: 0, noted: 0, same: 0, waits: 0 };
  fc.assert(
    fc.property(richQuestions, ways, (question, how) => {
      const full = answerTo(question.input);
      const whatIf = SUBSETS.map((yes) =>
        JSON.stringify(
          essence(answerTo(withGroups(question, (lookUp) => (yes as string[]).includes(lookUp)))),
        ),
      );
      const isYes = (lookUp: string) => {
        const [whose, group = ""] = lookUp.split(" ");
        const groups = whose === "target" ? question.input.target.groups : question.facts.groups;
        return groups[group] === true;
      };
      for (const gone of SUBSETS) {
        const isGone = (lookUp: string) => (gone as string[]).includes(lookUp);
        const partial = answerTo(
          withGroups(question, (lookUp, answer) => (isGone(lookUp) ? (how[lookUp] ?? answer) : answer)),
        );
        if (partial === "slack must answer") seen.waits += 1;
        if (isAsStrict(partial, full)) seen.asStrict += 1;
        else {
          expectSaidSo(question.input, partial);
          seen.noted += 1;
        }
        // Where every possible answer to what is missing gives the same, what is missing cannot matter.
        const possible = whatIf.filter((_, index) =>
          LOOK_UPS.every((lookUp) => isGone(lookUp) || SUBSETS[index]?.includes(lookUp) === isYes(lookUp)),
        );
        if (new Set(possible).size > 1) continue;
        seen.same += 1;
        if (partial === "slack must answer") expect(full).toMatchObject({ kind: "denied" });
        else expect(JSON.stringify(essence(partial))).toBe(possible[0]);
      }
    }),
    { numRuns: cases(600, 7_000) },
  );
  // A law that is never put to the test holds nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
}, 240_000);
