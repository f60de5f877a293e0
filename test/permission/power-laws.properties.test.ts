import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tally } from "../../src/approval/tally.ts";
import { isCounter, type TakingRequest } from "../../src/permission/decide/counter.ts";
import { decide } from "../../src/permission/decide/decide.ts";
import { namesKnownOf } from "../../src/permission/decide/identities.ts";
import { standingOf } from "../../src/permission/decide/roles.ts";
import type { Policy } from "../../src/permission/schema.ts";
import type { StoredDecision } from "../../src/request/decision-store.ts";
import type { Request } from "../../src/request/request.ts";
import { heldPowers } from "../../src/workflow/judge/last-holder.ts";
import { namesOfDecider, tallyInputOf } from "../../src/workflow/judge/tally-input.ts";
import { samplePlan } from "../workflow/sample-plan.ts";
import { HOME, person } from "./organisation.ts";
import {
  areOne,
  dayOf,
  histories,
  identitiesOf,
  knownToday,
  TODAY,
  type Account,
  type History,
} from "./power-histories.ts";
import { cases } from "../depth.ts";

const RUNS = { numRuns: cases(1_000, 100_000) };
const plan = samplePlan();
const now = dayOf(TODAY);

function policyOf(history: History): Policy {
  return {
    version: 1,
    identities: identitiesOf(history),
    roles: {
      security: {
        members: { usergroups: ["S0SEC"] },
        scopes: ["zoom:*", "deadbolt:lockout", "deadbolt:break-glass"],
      },
      helpdesk: { members: { usergroups: ["S0HELP"] }, scopes: ["zoom:*"] },
    },
    approvals: [
      { for: { playbook: "lockout" }, count: 0 },
      { for: { playbook: "release" }, approvers: ["security"], count: 1, expires: "24h" },
    ],
    break_glass: { at_most: 9, within: "24h", review: { by: ["helpdesk"], within: "4h" } },
  };
}

function factsOf(account: Account, groups: Record<string, boolean>) {
  const { email, ...known } = knownToday(account);
  return person({ ...known, email, groups });
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error("There is nothing to choose.");
  return value;
}

function targetOf(account: Account) {
  const { id, email } = knownToday(account);
  return {
    ...plan.target,
    slackId: id,
    email: email ?? "hidden@example.com",
    zoomEmail: email ?? "hidden@example.com",
  };
}

test("nobody counts for themselves or twice, under any name or any address of the last ninety days", () => {
  let approved = 0;
  fc.assert(
    fc.property(
      histories,
      fc.record({ by: fc.nat(7), about: fc.nat(7), count: fc.integer({ min: 1, max: 3 }) }),
      fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
      (history, { by, about, count }, clicks) => {
        const policy = policyOf(history);
        const requester = at(history.accounts, by);
        const target = at(history.accounts, about);
        const deciders = [...new Set(clicks.map((click) => at(history.accounts, click)))];
        const decisions = deciders.map((account, index): StoredDecision => ({
          personId: account.id,
          verdict: "approve",
          planHash: plan.hash,
          roles: ["security"],
          secondFactor: false,
          at: new Date(now.getTime() - 10_000 + index),
        }));
        const facts = new Map(history.accounts.map((account) => [account.id, factsOf(account, {})]));
        const known = new Map(
          [...facts].map(([id, of]) => [
            id,
            id === requester.id || id === target.id ? namesKnownOf(of) : namesOfDecider(policy, of),
          ]),
        );
        const request = {
          id: "V0LAW",
          playbook: "zoom-offboard",
          requester: { id: requester.id },
          plan: { ...plan, target: targetOf(target) },
          decision: {
            kind: "needs_approval",
            because: "",
            rules: [
              {
                id: "approvals[0]",
                description: "",
                stages: [{ parts: [{ roles: ["security"], people: [], count }] }],
                secondFactor: false,
                expiresAt: dayOf(TODAY + 1).toISOString(),
                remindAt: [],
              },
            ],
          },
          expiresAt: dayOf(TODAY + 1),
        } as unknown as Request;
        const answer = tally(tallyInputOf(policy, request, decisions, now, known));
        if (answer.state !== "approved") return;
        approved += 1;
        // Plainly: as many people as it takes, of whom no two are one, and none is one of those concerned.
        const counted = deciders.filter(
          (account) =>
            !account.isHidden && !areOne(history, account, requester) && !areOne(history, account, target),
        );
        const different: Account[] = [];
        for (const account of counted)
          if (different.every((other) => !areOne(history, account, other))) different.push(account);
        expect(different.length).toBeGreaterThanOrEqual(count);
        for (const id of answer.by) {
          const account = history.accounts.find((one) => one.id === id);
          expect(account !== undefined && counted.includes(account)).toBe(true);
        }
      },
    ),
    RUNS,
  );
  expect(approved).toBeGreaterThan(RUNS.numRuns / 50);
});

