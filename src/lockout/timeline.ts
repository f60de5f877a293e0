import type { AuditEvent } from "../audit/event.ts";
import { ACCOUNT_NAMES } from "../target/account.ts";
import type { DoorsPlan } from "./doors.ts";
import { withoutAccount } from "./no-account.ts";
import { missingWords } from "./no-account-words.ts";
import { titleOfAllZones, zoneOf } from "./zone-steps.ts";

/** One thing that happened, with the moment to the millisecond. */
export interface Moment {
  at: Date;
  /** Since the button was pressed, in milliseconds. */
  after: number;
  what: string;
  /** Moments of steps that read alike but for their zone: what they have in common. */
  alike?: string;
}

const PROVEN: Readonly<Record<string, string>> = {
  verified: "proven",
  accepted: "accepted, cannot be proven",
  unverified: "NOT proven",
  not_found: "not found",
  failed: "FAILED",
  skipped: "skipped",
  undone: "undone",
};

/** Everything that a lockout or release did, in order: sent, answered, proven. */
export function timelineOf(plan: DoorsPlan, events: readonly AuditEvent[], begunAt: Date): Moment[] {
  const { steps } = plan;
  const title = (id: string) => steps.find((step) => step.id === id)?.title ?? id;
  const said = (event: AuditEvent): string | undefined => {
    switch (event.type) {
      case "request.created":
        return ["asked for", ...Array.from(withoutAccount(plan, [], new Map()).values(), missingWords)].join(
          ". ",
        );
      case "run.started":
        return "started";
      case "run.retried":
        return "tried again: what failed";
      case "step.started":
        return `sent: ${title(event.data.stepId)}`;
      case "step.answered":
        return `${event.data.accepted ? "answered" : "refused"}: ${title(event.data.stepId)}`;
      case "step.finished":
        return `${PROVEN[event.data.outcome]}: ${title(event.data.stepId)}`;
      case "account.ruled_out":
        return `confirmed: no ${ACCOUNT_NAMES[event.data.vendor]}`;
      case "account.bound":
        return `bound: Slack account ${event.data.slackId} and ${event.data.email}`;
      case "lockout.judged":
        return event.data.sentence;
      case "run.finished":
        return "ended";
      case "watch.broken":
        return `OPEN AGAIN: ${event.data.doors.map((door) => door.title).join(", ")}`;
      case "watch.held":
        return event.data.doors.length === 0
          ? "can be checked again, and what is seen is closed"
          : "closed again";
      case "watch.blind":
        return "cannot be checked";
      case "lockout.handed_over":
        return "handed over";
      case "lockout.released":
        return "released";
      default:
        return undefined;
    }
  };
  return (
    events
      .flatMap((event): Moment[] => {
        const what = said(event);
        if (what === undefined) return [];
        const isOfZone = "stepId" in event.data && zoneOf(event.data.stepId) !== undefined;
        const after = event.at.getTime() - begunAt.getTime();
        return [{ at: event.at, after, what, ...(isOfZone ? { alike: titleOfAllZones(what) } : {}) }];
      })
      // Written down in the order of the trail, which need not be that of the moments.
      .toSorted((one, other) => one.at.getTime() - other.at.getTime())
  );
}

/** The same with what happened to dozens of zones told once, where it began, with when it ended. */
export function withZonesTogether(moments: readonly Moment[]): Moment[] {
  const groups = new Map<string, Moment[]>();
  for (const [index, moment] of moments.entries()) {
    const key = moment.alike ?? `moment ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), moment]);
  }
  return [...groups.values()].flatMap((group): Moment[] => {
    const [first, last] = [group[0], group.at(-1)];
    if (first?.alike === undefined || last === undefined || group.length === 1) return group;
    return [{ ...first, what: `${first.alike} (${group.length} zones, the last at +${spanOf(last.after)})` }];
  });
}

/** A moment of the day in UTC to the tenth of a second: `03:12:07.4`. */
export function clockTime(at: Date): string {
  const tenths = Math.floor(at.getTime() / 100) * 100;
  return new Date(tenths).toISOString().slice(11, 21);
}

/** So long, to the tenth of a second: `0.4 s`, `2 min 3.1 s`. */
export function spanOf(milliseconds: number): string {
  const tenths = Math.max(0, Math.round(milliseconds / 100));
  const minutes = Math.floor(tenths / 600);
  const seconds = `${((tenths % 600) / 10).toFixed(1)} s`;
  return minutes === 0 ? seconds : `${minutes} min ${seconds}`;
}
