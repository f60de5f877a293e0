import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { SLACK_STEP } from "../playbook/lockout-slack.ts";
import { isUncertainAtAccess } from "../target/identity.ts";
import { lockoutFields } from "../playbook/lockout-fields.ts";
import { byHandIn, type BY_HAND, type ByHand } from "./by-hand.ts";
import { stepsOf, tookHold, type Finished, type StepTimes } from "./ended-steps.ts";

type DoorKind = keyof typeof BY_HAND;

/** One way in, and whether it is shut: `closing` while its step is at work, `unknown` where nobody can tell. */
export interface Door {
  id: string;
  title: string;
  state: "closed" | "closing" | "open" | "unknown";
  /** Whether that was read back; what a vendor only accepted cannot be proven. */
  isProven: boolean;
  /** When it was known to be closed. */
  closedAt?: Date;
  /** What the last step about it said, where it is open. */
  because?: string;
  byHand?: ByHand;
}

interface DoorRule {
  id: string;
  kind: DoorKind;
  title: string;
  /** Steps that close it; the one that ended last says how it stands. */
  steps: (stepId: string) => boolean;
  /** Each of the steps closes it by itself, so that one that failed does not open it again. */
  isEither?: true;
}

const RULES: readonly DoorRule[] = [
  { id: "zoom-sign-in", kind: "zoom-sign-in", title: "Zoom sign-in", steps: (id) => id === "deactivate" },
  {
    id: "zoom-sessions",
    kind: "zoom-sessions",
    title: "Zoom sessions",
    steps: (id) => id === "revoke-sso-token",
  },
  {
    id: "zoom-meetings",
    kind: "zoom-meetings",
    title: "live Zoom meetings",
    steps: (id) => id === "end-meetings",
  },
  {
    id: "zoom-password",
    kind: "zoom-password",
    title: "the Zoom password",
    steps: (id) => id === "reset-password",
  },
  {
    id: "cloudflare-sessions",
    kind: "cloudflare-sessions",
    title: "Cloudflare sessions",
    steps: (id) =>
      /^(revoke-cloudflare-account|revoke-again-account|check-sessions|check-sign-ins)$/.test(id),
  },
  {
    id: "cloudflare-block",
    kind: "cloudflare-sign-in",
    title: "Cloudflare sign-in",
    steps: (id) => id === "block",
  },
  {
    id: "cloudflare-devices",
    kind: "cloudflare-devices",
    title: "WARP devices",
    steps: (id) => id === "revoke-registrations" || id === "check-devices",
  },
];

const SLACK: DoorRule = {
  id: "slack-sessions",
  kind: "slack-sessions",
  title: "Slack sessions",
  steps: (id) => id === SLACK_STEP,
};

function zoneRules(plan: Pick<Plan, "steps">): DoorRule[] {
  return plan.steps.flatMap(({ id }): DoorRule[] => {
    const zone = /^revoke-cloudflare-zone-(.+)$/.exec(id)?.[1];
    if (zone === undefined) return [];
    return [
      {
        id: `cloudflare-zone-${zone}`,
        kind: "cloudflare-sessions",
        title: `Cloudflare sessions of zone ${zone}`,
        steps: (stepId) => stepId === id || stepId === `revoke-again-zone-${zone}`,
        isEither: true,
      },
    ];
  });
}

/** The Cloudflare account that a plan speaks of. */
function accountOf({ steps }: Pick<Plan, "steps">): string | undefined {
  const named = steps.map(({ input }) => input["accountId"]).find((id) => typeof id === "string");
  return typeof named === "string" ? named : undefined;
}

/** A plan, as far as doors are seen by it. */
export type DoorsPlan = Pick<Plan, "steps" | "fields"> & Partial<Pick<Plan, "target">>;

/** Every door that a lockout set out to close, and how it stands by what was read back last. */
export function doorsOf(plan: DoorsPlan, events: readonly AuditEvent[]): Door[] {
  const steps = stepsOf(events);
  const watched = watchedDoors(events);
  const account = accountOf(plan);
  const owns = ownsAccount(plan);
  const doors = [...RULES, ...zoneRules(plan), SLACK].flatMap((one): Door[] => {
    const rule: DoorRule = owns && one.kind === "zoom-sign-in" ? { ...one, kind: "zoom-owner-sign-in" } : one;
    const own = plan.steps.map(({ id }) => id).filter((id) => rule.steps(id));
    if (own.length === 0) return [];
    const door = doorOf(rule, own, steps, account);
    return [watched.get(door.id) === undefined ? door : asWatched(door, rule, watched.get(door.id), account)];
  });
  return leavesDevices(plan) ? [...doors, devicesUnknown(plan, steps, account)] : doors;
}

