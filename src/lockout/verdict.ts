import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { LOCKOUT_PARTS, lockoutFields, type LockoutPart } from "../playbook/lockout-fields.ts";
import { groupedDoors } from "./door-groups.ts";
import { doorsOf, type Door, type DoorsPlan } from "./doors.ts";
import { stepsOf, stoppedAtZoom } from "./ended-steps.ts";
import { lockedBesides, missingSentences, nobodySentence, ruledOutSentence } from "./no-account-words.ts";

/**
 * What a lockout has come to: `not_begun` before its run, `under_way` while a door of the first wave is still closing, `no_account` where all that
 * was found is locked and a vendor knows nobody, until someone confirms that the person has no account there.
 */
export interface Verdict {
  kind: "not_begun" | "under_way" | "locked" | "temporary" | "no_account" | "not_locked";
  /** One sentence for the person who must act. */
  sentence: string;
  doors: Door[];
  /** Why the person can come back in, where the lockout holds for the moment only. */
  temporary: string[];
  /** What it never set out to do, as a sentence, where someone could think that it does. */
  beyond?: string;
}

/** What a lockout has come to by what has happened so far; never better than what was proven. */
export function verdictOf(plan: DoorsPlan, events: readonly AuditEvent[]): Verdict {
  const doors = doorsOf(plan, events);
  const signInClosed = doors.some(({ id, state }) => id === "zoom-sign-in" && state === "closed");
  // A password opens nothing at an account that nobody can sign in to. Who is not blocked is out for the moment.
  const counted = doors.filter(
    ({ id }) => id !== "cloudflare-block" && (id !== "zoom-password" || !signInClosed),
  );
  const open = counted.filter(({ state }) => state === "open");
  const unknown = counted.filter(({ state }) => state === "unknown");
  const temporary = reasonsToComeBack(plan, doors);
  const wrong = wrongPerson(events);
  const beyond = counted.some(({ id }) => id === "slack-sessions") ? SLACK_STAYS_OPEN : undefined;
  const base = { doors, temporary, ...(beyond === undefined ? {} : { beyond }) };
  const rest = [...withoutEffect(doors), ...(beyond === undefined ? [] : [beyond])]
    .map((one) => ` ${one}`)
    .join("");
  if (wrong !== undefined) return { ...base, kind: "not_locked", sentence: wrong };
  const nobody = nobodySentence(plan, doors);
  if (nobody !== undefined) return { ...base, kind: "not_locked", sentence: nobody };
  const missing = missingSentences(counted);
  if (open.length > 0 || unknown.length > 0)
    return { ...base, kind: "not_locked", sentence: [openSentence(open, unknown), ...missing].join(" ") };
  if (counted.some(({ state }) => state === "waiting"))
    return { ...base, kind: "not_begun", sentence: "Nothing was done yet." };
  if (counted.some(({ state }) => state === "closing"))
    return { ...base, kind: "under_way", sentence: "Closing every door." };
  const moment =
    temporary.length === 0 ? "" : `only for the moment, because ${temporary.join("; and because ")}`;
  if (missing.length > 0) {
    const places = lockedBesides(counted);
    const head =
      places === ""
        ? "NOT locked anywhere."
        : `Locked at ${places}${moment === "" ? "" : `, but ${moment}`}.`;
    const kind = places === "" ? "not_locked" : "no_account";
    return { ...base, kind, sentence: `${[head, ...missing].join(" ")}${rest}` };
  }
  if (moment !== "") return { ...base, kind: "temporary", sentence: `Locked, but ${moment}.${rest}` };
  return { ...base, kind: "locked", sentence: `${lockedSentence(doors, signInClosed)}${rest}` };
}

/** Slack's reset ends sessions and prevents no sign-in, and a lockout never promised to: so it is said, and no fault. */
const SLACK_STAYS_OPEN = "Slack is not locked: they can sign in there again.";

/** What a vendor accepted though it ends nothing of this person's. */
function withoutEffect(doors: readonly Door[]): string[] {
  return doors.flatMap(({ title, because, isWithoutEffect }) =>
    isWithoutEffect === true ? [`${title} may be open. ${because ?? ""}`] : [],
  );
}

