import * as fc from "fast-check";
import type { AskedOperation } from "../../src/permission/decide/asked-operation.ts";
import type { DecisionInput } from "../../src/permission/decide/decide.ts";
import { standingOf } from "../../src/permission/decide/roles.ts";
import type { PersonFacts } from "../../src/permission/decide/roles.ts";
import type { Policy } from "../../src/permission/schema.ts";

export const HOME = "T0HOME";
export const SOME_NOON = new Date("2026-06-01T12:00:00Z");
const PEOPLE = ["U1", "U2", "U3", "U4", "U5", "U6"] as const;
const GROUPS = ["S1", "S2"] as const;
const ROLES = ["alpha", "beta", "gamma"] as const;
const PLAYBOOKS = ["zoom-offboard", "lockout"] as const;
const SCOPES = [
  "*",
  "zoom:*",
  "zoom:user:*",
  "zoom:user:write:admin",
  "zoom:user:read:admin",
  "zoom:user:delete:user:admin",
  "cloudflare:*",
  "cloudflare:access:revoke",
];

const OPERATIONS: readonly AskedOperation[] = [
  { name: "zoom.user.get", risk: "read", scopes: ["zoom:user:read:user:admin", "zoom:user:read:admin"] },
  {
    name: "zoom.user.updateStatus",
    risk: "reversible",
    effects: ["closes-zoom"],
    scopes: ["zoom:user:update:status:admin", "zoom:user:write:admin"],
  },
  {
    name: "zoom.user.delete",
    risk: "irreversible",
    effects: ["closes-zoom"],
    scopes: ["zoom:user:delete:user:admin", "zoom:user:write:admin"],
  },
  {
    name: "cloudflare.access.revoke",
    risk: "reversible",
    effects: ["closes-cloudflare"],
    scopes: ["cloudflare:access:revoke"],
  },
];

export function person(facts: Partial<PersonFacts> = {}): PersonFacts {
  return {
    id: "U1",
    teamId: HOME,
    email: "u1@example.com",
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    isLockedOut: false,
    groups: {},
    onCall: {},
    ...facts,
  };
}

const people = { usergroups: fc.subarray([...GROUPS]), users: fc.subarray([...PEOPLE]) };
const members = fc.record(
  { ...people, workspace: fc.subarray<"owner" | "admin">(["owner", "admin"]) },
  { requiredKeys: [] },
);
const role = fc.record({ members, scopes: fc.subarray(SCOPES, { minLength: 1 }) });
const approvers = fc.subarray([...ROLES], { minLength: 1 });
const expires = fc.constantFrom("30m", "8h", "24h", "7d");
const scopeOfRule = fc.oneof(
  fc.record({ playbook: fc.constantFrom(...PLAYBOOKS) }),
  fc.record({
    risk: fc.constantFrom<"read" | "reversible" | "irreversible">("read", "reversible", "irreversible"),
  }),
  fc.record({ effect: fc.constantFrom("closes-zoom" as const, "closes-cloudflare" as const) }),
  fc.record({
    playbook: fc.constantFrom(...PLAYBOOKS),
    risk: fc.constantFrom<"read" | "reversible" | "irreversible">("read", "reversible", "irreversible"),
  }),
);

export const policies: fc.Arbitrary<Policy> = fc.record({
  version: fc.constant(1 as const),
  roles: fc.record({ alpha: role, beta: role, gamma: role }),
  approvals: fc.array(fc.record({ for: scopeOfRule, approvers, count: fc.nat(3), expires }), {
    minLength: 1,
    maxLength: 5,
  }),
  protected: fc.array(
    fc.record({
      members: fc.record(people, { requiredKeys: [] }),
      approvers,
      count: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 2 },
  ),
});

/** People with every group looked up; most are ordinary, some are guests, bots or outsiders. */
export const persons: fc.Arbitrary<PersonFacts> = fc
  .record({
    id: fc.constantFrom(...PEOPLE),
    S1: fc.boolean(),
    S2: fc.boolean(),
    isOwner: fc.boolean(),
    isAdmin: fc.boolean(),
    oddity: fc.oneof(
      { weight: 12, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Partial<PersonFacts>>(
          { isBot: true },
          { deleted: true },
          { isRestricted: true },
          { isUltraRestricted: true },
          { isStranger: true },
          { teamId: "T0OTHER" },
          { isLockedOut: true },
        ),
      },
    ),
  })
  .map(({ id, S1, S2, isOwner, isAdmin, oddity }) =>
    person({ id, email: `${id.toLowerCase()}@example.com`, isOwner, isAdmin, groups: { S1, S2 }, ...oddity }),
  );

/** A policy, one who asks, one it is about, and what they ask for. */
export const questions = fc.record({
  policy: policies,
  requester: persons,
  target: persons,
  playbook: fc.constantFrom(...PLAYBOOKS),
  operations: fc.subarray([...OPERATIONS], { minLength: 1 }),
});
export type Question = typeof questions extends fc.Arbitrary<infer Value> ? Value : never;

/** The question put together as the app would. */
export function inputOf({ policy, requester, target, playbook, operations }: Question): DecisionInput {
  return {
    policy,
    requester: standingOf(policy, requester, HOME),
    target: {
      slackIds: [target.id],
      emails: target.email === undefined ? [] : [target.email],
      groups: target.groups,
    },
    playbook,
    operations,
    at: SOME_NOON,
    history: [],
  };
}
