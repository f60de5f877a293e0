import * as fc from "fast-check";
import type { AskedTarget } from "../../src/permission/decide/asked-target.ts";
import type { DecisionInput } from "../../src/permission/decide/decide.ts";
import type { PastRequest } from "../../src/permission/decide/limits.ts";
import { standingOf, type PersonFacts } from "../../src/permission/decide/roles.ts";
import type { Policy } from "../../src/permission/schema.ts";
import { HOME, questions } from "./organisation.ts";

const PEOPLE = ["U1", "U2", "U3", "U4", "U5", "U6"] as const;
const GROUPS = ["S1", "S2"] as const;
const RISKS = ["read", "reversible", "irreversible"] as const;
const HOUR = 3_600_000;

const asked = fc.option(
  fc.record(
    {
      playbook: fc.constantFrom("zoom-offboard", "lockout"),
      risk: fc.constantFrom(...RISKS),
      effect: fc.constantFrom("closes-zoom" as const, "opens-zoom" as const, "closes-cloudflare" as const),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);
const targets = fc.record(
  {
    usergroups: fc.subarray([...GROUPS]),
    users: fc.subarray([...PEOPLE], { maxLength: 2 }),
    emails: fc.subarray(["u1@example.com", "u*@example.com", "*@other.example", "u2@*"], { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const who = fc.record(
  {
    usergroups: fc.subarray([...GROUPS]),
    users: fc.subarray([...PEOPLE], { maxLength: 2 }),
    roles: fc.subarray(["alpha", "beta", "gamma"]),
  },
  { requiredKeys: [] },
);

function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value;
}

export const denials = fc
  .record({
    for: asked,
    who: fc.option(who, { nil: undefined }),
    target: fc.option(targets, { nil: undefined }),
    reason: fc.constant("Because."),
  })
  .map(without) as fc.Arbitrary<NonNullable<Policy["deny"]>[number]>;

export const limits = fc
  .record({
    for: asked,
    at_most: fc.integer({ min: 1, max: 3 }),
    within: fc.constantFrom("1h", "4h"),
    per: fc.option(fc.constantFrom("person" as const, "everyone" as const), { nil: undefined }),
  })
  .map(without) as fc.Arbitrary<NonNullable<Policy["limits"]>[number]>;

export const windows = fc.record({ for: asked, during: fc.constant("office") }).map(without) as fc.Arbitrary<
  NonNullable<Policy["windows"]>[number]
>;

/** 2026-06-01 is a Monday; hours around the edges of the office's. */
const moments = fc.constantFrom(
  "2026-06-01T07:59:59Z",
  "2026-06-01T08:00:00Z",
  "2026-06-01T12:00:00Z",
  "2026-06-01T17:59:59Z",
  "2026-06-01T18:00:00Z",
  "2026-06-06T12:00:00Z",
);

const history: fc.Arbitrary<(at: Date) => PastRequest[]> = fc
  .array(
    fc.record({
      ago: fc.integer({ min: 0, max: 6 * HOUR }),
      playbook: fc.constantFrom("zoom-offboard", "lockout"),
      risks: fc.subarray([...RISKS], { minLength: 1 }),
      isOwn: fc.boolean(),
      brokeGlass: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((past) => (at) => past.map(({ ago, ...rest }) => ({ ...rest, at: new Date(at.getTime() - ago) })));

interface RichQuestion {
  input: DecisionInput;
  facts: PersonFacts;
}

/** A whole organisation with every part of a policy, someone who asks, someone it is about, and a past. */
export const richQuestions: fc.Arbitrary<RichQuestion> = fc
  .record({
    question: questions,
    deny: fc.array(denials, { maxLength: 2 }),
    limits: fc.array(limits, { maxLength: 2 }),
    windows: fc.array(windows, { maxLength: 1 }),
    identities: fc.array(
      fc.subarray([...PEOPLE, "u3@example.com", "extra@other.example"], { minLength: 2, maxLength: 3 }),
      {
        maxLength: 1,
      },
    ),
    glassScope: fc.constantFrom("none", "alpha", "beta"),
    hasGlass: fc.boolean(),
    breaksGlass: fc.boolean(),
    onCall: fc.constantFrom<boolean | "unknown">(true, false, "unknown"),
    fallback: fc.option(fc.constantFrom("beta", "gamma"), { nil: undefined }),
    at: moments,
    past: history,
    alias: fc.option(fc.constantFrom("u1@example.com", "extra@other.example"), { nil: undefined, freq: 4 }),
  })
  .map((parts): RichQuestion => {
    const { question } = parts;
    const { alpha, ...others } = question.policy.roles;
    const glass = (name: string, scopes: string[]) =>
      parts.glassScope === name ? [...scopes, "deadbolt:break-glass"] : scopes;
    const policy: Policy = {
      ...question.policy,
      roles: {
        ...Object.fromEntries(
          Object.entries(others).map(([name, role]) => [name, { ...role, scopes: glass(name, role.scopes) }]),
        ),
        alpha: {
          scopes: glass("alpha", alpha?.scopes ?? []),
          members: { ...alpha?.members, on_call: ["primary"] },
        },
      },
      on_call: {
        primary: {
          provider: "pagerduty",
          schedule: "P1",
          ...(parts.fallback === undefined ? {} : { fallback: parts.fallback }),
        },
      },
      calendars: {
        office: { days: ["mon", "tue", "wed", "thu", "fri"], hours: "08:00-18:00", time_zone: "UTC" },
      },
      identities: parts.identities,
      deny: parts.deny,
      limits: parts.limits,
      windows: parts.windows,
      ...(parts.hasGlass
        ? { break_glass: { at_most: 1, within: "4h", review: { by: ["beta"], within: "1h" } } }
        : {}),
    };
    const facts: PersonFacts = { ...question.requester, onCall: { primary: parts.onCall } };
    const emails = [question.target.email, parts.alias].filter((email) => email !== undefined);
    const target: AskedTarget = { slackIds: [question.target.id], emails, groups: question.target.groups };
    const at = new Date(parts.at);
    return {
      facts,
      input: {
        policy,
        requester: standingOf(policy, facts, HOME),
        target: linked(policy, target),
        playbook: question.playbook,
        operations: question.operations,
        at,
        history: parts.past(at),
        breaksGlass: parts.breaksGlass,
      },
    };
  });

/** The target under every name that the policy links to it, as the app looks it up. */
function linked(policy: Policy, target: AskedTarget): AskedTarget {
  const names = new Set([...target.slackIds, ...target.emails]);
  for (let size = 0; size !== names.size;) {
    size = names.size;
    for (const line of policy.identities ?? [])
      if (line.some((name) => names.has(name))) for (const name of line) names.add(name);
  }
  return {
    ...target,
    slackIds: [...names].filter((name) => !name.includes("@")),
    emails: [...names].filter((name) => name.includes("@")),
  };
}
