import { parseDuration } from "../calendar/duration.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { suggestionFor, unknownNames } from "./suggestion.ts";
import type { Readable, ReadableEntry } from "./readable.ts";

type Path = readonly (string | number)[];

/** What is wrong with how the rules and protections of a policy ask for approvals. */
export function approvalFaults(policy: Readable): FaultAtPath[] {
  return (["approvals", "protected"] as const).flatMap((list) =>
    (policy[list] ?? []).flatMap((entry, index) => [
      ...approverFaults(policy, entry, [list, index]),
      ...timeFaults(policy, entry, [list, index]),
      ...(list === "approvals" ? scopeFaults(entry, [list, index]) : []),
    ]),
  );
}

function approverFaults(policy: Readable, entry: ReadableEntry, path: Path): FaultAtPath[] {
  const roles = policy.roles && Object.keys(policy.roles);
  const { stages } = entry;
  const faults = unknownNames("role", entry.approvers, roles, [...path, "approvers"]);
  faults.push(...unknownNames("role", entry.escalate?.to, roles, [...path, "escalate", "to"]));
  if (stages === undefined) return [...faults, ...whoFaults(entry, path)];
  for (const key of ["approvers", "people", "count", "match"] as const)
    if (entry[key] !== undefined)
      faults.push({ path: [...path, key], message: `With \`stages\`, \`${key}\` stands in each stage.` });
  for (const [position, stage] of stages.entries()) {
    const at = [...path, "stages", position];
    faults.push(
      ...unknownNames("role", stage.approvers, roles, [...at, "approvers"]),
      ...whoFaults(stage, at),
    );
  }
  return faults;
}

type Who = Pick<ReadableEntry, "approvers" | "people" | "count" | "match">;

function whoFaults({ approvers, people, count, match }: Who, path: Path): FaultAtPath[] {
  if (count === 0) return [];
  if ((approvers?.length ?? 0) + (people?.length ?? 0) === 0)
    return [
      {
        path: approvers === undefined ? path : [...path, "approvers"],
        message: "Approvals are asked for, but no role may give them.",
      },
    ];
  const named = new Set(people).size;
  if (match !== "all" && (approvers?.length ?? 0) === 0 && count !== undefined && count > named)
    return [
      {
        path: [...path, "count"],
        message: `${count} people must approve, but only ${named} ${named === 1 ? "is" : "are"} named.`,
      },
    ];
  return [];
}

function timeFaults(policy: Readable, entry: ReadableEntry, path: Path): FaultAtPath[] {
  const faults: FaultAtPath[] = [];
  const expires = typeof entry.expires === "string" ? parseDuration(entry.expires) : undefined;
  const isLate = (duration: unknown) => {
    const parsed = typeof duration === "string" ? parseDuration(duration) : undefined;
    return parsed !== undefined && expires !== undefined && parsed >= expires;
  };
  for (const [position, duration] of (entry.remind ?? []).entries())
    if (isLate(duration))
      faults.push({
        path: [...path, "remind", position],
        message: "Nobody is reminded of what has expired already: this is not before `expires`.",
      });
  if (isLate(entry.escalate?.after))
    faults.push({
      path: [...path, "escalate", "after"],
      message: "What has expired is not escalated: this is not before `expires`.",
    });
  const calendars = Object.keys(policy.calendars ?? {});
  if (entry.clock !== undefined && !calendars.includes(entry.clock))
    faults.push({
      path: [...path, "clock"],
      message: `There is no calendar \`${entry.clock}\`.`,
      ...suggestionFor(entry.clock, calendars),
    });
  return faults;
}

function scopeFaults({ for: scope, expires, count }: ReadableEntry, path: Path): FaultAtPath[] {
  const faults: FaultAtPath[] = [];
  if (scope && scope.playbook === undefined && scope.risk === undefined && scope.effect === undefined)
    faults.push({
      path: [...path, "for"],
      message: "Say what this is for: a playbook, a risk, or both. An `effect` says it as well.",
    });
  if (expires === undefined && count !== 0)
    faults.push({ path, message: "Say when waiting ends: `expires`, such as 24h." });
  return faults;
}
