import * as fc from "fast-check";
import { expect, test } from "vitest";
import { confirmIdentity } from "../../src/target/identity.ts";
import type { IdentityFindings } from "../../src/target/findings.ts";
import { cases } from "../depth.ts";

test("whatever the places answer, a confirmed target has exactly one person's ids", () => {
  const emails = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("sam@example.com", "SAM@example.com") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("samuel@example.com", "sam+x@example.com", "ſam@example.com", ""),
    },
  );
  const slackPeople = fc.record({
    id: fc.constantFrom("U0SAM", "U0SAMUEL"),
    email: emails,
    teamId: fc.constantFrom("T0HOME", "T0HOME", "T0HOME", "T0OTHER"),
    isBot: fc.constantFrom(false, false, false, false, true),
    deleted: fc.boolean(),
    isStranger: fc.constantFrom(false, false, false, false, true),
    isRestricted: fc.boolean(),
    realName: fc.string(),
  });
  const cloudflareUsers = fc.array(fc.record({ id: fc.constantFrom("cf-1", "cf-2"), email: emails }), {
    maxLength: 3,
  });
  const findings: fc.Arbitrary<IdentityFindings> = fc.record(
    {
      asked: fc.record(
        { slackId: fc.constantFrom("U0SAM", "U0SAMUEL"), email: emails },
        { requiredKeys: [] },
      ),
      homeTeamId: fc.constant("T0HOME"),
      slack: slackPeople,
      zoom: fc.option(
        fc.record({ id: fc.constantFrom("z1", "z2", ""), email: emails, status: fc.constant("active") }),
        { freq: 10 },
      ),
      cloudflare: fc.option(cloudflareUsers),
    },
    { requiredKeys: ["asked", "homeTeamId"] },
  );
  let confirmed = 0;
  fc.assert(
    fc.property(findings, (input) => {
      const verdict = confirmIdentity(input);
      if (!verdict.ok) {
        expect(verdict.disagreements.length).toBeGreaterThan(0);
        return;
      }
      confirmed++;
      const { target } = verdict;
      const { asked, slack, cloudflare } = input;
      expect(target.zoomEmail?.toLowerCase()).toBe(target.email);
      expect(target.zoomUserId).not.toBe("");
      if (asked.email !== undefined) expect(asked.email.toLowerCase()).toBe(target.email);
      if (asked.slackId !== undefined) expect(target.slackId).toBe(asked.slackId);
      if (slack)
        expect({ ...slack, email: slack.email?.toLowerCase() }).toMatchObject({
          email: target.email,
          teamId: "T0HOME",
          isBot: false,
          isStranger: false,
        });
      const exact = (cloudflare ?? []).filter((user) => user.email.toLowerCase() === target.email);
      expect([...new Set(exact.map((user) => user.id))]).toEqual(
        target.cloudflareUserId === undefined ? [] : [target.cloudflareUserId],
      );
    }),
    { numRuns: cases(2_500, 10_000) },
  );
  expect(confirmed).toBeGreaterThan(80);
});