function listed(doors: readonly Door[]): string {
  return groupedDoors(doors)
    .map(({ title }) => title)
    .join(", ");
}

function openSentence(open: readonly Door[], unknown: readonly Door[]): string {
  const parts = [
    ...(open.length === 0 ? [] : [`open: ${listed(open)}`]),
    ...(unknown.length === 0 ? [] : [`not known to be closed: ${listed(unknown)}`]),
  ];
  const head = open.length === 0 ? "NOT proven to be locked" : "NOT locked";
  return `${head}. ${parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(". ")}.`;
}

function lockedSentence(doors: readonly Door[], signInClosed: boolean): string {
  const closed = doors.filter(({ state }) => state === "closed");
  const proven = closed.filter(({ isProven }) => isProven);
  const unproven = closed.filter(({ isProven }) => !isProven);
  const password = doors.find(({ id, state }) => id === "zoom-password" && state !== "closed");
  const isLeft = password !== undefined && password.state !== "no_account" && signInClosed;
  return [
    closed.length === 0 ? "Nothing was found that could be open." : "Locked.",
    ...(proven.length === 0 ? [] : [`Proven closed: ${listed(proven)}.`]),
    ...(unproven.length === 0 ? [] : [`Accepted by the vendor, and not provable here: ${listed(unproven)}.`]),
    ...ruledOutSentence(doors),
    ...(isLeft
      ? ["The Zoom password is not known to be reset; nobody can use it while the user is inactive."]
      : []),
  ].join(" ");
}

/** What stays open where its part was not chosen. A device or a password opens nothing where nobody can sign in. */
const LEFT_OPEN: readonly { part: LockoutPart; title: string }[] = [
  { part: "zoom-sessions", title: "Zoom sessions" },
  { part: "zoom-meetings", title: "live Zoom meetings" },
  { part: "cloudflare-sessions", title: "Cloudflare sessions" },
];

function partsOf(fields: Plan["fields"]): readonly LockoutPart[] {
  const parsed = lockoutFields.safeParse(fields);
  return parsed.success ? parsed.data.parts : LOCKOUT_PARTS;
}

/** Why a person whose doors are all closed can open one again. */
function reasonsToComeBack(
  { steps, fields }: Pick<Plan, "steps" | "fields">,
  doors: readonly Door[],
): string[] {
  const parts = partsOf(fields);
  const has = (pattern: RegExp) => steps.some(({ id }) => pattern.test(id));
  const reasons: string[] = [];
  const isInZoom = doors.every(({ noAccount }) => noAccount?.vendor !== "zoom");
  if (isInZoom && !parts.includes("zoom-deactivate"))
    reasons.push("the Zoom user stays active and can sign in again");
  const left = LEFT_OPEN.filter(({ part }) => !parts.includes(part)).map(({ title }) => title);
  if (left.length > 0) reasons.push(`nothing was done, by choice, about ${left.join(", ")}`);
  if (!has(/^revoke-cloudflare-/)) return reasons;
  const block = doors.find(({ id }) => id === "cloudflare-block");
  if (block === undefined)
    reasons.push(
      "nothing blocks them at Cloudflare (no block-list entry was made), so they can sign in again after about a minute",
    );
  else if (block.state === "open" || block.state === "unknown")
    reasons.push(
      "the entry on Cloudflare's block list is not there or not proven, so they may sign in again after about a minute",
    );
  return reasons;
}

/** Said where nothing was done at Zoom because the account is someone else's by now. */
function wrongPerson(events: readonly AuditEvent[]): string | undefined {
  const sentence = stoppedAtZoom(stepsOf(events));
  return sentence === undefined ? undefined : `NOT locked at Zoom. ${sentence}`;
}

/** How a run that ended so is told: done, in part, or not at all. */
export function stateOf({ kind, doors }: Verdict, isAllGood: boolean): "done" | "partly_done" | "failed" {
  if (kind === "not_locked") return doors.some(({ state }) => state === "closed") ? "partly_done" : "failed";
  return isAllGood ? "done" : "partly_done";
}
