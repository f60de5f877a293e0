import { operations } from "../catalogue/registry.ts";
import type { PlannedChange, PlanStep } from "../playbook/playbook.ts";
import { apart, compareMembers, sameJson, say, type PlanDetail, type Say } from "./compare-members.ts";
import type { Plan } from "./plan.ts";
import { changesByTitle, linesOf, SEALED, toldFields, type ToldField } from "./field-descriptions.ts";

/** One step that is new, gone or otherwise, or the request as a whole. */
export interface PlanDifference {
  kind: "added" | "removed" | "changed";
  title: string;
  details: PlanDetail[];
}

const REQUEST_TITLES: Readonly<Record<string, string>> = {
  playbook: "Playbook",
  title: "What is asked for",
  risk: "Risk",
};
const TARGET_TITLES: Readonly<Record<string, string>> = {
  name: "Whom or what it is about",
  email: "E-mail",
  slackId: "Slack user",
  zoomUserId: "Zoom user",
  zoomEmail: "E-mail in Zoom",
  cloudflareUserId: "Cloudflare user",
  found: "What was found",
};
const STEP_TITLES: Readonly<Record<string, string>> = {
  title: "Title",
  operation: "Operation",
  after: "Waits for",
  requires: "Runs only after the success of",
  isSnapshot: "Keeps what it reads",
  kept: "Kept sealed until it runs",
  goneIsFine: "When the vendor does not know the person",
};

/**
 * What a person must see when a request was changed: first what changed of the request as a whole, then each step that
 * is new or otherwise, then each that is gone. Steps are the same when their ids are. It is empty exactly when the
 * plans have the same hash. Of secrets and files it says only that they changed.
 */
export function comparePlans(before: Plan, after: Plan): PlanDifference[] {
  const request = compareRequests(before, after);
  const stepsBefore = new Map(before.steps.map((step) => [step.id, step]));
  const idsAfter = new Set(after.steps.map(({ id }) => id));
  return [
    ...(request.length === 0 ? [] : [{ kind: "changed" as const, title: "The request", details: request }]),
    ...after.steps.flatMap((step): PlanDifference[] => {
      const former = stepsBefore.get(step.id);
      const { title } = step;
      if (former === undefined)
        return [
          { kind: "added", title, details: linesOf(step).map(({ title, after }) => ({ title, after })) },
        ];
      const details = compareSteps(former, step, sayStepsOf(before), sayStepsOf(after));
      return details.length === 0 ? [] : [{ kind: "changed", title, details }];
    }),
    ...before.steps
      .filter(({ id }) => !idsAfter.has(id))
      .map((step): PlanDifference => ({
        kind: "removed",
        title: step.title,
        details: linesOf(step).map(({ title, after }) => ({ title, before: after })),
      })),
  ];
}

function compareRequests(before: Plan, after: Plan): PlanDetail[] {
  const {
    hash: _former,
    steps: _stepsBefore,
    fields: fieldsBefore,
    target: targetBefore,
    ...restBefore
  } = before;
  const {
    hash: _present,
    steps: _stepsAfter,
    fields: fieldsAfter,
    target: targetAfter,
    ...restAfter
  } = after;
  const orderOf = ({ steps }: Plan, other: Plan) => ({
    order: steps.map(({ id }) => id).filter((id) => other.steps.some((step) => step.id === id)),
  });
  return [
    ...compareMembers({ ...targetBefore }, { ...targetAfter }, TARGET_TITLES),
    ...compareMembers(fieldsBefore, fieldsAfter, {}),
    ...compareMembers(restBefore, restAfter, REQUEST_TITLES),
    ...compareMembers(
      orderOf(before, after),
      orderOf(after, before),
      { order: "Order of the steps" },
      sayStepsOf(before),
      sayStepsOf(after),
    ),
  ];
}

function compareSteps(before: PlanStep, after: PlanStep, sayBefore: Say, sayAfter: Say): PlanDetail[] {
  if (sameJson(before, after)) return [];
  const { id: _idBefore, input: _inputBefore, changes: changesBefore, ...restBefore } = before;
  const { id: _idAfter, input: _inputAfter, changes: changesAfter, ...restAfter } = after;
  const input = compareInputs(toldFields(before), toldFields(after));
  const told = input.map(({ title }) => title);
  const changes = compareChanges(changesBefore ?? [], changesAfter ?? [], told);
  const lines =
    input.length + changes.length > 0
      ? []
      : compareMembers({ changes: changesBefore }, { changes: changesAfter }, { changes: "What it changes" });
  return [
    ...input,
    ...changes,
    ...lines,
    ...compareMembers(restBefore, restAfter, STEP_TITLES, sayBefore, sayAfter),
  ];
}

function compareInputs(
  before: ReadonlyMap<string, ToldField>,
  after: ReadonlyMap<string, ToldField>,
): PlanDetail[] {
  const paths = [...new Set([...after.keys(), ...before.keys()])];
  return paths.flatMap((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    const isAlone = one === undefined || other === undefined;
    // That an object is empty is told by what the other plan has in it.
    if (isAlone && sameJson((one ?? other)?.value, {}) && paths.some((inner) => inner.startsWith(`${path}.`)))
      return [];
    if (one === undefined || other === undefined || one.title !== other.title)
      return [
        ...(one === undefined ? [] : [{ title: one.title, before: one.isSealed ? SEALED : one.say() }]),
        ...(other === undefined
          ? []
          : [{ title: other.title, after: other.isSealed ? SEALED : other.say() }]),
      ];
    if (sameJson(one.value, other.value)) return [];
    if (one.isSealed || other.isSealed) return [{ title: one.title, after: SEALED }];
    return [
      apart(one.title, { value: one.value, words: one.say() }, { value: other.value, words: other.say() }),
    ];
  });
}

/** What the vendor holds is otherwise now, or a thing goes by another name. */
function compareChanges(
  before: readonly PlannedChange[],
  after: readonly PlannedChange[],
  told: readonly string[],
): PlanDetail[] {
  const [linesBefore, linesAfter] = [changesByTitle(before), changesByTitle(after)];
  return [...new Set([...linesAfter.keys(), ...linesBefore.keys()])].flatMap((title) => {
    const [one, other] = [linesBefore.get(title), linesAfter.get(title)];
    const isTold = told.some((one) => one === title || one.startsWith(`${title} (`));
    return [
      ...(one === undefined || other === undefined
        ? []
        : compareMembers({ held: one.before }, { held: other.before }, { held: `${title}, as it is now` })),
      ...(isTold ? [] : compareMembers({ words: one?.after }, { words: other?.after }, { words: title })),
    ];
  });
}

/** Steps by their titles, and operations by theirs. */
function sayStepsOf(plan: Plan): Say {
  const titles = new Map(plan.steps.map(({ id, title }) => [id, title]));
  return (value, key) => {
    if (key === "operation") return operations.find(({ name }) => name === value)?.title ?? say(value);
    const isOfSteps = Array.isArray(value) && ["after", "requires", "order"].includes(key);
    return say(isOfSteps ? value.map((id: unknown) => titles.get(String(id)) ?? id) : value);
  };
}
