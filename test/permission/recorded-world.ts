import * as fc from "fast-check";
import { findOperation } from "../../src/catalogue/registry.ts";
import { askedOperation } from "../../src/permission/decide/asked-operation.ts";
import { targetGroups } from "../../src/permission/decide/asked-target.ts";
import { decide, type Decision, type DecisionInput } from "../../src/permission/decide/decide.ts";
import { deniedGroups } from "../../src/permission/decide/denials.ts";
import { comparable, isSlackId, linkedNames } from "../../src/permission/decide/identities.ts";
import { recordQuestion } from "../../src/permission/simulate/recorded-question.ts";
import {
  groupsNeeded,
  schedulesNeeded,
  standingOf,
  type PersonFacts,
} from "../../src/permission/decide/roles.ts";
import type { Members, Policy } from "../../src/permission/schema.ts";
import type { RecordedJudgement } from "../../src/permission/simulate/simulate.ts";

const HOME = "T0HOME";
const START = Date.parse("2026-06-01T06:00:00Z");
const PEOPLE = ["U1", "U2", "U3", "U4"] as const;
const GROUPS = ["S1", "S2"] as const;
const ROLES = ["alpha", "beta"] as const;
const OPERATIONS = ["zoom.user.updateStatus", "zoom.user.delete"] as const;
const emailOf = (id: string) => `${id.toLowerCase()}@example.com`;

const members = fc.record(
  { usergroups: fc.subarray([...GROUPS]), users: fc.subarray([...PEOPLE]) },
  { requiredKeys: [] },
);
const role = fc.record({
  members: fc.oneof<fc.Arbitrary<Members>[]>(members, fc.constant<Members>({ on_call: ["first-line"] })),
  scopes: fc.constantFrom<string[]>(["zoom:*"], ["zoom:user:write:admin", "deadbolt:*"], ["cloudflare:*"]),
});
const asked = fc.record(
  {
    playbook: fc.constantFrom("zoom.*", ...OPERATIONS),
    risk: fc.constantFrom("reversible" as const, "irreversible" as const),
  },
  { requiredKeys: [] },
);
const roleNames = fc.subarray([...ROLES], { minLength: 1 });
const targets = fc.record(
  { usergroups: fc.subarray([...GROUPS]), emails: fc.constant<string[]>(["u4@*"]) },
  { requiredKeys: [] },
);

