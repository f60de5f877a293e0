import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOnCallWorld, pagerDuty, refusalOf, type OnCallWorld } from "./ask-on-call.ts";

let world: OnCallWorld;
beforeEach(async () => {
  world = await openOnCallWorld();
});
afterEach(() => world.provider.close());

const unknown = "Who is on call in the PagerDuty schedule PSECOPS is not known: ";
const emailsOf = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@example.com`);

/** One entry as PagerDuty sends it, on call since ever and for ever, with changes. */
function entry(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    escalation_policy: { id: "PPOLICY", type: "escalation_policy_reference" },
    escalation_level: 1,
    schedule: { id: pagerDuty.schedule, type: "schedule_reference" },
    user: { id: "PSAM", type: "user", email: "sam@example.com" },
    start: null,
    end: null,
    ...changes,
  };
}

/** Lets PagerDuty answer with these entries. */
function answerWith(oncalls: unknown, changes: Record<string, unknown> = {}): void {
  const body = { oncalls, limit: 100, offset: 0, more: false, total: null, ...changes };
  world.provider.addFault({ kind: "answer", answer: { status: 200, body }, times: 1 });
}

describe("PagerDuty's question", () => {
  it("names the version, the schedule and the users, and nothing else", async () => {
    world.provider.setOnCall(pagerDuty, []);
    await world.ask().whoIsOnCall(pagerDuty);
    const { method, path, query, headers } = world.provider.calls[0]!.request;
    expect({ method, path, query: [...query] }).toEqual({
      method: "GET",
      path: "/pagerduty/oncalls",
      query: [
        ["schedule_ids[]", "PSECOPS"],
        ["include[]", "users"],
        ["limit", "100"],
        ["offset", "0"],
      ],
    });
    expect(headers).toMatchObject({
      authorization: `Token token=${world.provider.credentials.pagerDutyToken}`,
      accept: "application/vnd.pagerduty+json;version=2",
    });
  });
});

describe("PagerDuty's pages", () => {
  it.each([
    [50, 1],
    [51, 2],
    [500, 10],
  ])("are read to the end: %i people listed twice stand on %i", async (people, pages) => {
    world.provider.setOnCall(pagerDuty, emailsOf(people));
    expect(await world.ask().whoIsOnCall(pagerDuty)).toEqual(new Set(emailsOf(people)));
    expect(world.provider.calls).toHaveLength(pages);
  });

  it("are no answer when there are more than anybody needs", async () => {
    world.provider.setOnCall(pagerDuty, emailsOf(501));
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toBe(
      `${unknown}it lists more than 1000 entries.`,
    );
    expect(world.provider.calls).toHaveLength(10);
  });

  it("are no answer when a later one fails, whatever stood on the first", async () => {
    world.provider.setOnCall(pagerDuty, emailsOf(60));
    answerWith(
      Array.from({ length: 100 }, () => entry()),
      { more: true },
    );
    world.provider.addFault({ kind: "answer", answer: { status: 403 }, times: 1 });
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toContain("may not see this schedule");
  });

  it.each([
    ["it is another page", { offset: 100 }],
    ["it is shorter than asked for", { limit: 25 }],
    ["more is to come after a page that is not full", { more: true }],
  ])("are no answer when %s", async (_, changes) => {
    answerWith([entry()], changes);
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toBe(
      `${unknown}its pages do not follow one another.`,
    );
  });

  it("are no answer when all of them together take too long", async () => {
    const slow = await openOnCallWorld(() => 60);
    try {
      slow.provider.setOnCall(pagerDuty, emailsOf(500));
      const question = slow.ask({ timeoutMilliseconds: 100 }).whoIsOnCall(pagerDuty);
      expect(await refusalOf(question)).toMatch(/it took too long to answer|no answer within 100 ms/);
      expect(slow.provider.calls.length).toBeLessThan(10);
    } finally {
      await slow.provider.close();
    }
  });
});

describe("PagerDuty's entries", () => {
  it("count without an end on either side", async () => {
    answerWith([entry()]);
    expect(await world.ask().whoIsOnCall(pagerDuty)).toEqual(new Set(["sam@example.com"]));
  });

  it("are left out while they do not cover this moment", async () => {
    const at = (milliseconds: number) => new Date(world.clock.now() + milliseconds).toISOString();
    const email = (name: string) => ({ user: { id: name, email: `${name}@example.com` } });
    answerWith([
      entry({ ...email("over"), start: at(-2), end: at(0) }),
      entry({ ...email("later"), start: at(1), end: at(2) }),
      entry({ ...email("from-now"), start: at(0), end: at(1) }),
      entry({ ...email("until-soon"), end: at(1) }),
      entry({ ...email("long-ago"), end: at(-1) }),
    ]);
    expect(await world.ask().whoIsOnCall(pagerDuty)).toEqual(
      new Set(["from-now@example.com", "until-soon@example.com"]),
    );
  });

  it("are read in whatever time zone they are written", async () => {
    const start = "2026-01-05T20:59:59+09:00";
    const end = "2026-01-05T07:00:01-05:00";
    answerWith([entry({ start, end })]);
    expect(new Date(world.clock.now()).toISOString()).toBe("2026-01-05T12:00:00.000Z");
    expect(await world.ask().whoIsOnCall(pagerDuty)).toEqual(new Set(["sam@example.com"]));
  });

  it.each([
    ["another schedule", { schedule: { id: "POTHER" } }],
    ["the schedule in other letters", { schedule: { id: "psecops" } }],
    ["no schedule at all", { schedule: null }],
  ])("are no answer when one of them is of %s", async (_, changes) => {
    answerWith([entry(), entry(changes)]);
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toBe(
      `${unknown}it answered about another schedule.`,
    );
  });

  it("are no answer when one without an address does not even cover this moment", async () => {
    answerWith([entry(), entry({ user: { id: "PGONE" }, end: "2020-01-01T00:00:00Z" })]);
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toContain("no e-mail address");
  });

  it.each([
    ["oncalls.0.user", { user: null }],
    ["oncalls.0.user.id", { user: { email: "sam@example.com" } }],
    ["oncalls.0.user.email", { user: { id: "PSAM", email: null } }],
    ["oncalls.0.start", { start: "yesterday" }],
    ["oncalls.0.start", { start: "2026-01-05T12:00:00" }],
    ["oncalls.0.end", { end: undefined }],
    ["oncalls.0.schedule", { schedule: "PSECOPS" }],
  ])("are no answer when %s is not as documented", async (place, changes) => {
    answerWith([entry(changes)]);
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toBe(
      `${unknown}its answer is not what PagerDuty documents (at ${place}).`,
    );
  });

  it.each([
    ["a list", []],
    ["a text", "fine"],
    ["nothing", null],
    ["an empty object", {}],
    ["no word of further pages", { oncalls: [], limit: 100, offset: 0 }],
    ["too many at once", { oncalls: Array(101).fill(entry()), limit: 100, offset: 0, more: false }],
  ])("are no answer when the answer is %s", async (_, body) => {
    world.provider.addFault({ kind: "answer", answer: { status: 200, body: JSON.stringify(body) } });
    expect(await refusalOf(world.ask().whoIsOnCall(pagerDuty))).toContain("is not what PagerDuty documents");
  });

  it("name nobody of a schedule that is in no escalation policy", async () => {
    world.provider.setOnCall(pagerDuty, ["sam@example.com"], { escalationPolicies: 0 });
    expect(await world.ask().whoIsOnCall(pagerDuty)).toEqual(new Set());
  });
});
