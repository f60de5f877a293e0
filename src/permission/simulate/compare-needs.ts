import { describePart, type ApprovalPart } from "../decide/approval-rules.ts";
import { describeDuration } from "../calendar/duration.ts";
import type { NeededApprovals } from "./recorded-question.ts";

/** How approvals that are asked for differ from others; `other` where neither suffices for the other. */
export type NeedsDifference = "same" | "stricter" | "milder" | "other";

/** Compares what is asked for now with what was asked for before. */
export function compareNeeds(
  before: readonly NeededApprovals[],
  now: readonly NeededApprovals[],
): NeedsDifference {
  const isAsStrict = before.every((old) => now.some((rule) => suffices(rule, old)));
  const wasAsStrict = now.every((rule) => before.some((old) => suffices(old, rule)));
  if (isAsStrict && wasAsStrict) return "same";
  if (isAsStrict) return "stricter";
  return wasAsStrict ? "milder" : "other";
}

/** Whether whoever fulfils the first has fulfilled the second as well. */
function suffices(first: NeededApprovals, second: NeededApprovals): boolean {
  return (
    first.expiresMilliseconds <= second.expiresMilliseconds &&
    first.clock === second.clock &&
    (first.secondFactor || !second.secondFactor) &&
    escalatesNoWider(first.escalation, second.escalation) &&
    first.stages.length === second.stages.length &&
    second.stages.every(({ parts }, index) =>
      parts.every((wanted) => first.stages[index]?.parts.some((part) => fills(part, wanted)) ?? false),
    )
  );
}

function fills(part: ApprovalPart, wanted: ApprovalPart): boolean {
  return (
    part.count >= wanted.count &&
    part.roles.every((role) => wanted.roles.includes(role)) &&
    part.people.every((person) => wanted.people.includes(person))
  );
}

/** Whether nobody may approve by the first escalation who could not, as early, by the second. */
function escalatesNoWider(
  first: NeededApprovals["escalation"],
  second: NeededApprovals["escalation"],
): boolean {
  if (first === undefined) return true;
  return (
    second !== undefined &&
    first.afterMilliseconds >= second.afterMilliseconds &&
    first.roles.every((role) => second.roles.includes(role))
  );
}

/** Who must approve and within what time, as part of a sentence. */
export function describeNeeds(needs: readonly NeededApprovals[]): string {
  return needs
    .map(({ stages, expiresMilliseconds, secondFactor, escalation, clock }) => {
      const people = stages.map(({ parts }) => parts.map(describePart).join(" and ")).join(", then ");
      const factor = secondFactor ? " with a one-time password" : "";
      const within = `${describeDuration(expiresMilliseconds)}${clock === undefined ? "" : " of working time"}`;
      const later =
        escalation === undefined
          ? ""
          : `, after ${describeDuration(escalation.afterMilliseconds)} also ${escalation.roles.join(" or ")}`;
      return `${people}${factor} within ${within}${later}`;
    })
    .join("; ");
}