test("whoever is about to lose their access starts nothing alone against those behind it, break-glass or not", () => {
  const seen = { counter: 0, free: 0 };
  fc.assert(
    fc.property(
      histories,
      fc.record({ by: fc.nat(7), about: fc.nat(7), glass: fc.boolean() }),
      fc.array(
        fc.record({
          target: fc.nat(7),
          requester: fc.nat(7),
          approvers: fc.array(fc.nat(7), { maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      (history, { by, about, glass }, open) => {
        const policy = policyOf(history);
        const [requester, target] = [at(history.accounts, by), at(history.accounts, about)];
        const namesOf = (index: number) => namesKnownOf(knownToday(at(history.accounts, index)));
        const taking = open.map((one): TakingRequest => ({
          target: namesOf(one.target),
          behind: [one.requester, ...one.approvers].map(namesOf),
        }));
        const facts = factsOf(requester, { S0SEC: true, S0HELP: false });
        const { id, email, formerEmails } = knownToday(target);
        const emails = [...(email === undefined ? [] : [email]), ...formerEmails];
        const { kind } = decide({
          policy,
          requester: standingOf(policy, facts, HOME),
          target: { slackIds: [id], emails, groups: {} },
          playbook: "lockout",
          operations: [{ name: "lockout", risk: "reversible", scopes: ["deadbolt:lockout"] }],
          at: now,
          history: [],
          breaksGlass: glass,
          isCounter: isCounter(policy, namesKnownOf(facts), [id, ...emails], taking),
        });
        const isAgainst = open.some(
          (one) =>
            areOne(history, requester, at(history.accounts, one.target)) &&
            [one.requester, ...one.approvers].some((index) =>
              areOne(history, target, at(history.accounts, index)),
            ),
        );
        if (isAgainst) {
          seen.counter += 1;
          expect(kind).not.toBe("allowed");
        } else if (kind === "allowed") seen.free += 1;
      },
    ),
    RUNS,
  );
  expect(seen.counter).toBeGreaterThan(RUNS.numRuns / 100);
  expect(seen.free).toBeGreaterThan(RUNS.numRuns / 100);
});

test("the last one who could release people is never locked out unnoticed", async () => {
  const seen = { last: 0, others: 0 };
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.record({ by: fc.nat(7), about: fc.nat(7) }),
      fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.nat(7), { maxLength: 2 }),
      async (history, { by, about }, security, out) => {
        const policy = policyOf(history);
        const holders = new Set(security.map((index) => at(history.accounts, index)));
        const lockedOut = new Set(out.map((index) => at(history.accounts, index)));
        const [requester, target] = [at(history.accounts, by), at(history.accounts, about)];
        const find = (id: string) => history.accounts.find((one) => one.id === id) as Account;
        const facts = (account: Account) => ({
          ...factsOf(account, { S0SEC: holders.has(account), S0HELP: false }),
          isLockedOut: lockedOut.has(account),
        });
        const { fault } = await heldPowers(
          {
            loadedPolicy: () => ({ policy }),
            standing: async (id, roles) => standingOf(policy, facts(find(id)), HOME, roles),
            roleMembers: async () => [...holders].map(({ id }) => id),
          },
          facts(requester),
          { ...plan, target: targetOf(target) },
        );
        if (!holders.has(target) || lockedOut.has(target)) return;
        const left = [...holders].filter(
          (one) => !lockedOut.has(one) && !areOne(history, one, target) && !areOne(history, one, requester),
        );
        seen[left.length === 0 ? "last" : "others"] += 1;
        if (left.length === 0) expect(fault).toBeDefined();
      },
    ),
    RUNS,
  );
  expect(seen.last).toBeGreaterThan(RUNS.numRuns / 50);
  expect(seen.others).toBeGreaterThan(RUNS.numRuns / 50);
});
