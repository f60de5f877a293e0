import { operations } from "../../catalogue/registry.ts";
import { SNAPSHOT_ID } from "../../catalogue/snapshot.ts";
import { stepIds } from "../../catalogue/step-ids.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { unknownNames } from "./suggestion.ts";
import { BUILT_IN_PLAYBOOKS } from "../decide/own-playbooks.ts";
import { stepFaults } from "./playbook-step-faults.ts";
import type { Readable, ReadableStep } from "./readable.ts";
import { MOST_STEPS } from "../schema.ts";

type Path = readonly (string | number)[];

/** What is wrong with the playbooks that a policy defines: their names, their steps, and how these wait for each other. */
export function playbookFaults(policy: Readable): FaultAtPath[] {
  return Object.entries(policy.playbooks ?? {}).flatMap(([name, { steps = [] }]) => {
    const path = ["playbooks", name];
    // The shape says so already, and so many are not worth the time.
    if (steps.length > MOST_STEPS) return [];
    return [
      ...(BUILT_IN_PLAYBOOKS.includes(name)
        ? [
            {
              path,
              message: `\`${name}\` is a playbook of Deadbolt's own. Choose another name.`,
              atKey: true,
            },
          ]
        : []),
      ...steps.flatMap((step, index) => stepFaults(step, [...path, "steps", index])),
      ...changeFaults(steps, path),
      ...idFaults(steps, [...path, "steps"]),
      ...orderFaults(steps, [...path, "steps"]),
    ];
  });
}

function operationOf({ operation }: ReadableStep) {
  return operations.find(({ name }) => name === operation);
}

function idsOf(steps: readonly ReadableStep[]): string[] {
  return stepIds(steps.map(({ id, operation = "step" }) => ({ id, operation })));
}

/** Looking is for a single operation, which answers the one who asked. */
function changeFaults(steps: readonly ReadableStep[], path: Path): FaultAtPath[] {
  const known = steps.map(operationOf);
  return known.length > 0 && known.every((operation) => operation?.risk === "read")
    ? [{ path: [...path, "steps"], message: "These steps only look. At least one must change something." }]
    : [];
}

function idFaults(steps: readonly ReadableStep[], path: Path): FaultAtPath[] {
  return steps.flatMap(({ id }, index): FaultAtPath[] => {
    const at = [...path, index, "id"];
    if (id === SNAPSHOT_ID)
      return [{ path: at, message: `The reading before Zoom steps goes by \`${id}\`. Choose another id.` }];
    return id !== undefined && steps.slice(0, index).some((other) => other.id === id)
      ? [{ path: at, message: `There is a step \`${id}\` already; each id stands once.` }]
      : [];
  });
}

function orderFaults(steps: readonly ReadableStep[], path: Path): FaultAtPath[] {
  const ids = idsOf(steps);
  const faults = steps.flatMap((step, index) => [
    ...(["after", "requires"] as const).flatMap((key) =>
      unknownNames("step", step[key], ids, [...path, index, key]),
    ),
    ...proofFaults(steps, ids, step, [...path, index, "requires"]),
  ]);
  // With two of one id it is not known which one is meant.
  if (new Set(ids).size < ids.length) return faults;
  return [...faults, ...circles(steps, ids).map((circle) => circleFault(circle, ids, path))];
}

/** What cannot be read back is never verified, so that nothing that requires it would ever run. */
function proofFaults(
  steps: readonly ReadableStep[],
  ids: readonly string[],
  { requires = [] }: ReadableStep,
  path: Path,
): FaultAtPath[] {
  return requires.flatMap((id, position): FaultAtPath[] => {
    const required = steps[ids.findIndex((one) => one === id)];
    const operation = required && operationOf(required);
    return operation === undefined || operation.readBack !== undefined
      ? []
      : [
          {
            path: [...path, position],
            message: `\`${String(id)}\` can never be verified, so this step would never run. Use \`after\`.`,
          },
        ];
  });
}

/** Steps that wait for each other, each circle once, in the order of waiting. */
function circles(steps: readonly ReadableStep[], ids: readonly string[]): string[][] {
  const waits = new Map(
    steps.map(({ after = [], requires = [] }, index) => [
      ids[index] ?? "",
      ids.filter((id) => [...after, ...requires].includes(id)),
    ]),
  );
  const done = new Set<string>();
  const found: string[][] = [];
  function visit(id: string, way: readonly string[]): void {
    const start = way.indexOf(id);
    if (start >= 0) found.push(way.slice(start));
    if (start >= 0 || done.has(id)) return;
    for (const next of waits.get(id) ?? []) visit(next, [...way, id]);
    done.add(id);
  }
  for (const id of ids) visit(id, []);
  return found;
}

function circleFault(circle: readonly string[], ids: readonly string[], path: Path): FaultAtPath {
  const [first = ""] = circle;
  const way = [...circle, first].map((id) => `\`${id}\``).join(", which waits for ");
  return { path: [...path, ids.indexOf(first)], message: `Steps wait in a circle: ${way}.` };
}
