import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { lockoutFields } from "../playbook/lockout-fields.ts";
import { byHandIn, type ByHand } from "./by-hand.ts";
import { doorRulesOf, type DoorRule } from "./door-rules.ts";
import {
  phaseOf,
  stepsOf,
  stoppedAtZoom,
  tookHold,
  type Finished,
  type RunPhase,
  type StepTimes,
} from "./ended-steps.ts";
import { leftUnknown, type LeftUnknown } from "./left-unknown.ts";
import { chosenParts, vendorOf, withoutAccount, type NoAccount } from "./no-account.ts";

/**
 * One way in, and whether it is shut: `waiting` before anything was begun, `closing` while its step is at work, `unknown`
 * where nobody can tell. With
 * `no_account` its vendor knows nobody under the addresses that were tried, so it is neither closed nor open.
 */
export interface Door {
  id: string;
  title: string;
  state: "closed" | "waiting" | "closing" | "open" | "unknown" | "no_account";
  /** Whether that was read back; what a vendor only accepted cannot be proven. */
  isProven: boolean;
  /** When it was known to be closed. */
  closedAt?: Date;
  /** What the last step about it said, where it is not proven to be closed. */
  because?: string;
  /** What to do about it by hand, where it is not proven to be closed. */
  byHand?: ByHand;
  /** The vendor documents no effect of what was accepted on how this person signs in. */
  isWithoutEffect?: true;
  /** Who was looked for, and who confirmed that there is nobody. */
  noAccount?: NoAccount;
}

/** The Cloudflare account that a plan speaks of. */
function accountOf({ steps }: Pick<Plan, "steps">): string | undefined {
  const named = steps.map(({ input }) => input["accountId"]).find((id) => typeof id === "string");
  return typeof named === "string" ? named : undefined;
}

/** A plan, as far as doors are seen by it. */
export type DoorsPlan = Pick<Plan, "steps" | "fields"> & Partial<Pick<Plan, "target">>;

/** Every door that a lockout set out to close, and what its state is by what was read back last. */
export function doorsOf(plan: DoorsPlan, events: readonly AuditEvent[]): Door[] {
  const steps = stepsOf(events);
  const watched = watchedDoors(events);
  const account = accountOf(plan);
  const phase = phaseOf(events);
  const owns = ownsAccount(plan);
  const stopped = stoppedAtZoom(steps);
  const missing = withoutAccount(plan, events, steps);
  const chosen = chosenParts(plan);
  const doors = doorRulesOf(plan).flatMap((one): Door[] => {
    const rule: DoorRule = owns && one.kind === "zoom-sign-in" ? { ...one, kind: "zoom-owner-sign-in" } : one;
    const own = plan.steps.map(({ id }) => id).filter((id) => rule.steps(id));
    const nobody = missing.get(vendorOf(rule.part));
    if (own.length === 0 && (nobody === undefined || !chosen.includes(rule.part) || !isOfPerson(rule)))
      return [];
    // Whatever was done and seen there was about someone else.
    if (stopped !== undefined && vendorOf(rule.part) === "zoom")
      return [{ ...base(rule), state: "open", because: stopped, byHand: byHandIn(rule.kind, account) }];
    const seen = watched.get(rule.id);
    const door = own.length === 0 ? undefined : doorOf(rule, own, steps, { account, phase });
    if (seen !== undefined) return [asWatched(door ?? base(rule), rule, seen, account)];
    if (door !== undefined && (nobody === undefined || !isAboutNobody(rule, door, own, steps)))
      return [withoutSso(plan, door)];
    return nobody === undefined ? [] : [withNobody(rule, nobody, account)];
  });
  const left = leftUnknown(plan).filter(({ id }) => doors.every((door) => door.id !== id));
  return [...doors, ...left.map((one) => unknownDoor(plan, steps, { account, phase }, one))];
}

function base({ id, title }: DoorRule): Pick<Door, "id" | "title" | "isProven"> {
  return { id, title, isProven: false };
}

