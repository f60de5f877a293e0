import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import { expectedAnswer } from "../oracle.ts";
import { HOME } from "../organisation.ts";
import { denials, limits, richQuestions, windows } from "../rich-organisation.ts";
import { cases } from "../../depth.ts";

const MANY = { numRuns: cases(6_000, 60_000) };
const SOME = { numRuns: cases(1_500, 6_000) };
const rank = { denied: 0, needs_approval: 1, allowed: 2 };

test("over generated organisations the check answers as a plain reading of the policy does, and nobody gets by", () => {
  const seen = { denied: 0, needs_approval: 0, allowed: 0 };
  fc.assert(
    fc.property(richQuestions, ({ input, facts }) => {
      const { kind } = decide(input);
      seen[kind] += 1;
      if (kind !== expectedAnswer(input, facts))
        throw new Error(`It answers ${kind}, and should answer ${expectedAnswer(input, facts)}.`);
    }),
    MANY,
  );
  // A law that is never put to the test holds nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(MANY.numRuns / 200);
});

test("adding a deny rule, a limit or a window never allows more", () => {
  fc.assert(
    fc.property(richQuestions, denials, limits, windows, ({ input }, denial, limit, window) => {
      const { policy } = input;
      const before = rank[decide(input).kind];
      for (const stricter of [
        { ...policy, deny: [...(policy.deny ?? []), denial] },
        { ...policy, limits: [...(policy.limits ?? []), limit] },
        { ...policy, windows: [...(policy.windows ?? []), window] },
      ])
        expect(rank[decide({ ...input, policy: stricter }).kind]).toBeLessThanOrEqual(before);
    }),
    SOME,
  );
});

test("whoever is barred is let through by nothing, glass included", () => {
  fc.assert(
    fc.property(
      richQuestions,
      fc.constantFrom(
        { isBot: true },
        { deleted: true },
        { isRestricted: true },
        { isUltraRestricted: true },
        { isStranger: true },
        { teamId: "T0OTHER" },
        { isLockedOut: true },
      ),
      ({ input, facts }, oddity) => {
        const requester = standingOf(
          input.policy,
          { ...facts, isOwner: true, isAdmin: true, ...oddity },
          HOME,
        );
        expect(requester.roles).toEqual([]);
        expect(decide({ ...input, requester }).kind).toBe("denied");
      },
    ),
    SOME,
  );
});

test("the order of deny rules, limits, windows and identities means nothing", () => {
  fc.assert(
    fc.property(richQuestions, ({ input }) => {
      const { policy } = input;
      const turned = {
        ...policy,
        deny: policy.deny?.toReversed() ?? [],
        limits: policy.limits?.toReversed() ?? [],
        windows: policy.windows?.toReversed() ?? [],
        identities: policy.identities?.map((line) => line.toReversed()).toReversed() ?? [],
      };
      expect(decide({ ...input, policy: turned }).kind).toBe(decide(input).kind);
    }),
    SOME,
  );
});

test("a denial that says until when holds until then, and no longer for that reason", () => {
  let dated = 0;
  fc.assert(
    fc.property(richQuestions, ({ input }) => {
      const first = decide(input);
      if (first.kind !== "denied" || first.notBefore === undefined) return;
      dated += 1;
      const at = (milliseconds: number) => decide({ ...input, at: new Date(milliseconds) });
      const then = first.notBefore.getTime();
      expect(then).toBeGreaterThan(input.at.getTime());
      expect(at(then - 1).kind).toBe("denied");
      const after = at(then);
      // The other reason may hold by then: a limit is free when the office has closed.
      if (after.kind === "denied") expect(after.rule).not.toBe(first.rule);
    }),
    { numRuns: cases(5_000, 20_000) },
  );
  expect(dated).toBeGreaterThan(50);
});
