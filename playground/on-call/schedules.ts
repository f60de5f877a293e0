import { createHash } from "node:crypto";

export type Provider = "pagerduty" | "opsgenie";

/** A schedule at one of the two providers, by its id there. */
export interface ScheduleKey {
  provider: Provider;
  schedule: string;
}

/** Someone's turn in a schedule. */
export interface Shift {
  /** Without one, the person was deleted and only a reference to them is left. */
  email?: string;
  /** From when on; an hour ago by default, null for always. */
  start?: Date | null;
  /** Until when, exclusive; in an hour by default, null for ever. */
  end?: Date | null;
}

export interface Schedule {
  id: string;
  name: string;
  shifts: Shift[];
  /** Opsgenie's schedules can be switched off. */
  enabled: boolean;
  /** In how many escalation policies it is: PagerDuty lists nobody of a schedule that is in none. */
  escalationPolicies: number;
}

/** The schedules of both providers. */
export interface Schedules {
  put(key: ScheduleKey, schedule: Omit<Schedule, "id" | "name">): void;
  find(key: ScheduleKey): Schedule | undefined;
}

const hour = 60 * 60 * 1000;

export function createSchedules(): Schedules {
  const kept = new Map<string, Schedule>();
  const name = ({ provider, schedule }: ScheduleKey): string => `${provider} ${schedule}`;
  return {
    put: (key, rest) =>
      void kept.set(name(key), { id: key.schedule, name: `On call of ${key.schedule}`, ...rest }),
    find: (key) => kept.get(name(key)),
  };
}

/** The shift with both its ends, as of `now`. */
export function endsOf({ start, end }: Shift, now: Date): { start: Date | null; end: Date | null } {
  return {
    start: start === undefined ? new Date(now.getTime() - hour) : start,
    end: end === undefined ? new Date(now.getTime() + hour) : end,
  };
}

/** The shifts that someone has at `now`. */
export function currentShifts({ shifts }: Schedule, now: Date): Shift[] {
  return shifts.filter((shift) => {
    const { start, end } = endsOf(shift, now);
    return (start === null || start <= now) && (end === null || now < end);
  });
}

/** An id as PagerDuty writes them, always the same for the same thing. */
export function pagerDutyId(of: string): string {
  const digits = createHash("sha256").update(of).digest().toString("hex").toUpperCase();
  return `P${digits.slice(0, 6)}`;
}