/** An entry on the block list is about an address, whoever has it. */
function isOfPerson({ part }: DoorRule): boolean {
  return part !== "cloudflare-block";
}

/**
 * What was done about someone whom the vendor does not know closes nothing, however it was answered. A step that was
 * refused, or that saw someone sign in, says more than that nobody was found.
 */
function isAboutNobody(
  rule: DoorRule,
  { state }: Door,
  own: readonly string[],
  steps: ReadonlyMap<string, StepTimes>,
): boolean {
  const outcomes = own.map((id) => steps.get(id)?.finished?.data.outcome);
  const isUnknownThere = outcomes.includes("not_found") && !outcomes.includes("unverified");
  return isOfPerson(rule) && (state === "closed" || (state === "open" && isUnknownThere));
}

function withNobody(rule: DoorRule, nobody: NoAccount, account: string | undefined): Door {
  return {
    ...base(rule),
    state: "no_account",
    noAccount: nobody,
    byHand: byHandIn(`${nobody.vendor}-account`, account),
  };
}

/** The token is of single sign-on: revoking it ends no session of someone who signs in otherwise. */
function withoutSso({ fields }: Pick<Plan, "fields">, door: Door): Door {
  const seen = lockoutFields.shape.seen.safeParse(fields["seen"]);
  const ends = door.id !== "zoom-sessions" || !seen.success || seen.data.hasSso !== false;
  return ends || door.state !== "closed" ? door : { ...door, because: NO_SSO, isWithoutEffect: true };
}

const NO_SSO =
  "They do not sign in to Zoom by single sign-on, and Zoom documents no effect on other sessions.";

/** What a door is seen against: the Cloudflare account, for what to do by hand, and how far the run has come. */
interface DoorContext {
  account: string | undefined;
  phase: RunPhase;
}

/** One about which no step has said anything. */
function silentDoor(door: Pick<Door, "id" | "title" | "isProven">, byHand: ByHand, phase: RunPhase): Door {
  if (phase === "not_begun") return { ...door, state: "waiting" };
  if (phase === "running") return { ...door, state: "closing" };
  // Nothing is at work any more.
  return { ...door, state: "unknown", because: "It ended before this was known.", byHand };
}

function unknownDoor(
  plan: DoorsPlan,
  steps: ReadonlyMap<string, StepTimes>,
  { account, phase }: DoorContext,
  { id, kind, title, because }: LeftUnknown,
): Door {
  const door = { id, title, isProven: false };
  if (phase === "not_begun") return { ...door, state: "waiting" };
  // Said with the rest: until the first wave has ended, other doors are closing.
  const isUnderWay = plan.steps.some(
    (step) => step.delaySeconds === undefined && steps.get(step.id)?.finished === undefined,
  );
  if (isUnderWay && phase === "running") return { ...door, state: "closing" };
  return { ...door, state: "unknown", because, byHand: byHandIn(kind, account) };
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

function asWatched(door: Omit<Door, "state">, rule: DoorRule, seen: Seen, account: string | undefined): Door {
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
  { account, phase }: DoorContext,
): Door {
  const { id, kind, title } = rule;
  const ended = own
    .flatMap((stepId) => {
      const finished = steps.get(stepId)?.finished;
      return finished === undefined || saysNothing(finished) ? [] : [finished];
    })
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const deciding = lastThatShows(ended, rule.isEither === true);
  if (deciding === undefined) return silentDoor(base(rule), byHandIn(kind, account), phase);
  const { outcome, sentence, facts } = deciding.data;
  if (tookHold(deciding)) {
    // Since when: the first of those by which it has been shut in a row.
    const since = ended.slice(ended.findLastIndex((one) => !tookHold(one)) + 1)[0] ?? deciding;
    const closedAt = since.at < deciding.at ? since.at : deciding.at;
    const isProven = outcome === "verified";
    const unproven = isProven ? {} : { because: sentence, byHand: byHandIn(kind, account) };
    return { id, title, state: "closed", isProven, closedAt, ...unproven };
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

/** That nobody signed in again does not show that what was open before is closed; nor does a look that saw nothing. */
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