/** Whether devices were to be revoked, and no step does that because nobody knows whose they are. */
function leavesDevices({ steps, fields, target }: DoorsPlan): boolean {
  const parts = lockoutFields.shape.parts.safeParse(fields["parts"]);
  if (!parts.success || !parts.data.includes("cloudflare-devices")) return false;
  const isDone = steps.some(({ id }) => id === "revoke-registrations");
  return !isDone && isUncertainAtAccess(target?.found ?? []);
}

function devicesUnknown(
  plan: DoorsPlan,
  steps: ReadonlyMap<string, StepTimes>,
  account: string | undefined,
): Door {
  const door = { id: "cloudflare-devices", title: "WARP devices", isProven: false };
  // Said with the rest: until the first wave has ended, other doors are closing.
  const isUnderWay = plan.steps.some(
    ({ id, delaySeconds }) => delaySeconds === undefined && steps.get(id)?.finished === undefined,
  );
  if (isUnderWay) return { ...door, state: "closing" };
  return {
    ...door,
    state: "unknown",
    because:
      "It was not known which user of Cloudflare Access they are, so their devices could not be listed.",
    byHand: byHandIn("cloudflare-devices", account),
  };
}

/** Whether Zoom showed them as the account's owner when the plan was made. */
function ownsAccount({ fields }: Pick<Plan, "fields">): boolean {
  const seen = lockoutFields.shape.seen.safeParse(fields["seen"]);
  return seen.success && seen.data.isOwner === true;
}

interface Seen {
  isOpen: boolean;
  at: Date;
  because?: string;
}

/** What was seen of each door since, by its id: the watch looks on after the run has ended. */
function watchedDoors(events: readonly AuditEvent[]): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const event of events) {
    // Tried again after it was seen open, a door stands as the new try leaves it.
    if (event.type === "run.retried") seen.clear();
    if (event.type === "watch.broken")
      for (const { door, because } of event.data.doors)
        seen.set(door, { isOpen: true, at: event.at, because });
    if (event.type === "watch.held")
      for (const door of event.data.doors) seen.set(door, { isOpen: false, at: event.at });
  }
  return seen;
}

function asWatched(door: Door, rule: DoorRule, seen: Seen | undefined, account: string | undefined): Door {
  if (seen === undefined) return door;
  const { because: _because, byHand: _byHand, closedAt: _closedAt, ...rest } = door;
  return seen.isOpen
    ? {
        ...rest,
        state: "open",
        isProven: true,
        because: seen.because ?? "",
        byHand: byHandIn(rule.kind, account),
      }
    : { ...rest, state: "closed", isProven: true, closedAt: seen.at };
}

function doorOf(
  rule: DoorRule,
  own: readonly string[],
  steps: ReadonlyMap<string, StepTimes>,
  account: string | undefined,
): Door {
  const { id, kind, title } = rule;
  const ended = own
    .flatMap((stepId) => {
      const finished = steps.get(stepId)?.finished;
      return finished === undefined || saysNothing(finished) ? [] : [finished];
    })
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const deciding = lastThatShows(ended, rule.isEither === true);
  if (deciding === undefined) return { id, title, state: "closing", isProven: false };
  const { outcome, sentence, facts } = deciding.data;
  if (tookHold(deciding)) {
    // Since when: the first of those by which it has been shut in a row.
    const since = ended.slice(ended.findLastIndex((one) => !tookHold(one)) + 1)[0] ?? deciding;
    const closedAt = since.at < deciding.at ? since.at : deciding.at;
    return { id, title, state: "closed", isProven: outcome === "verified", closedAt };
  }
  return {
    id,
    title,
    state: facts.unknown === true ? "unknown" : "open",
    isProven: false,
    because: sentence,
    byHand: byHandIn(kind, account),
  };
}

/** That nobody signed in anew does not show that what was open before is closed; nor does a look that saw nothing. */
function saysNothing({ data }: Finished): boolean {
  return (
    (data.stepId === "check-sign-ins" && data.outcome !== "unverified") ||
    (data.stepId.startsWith("check-") && data.outcome === "failed")
  );
}

/**
 * The step that says how a door stands: the last that was read back; where none could be, the last that the vendor
 * accepted, as a later one that failed does not take that back.
 */
function lastThatShows(ended: readonly Finished[], isEither: boolean): Finished | undefined {
  const shown = ended.findLast(
    ({ data }) =>
      data.outcome === "verified" || (data.outcome === "unverified" && data.facts.unknown !== true),
  );
  if (shown !== undefined && !isEither) return shown;
  return ended.findLast((one) => tookHold(one)) ?? ended.at(-1);
}
