import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../../src/permission/decide/decide.ts";
import { explain } from "../../../src/permission/explain/explain.ts";
import { sentenceText } from "../../../src/permission/explain/sentence.ts";
import { askings, policies, questionOf, worlds } from "../recorded-world.ts";

const NO =
  /hold no role|missing, any one of|about the person themselves|says no|No approval rule covers|it is shut|There is room again/;

test("an explanation says what the decision says, and a no is never without its reason", () => {
  fc.assert(
    fc.property(policies, worlds, askings, (policy, world, asked) => {
      const made: Parameters<typeof questionOf>[5][number][] = [];
      let time = Date.parse("2026-06-01T06:00:00Z");
      for (const asking of asked) {
        time += asking.minutesLater * 60_000;
        const at = new Date(time);
        const question = questionOf(policy, world, { ...asking, breaksGlass: false }, "needed", at, made);
        const { requester, operations, playbook: name, target, history } = question;
        const found = explain(policy, requester, { name, operations }, { target, at, history });
        expect(found.verdict).toBe(decide(question).kind);
        const said = [found.roles, found.scopes, found.target, found.rules, found.times]
          .flat()
          .map(sentenceText)
          .join("\n");
        expect(NO.test(said)).toBe(found.verdict === "denied");
        if (found.verdict !== "denied") made.push({ at, asking });
      }
    }),
    { numRuns: 500 },
  );
});