/** Policies that speak of everything that a decision can turn on. */
export const policies: fc.Arbitrary<Policy> = fc.record({
  version: fc.constant(1 as const),
  roles: fc.record({ alpha: role, beta: role }),
  on_call: fc.constantFrom("P1", "P2").map((schedule) => ({
    "first-line": { provider: "pagerduty" as const, schedule },
  })),
  calendars: fc.constantFrom("08:00-18:00", "00:00-24:00").map((hours) => ({
    office: { days: ["mon" as const, "tue" as const], hours, time_zone: "requester" },
  })),
  identities: fc.constantFrom<string[][]>([], [["U1", "U2"]], [["U1", "boss@example.com"]]),
  deny: fc.array(fc.record({ target: targets, reason: fc.constant("Not them.") }), { maxLength: 1 }),
  windows: fc.array(fc.record({ for: asked, during: fc.constant("office") }), { maxLength: 1 }),
  limits: fc.array(
    fc.record({
      for: asked,
      at_most: fc.integer({ min: 1, max: 3 }),
      within: fc.constantFrom("1h", "8h"),
      per: fc.constantFrom("person" as const, "everyone" as const),
    }),
    { maxLength: 2 },
  ),
  approvals: fc.array(
    fc.record({
      for: fc.constantFrom({ playbook: "zoom.*" }, { risk: "irreversible" as const }),
      approvers: roleNames,
      count: fc.nat(2),
      expires: fc.constant("24h"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  protected: fc.array(fc.record({ members: targets, approvers: roleNames }), { maxLength: 1 }),
  break_glass: fc.constant({ at_most: 1, within: "8h", review: { by: ["alpha"], within: "24h" } }),
});

/** Who is in which group and on call, the same all along. */
export const worlds = fc.record({
  S1: fc.subarray([...PEOPLE]),
  S2: fc.subarray([...PEOPLE]),
  P1: fc.subarray([...PEOPLE]),
  P2: fc.subarray([...PEOPLE]),
});
export type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

/** What was asked, one after another. */
export const askings = fc.array(
  fc.record({
    minutesLater: fc.integer({ min: 0, max: 400 }),
    requester: fc.constantFrom(...PEOPLE),
    target: fc.constantFrom(...PEOPLE, "boss@example.com", "stranger@example.org"),
    operation: fc.constantFrom(...OPERATIONS),
    breaksGlass: fc.boolean(),
  }),
  { maxLength: 14 },
);
export type Asking = typeof askings extends fc.Arbitrary<(infer One)[]> ? One : never;

/** Which facts are looked up: those that the policy needs, or all that there are. */
type LookedUp = "needed" | "all";

function factsOf(policy: Policy, world: World, id: string, lookedUp: LookedUp): PersonFacts {
  const groups = lookedUp === "all" ? GROUPS : [...groupsNeeded(policy), ...deniedGroups(policy)];
  const schedules = lookedUp === "all" ? ["first-line"] : schedulesNeeded(policy);
  const names = linkedNames(policy, [id, emailOf(id)]).map(comparable);
  return {
    id,
    teamId: HOME,
    email: emailOf(id),
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    isLockedOut: false,
    timeZone: "Europe/Berlin",
    groups: Object.fromEntries(groups.map((group) => [group, isIn(world, group, [id])])),
    onCall: Object.fromEntries(
      schedules.map((name) => {
        const schedule = policy.on_call?.[name]?.schedule === "P1" ? "P1" : "P2";
        return [name, world[schedule].some((onCall) => names.includes(comparable(onCall)))];
      }),
    ),
  };
}

function isIn(world: World, group: string, ids: readonly string[]): boolean {
  const people: readonly string[] = world[group === "S1" ? "S1" : "S2"];
  return ids.some((id) => people.includes(id));
}

/** One question with its answer, asked directly of one policy. */
export interface Answered {
  judgement: RecordedJudgement;
  decision: Decision;
}

/** Asks a policy everything in turn, in the plainest way: limits count all that was not denied before. */
export function askDirectly(
  policy: Policy,
  world: World,
  asked: readonly Asking[],
  lookedUp: LookedUp,
): Answered[] {
  const made: { at: Date; asking: Asking }[] = [];
  let time = START;
  return asked.map((asking, index) => {
    time += asking.minutesLater * 60_000;
    const at = new Date(time);
    const input = questionOf(policy, world, asking, lookedUp, at, made);
    const decision = decide(input);
    if (decision.kind !== "denied") made.push({ at, asking });
    const rule =
      decision.kind === "needs_approval" ? decision.rules.map(({ id }) => id).join(", ") : decision.rule;
    const question: unknown = JSON.parse(JSON.stringify(recordQuestion(input, decision, undefined)));
    return { judgement: { id: `V${index}`, at, answer: decision.kind, rule, question }, decision };
  });
}

/** One question as the app would put it, with what was asked before. */
export function questionOf(
  policy: Policy,
  world: World,
  { requester, target, operation, breaksGlass }: Asking,
  lookedUp: LookedUp,
  at: Date,
  made: readonly { at: Date; asking: Asking }[],
): DecisionInput {
  const own = linkedNames(policy, [requester, emailOf(requester)]).map(comparable);
  const names = linkedNames(policy, isSlackId(target) ? [target, emailOf(target)] : [target]);
  const slackIds = names.filter(isSlackId);
  const groups = slackIds.length === 0 ? [] : lookedUp === "all" ? GROUPS : targetGroups(policy);
  return {
    policy,
    requester: standingOf(policy, factsOf(policy, world, requester, lookedUp), HOME),
    target: {
      isPerson: true,
      slackIds,
      emails: names.filter((name) => !isSlackId(name)),
      groups: Object.fromEntries(groups.map((group) => [group, isIn(world, group, slackIds)])),
    },
    playbook: operation,
    operations: [askedOperation(findOperation(operation))],
    at,
    history: made.map((past) => ({
      at: past.at,
      playbook: past.asking.operation,
      risks: [findOperation(past.asking.operation).risk],
      isOwn: [past.asking.requester, emailOf(past.asking.requester)].some((name) =>
        own.includes(comparable(name)),
      ),
      brokeGlass: past.asking.breaksGlass,
    })),
    breaksGlass,
  };
}
