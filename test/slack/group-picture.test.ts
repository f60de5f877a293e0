import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createGroupMembers } from "../../src/slack/group-members.ts";
import { createGroupPicture } from "../../src/slack/group-picture.ts";
import { ORDINARY, URGENT } from "../../src/slack/slack-patience.ts";

const IN_A_HURRY = { ...URGENT, isUrgent: true };
const limited = (seconds: number) =>
  Object.assign(new Error("limited"), { code: "slack_webapi_rate_limited_error", retryAfter: seconds });

/** A Slack of one user group, on a clock that only sleeping moves. */
function pretendSlack({
  list,
  second,
}: {
  list?: (at: number) => Error | undefined;
  second?: () => Error | undefined;
}) {
  let time = 0;
  const members = new Set(["U0SEC"]);
  const asked: number[] = [];
  const askedSecond: number[] = [];
  const timing = {
    everyMilliseconds: 3_000,
    now: () => time,
    sleep: async (milliseconds: number) => void (time += milliseconds),
  };
  const ask = createGroupPicture({
    ...timing,
    async list() {
      asked.push(time);
      const fault = list?.(time);
      if (fault !== undefined) throw fault;
      return [{ id: "S0SEC", users: [...members] }];
    },
    members: createGroupMembers({
      ...timing,
      async ask() {
        askedSecond.push(time);
        const fault = second?.();
        if (fault !== undefined) throw fault;
        return [...members];
      },
    }),
  });
  return {
    ask,
    asked,
    askedSecond,
    members,
    pass: (milliseconds: number) => (time += milliseconds),
    now: () => time,
  };
}

test("whoever asks how often, Slack is asked at most every three seconds, and no answer is older", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(5_000), fc.boolean()), { maxLength: 60 }), async (moments) => {
      const slack = pretendSlack({});
      const changes: { at: number; is: boolean }[] = [{ at: -1, is: true }];
      for (const [pause, isIn] of moments) {
        slack.pass(pause);
        const { members } = await slack.ask(["S0SEC"], ORDINARY);
        const known = members.get("S0SEC");
        const says = typeof known === "object" && known.has("U0SEC");
        // What is said was so at some moment of the last three seconds.
        const since = changes.findLastIndex(({ at }) => at <= slack.now() - 3_000);
        expect(changes.slice(Math.max(since, 0)).map(({ is }) => is)).toContain(says);
        if (isIn) slack.members.add("U0SEC");
        else slack.members.delete("U0SEC");
        changes.push({ at: slack.now(), is: isIn });
      }
      for (const [index, at] of slack.asked.slice(1).entries())
        expect(at - (slack.asked[index] ?? 0)).toBeGreaterThanOrEqual(3_000);
    }),
    { numRuns: 2_000 },
  );
});

test("a list that Slack limits is made up for by asking about each group, once for all who ask", async () => {
  const slack = pretendSlack({ list: () => limited(30) });
  const answers = await Promise.all([1, 2, 3].map(() => slack.ask(["S0SEC"], ORDINARY)));
  for (const { members } of answers) expect(members.get("S0SEC")).toEqual(new Set(["U0SEC"]));
  expect(slack.asked).toHaveLength(1);
  expect(slack.askedSecond).toHaveLength(1);
});

test("a group that the second way does not know is absent", async () => {
  const gone = Object.assign(new Error("x"), { data: { error: "no_such_subteam" } });
  const slack = pretendSlack({ list: () => limited(30), second: () => gone });
  expect((await slack.ask(["S0SEC"], ORDINARY)).members.get("S0SEC")).toBe("absent");
});

test("the last of the second way are kept for lockouts", async () => {
  const slack = pretendSlack({ list: () => limited(3_600) });
  let refused = 0;
  for (let command = 0; command < 19; command += 1) {
    const { members } = await slack.ask(["S0SEC"], ORDINARY);
    if (members.get("S0SEC") === "unanswered") refused += 1;
    slack.pass(3_000);
  }
  expect(slack.askedSecond).toHaveLength(12);
  expect(refused).toBe(7);
  expect((await slack.ask(["S0SEC"], IN_A_HURRY)).members.get("S0SEC")).toEqual(new Set(["U0SEC"]));
});

test("the pause that Slack asks for is kept while the person waits, where both ways are limited", async () => {
  const slack = pretendSlack({
    list: (at) => (at < 4_000 ? limited(4) : undefined),
    second: () => limited(60),
  });
  const waited = await slack.ask(["S0SEC"], IN_A_HURRY);
  expect(waited.members.get("S0SEC")).toEqual(new Set(["U0SEC"]));
  expect(slack.now()).toBe(4_000);
  expect(slack.asked).toEqual([0, 4_000]);
});

test("whoever cannot wait so long is told that Slack did not answer, and why", async () => {
  const slack = pretendSlack({ list: () => limited(4), second: () => limited(60) });
  const answer = await slack.ask(["S0SEC"], ORDINARY);
  expect(answer.members.get("S0SEC")).toBe("unanswered");
  expect(answer.slackError).toBe("slack_webapi_rate_limited_error");
});

test("a revoked token is no reason to ask in another way, or again", async () => {
  const revoked = Object.assign(new Error("x"), { data: { error: "token_revoked" } });
  const slack = pretendSlack({ list: () => revoked });
  expect((await slack.ask(["S0SEC"], IN_A_HURRY)).slackError).toBe("token_revoked");
  expect(slack.askedSecond).toEqual([]);
  expect(slack.now()).toBe(0);
});

test("a token that was refused before somebody asked is no answer to them, once it is given back", async () => {
  const revoked = Object.assign(new Error("x"), { data: { error: "token_revoked" } });
  const slack = pretendSlack({ list: (at) => (at < 1_000 ? revoked : undefined), second: () => revoked });
  expect((await slack.ask(["S0SEC"], IN_A_HURRY)).slackError).toBe("token_revoked");
  slack.pass(1_000);
  expect((await slack.ask(["S0SEC"], IN_A_HURRY)).members.get("S0SEC")).toEqual(new Set(["U0SEC"]));
  expect(slack.asked).toEqual([0, 3_000]);
});
