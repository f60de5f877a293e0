import { describe, expect, test } from "vitest";
import type { AuditEvent, Outcome } from "../../src/audit/event.ts";
import { verdictIfAllHolds } from "../../src/lockout/expected.ts";
import { incidentSummary } from "../../src/lockout/incident-summary.ts";
import { judgement } from "../../src/lockout/judge.ts";
import { timelineOf } from "../../src/lockout/timeline.ts";
import { verdictOf } from "../../src/lockout/verdict.ts";
import { buildPlan, type Plan } from "../../src/plan/plan.ts";
import { PRESET_PARTS, type LockoutPart } from "../../src/playbook/lockout-fields.ts";
import { lockout } from "../../src/playbook/lockout.ts";
import { ACCESS_NOT_ASKED } from "../../src/target/access-doubt.ts";
import { confirmIdentity } from "../../src/target/identity.ts";
import type { Target } from "../../src/target/target.ts";

const EMAIL = "sam@northwind.example";
const SET_UP = {
  cloudflareAccountId: "account1",
  cloudflareZoneIds: ["zone1"],
  cloudflareBlockListId: "list1",
  slackTeamId: "T0HOME",
};

/** Whom the guard finds where these places know the person. */
function foundIn(...places: ("slack" | "zoom" | "cloudflare")[]): Target {
  const verdict = confirmIdentity({
    places: { zoom: "may", cloudflare: "by-email" },
    asked: { email: EMAIL },
    homeTeamId: "T0HOME",
    slack: places.includes("slack")
      ? {
          id: "U0SAM",
          email: EMAIL,
          teamId: "T0HOME",
          isBot: false,
          deleted: false,
          isStranger: false,
          isRestricted: false,
          realName: "Sam Rivers",
        }
      : undefined,
    zoom: places.includes("zoom") ? { id: "zoomSam", email: EMAIL, status: "active" } : null,
    cloudflare: places.includes("cloudflare") ? [{ id: "accessSam", email: EMAIL }] : [],
  });
  if (!verdict.ok) throw new Error("The guard refused.");
  return verdict.target;
}

function planFor(target: Target, parts: readonly LockoutPart[] = PRESET_PARTS.full): Plan {
  return buildPlan(
    lockout,
    { parts: [...parts], reason: "Taken over", seen: { hasPassword: true } },
    target,
    SET_UP,
  );
}

function ended(stepId: string, operation: string, outcome: Outcome, at = 1_000): AuditEvent {
  const data = { stepId, operation, outcome, sentence: "As it is.", facts: {} };
  return { id: stepId, requestId: null, type: "step.finished", actor: "system", at: new Date(at), data };
}

/** Every step was accepted, as vendors accept what is about nobody. */
function accepted(plan: Plan): AuditEvent[] {
  return plan.steps.map(({ id, operation }) =>
    ended(id, operation, id === "block" ? "verified" : "accepted"),
  );
}

function ruledOut(vendor: "zoom" | "cloudflare" | "slack"): AuditEvent {
  return {
    id: `r:${vendor}`,
    requestId: null,
    type: "account.ruled_out",
    actor: "U0RESPONDER",
    at: new Date(9_000),
    data: { vendor, addresses: [EMAIL] },
  };
}

describe("a vendor without an account is neither closed nor open", () => {
  test("no Zoom account: every chosen Zoom part stays, and the rest is locked", () => {
    const plan = planFor(foundIn("slack", "cloudflare"));
    const { kind, sentence, doors } = verdictOf(plan, accepted(plan));
    expect({ kind, sentence }).toEqual({
      kind: "no_account",
      sentence: `Locked at Cloudflare. No Zoom account under ${EMAIL}: if there is one under another address, it is open. Slack is not locked: they can sign in there again.`,
    });
    expect(doors.filter(({ state }) => state === "no_account").map(({ id }) => id)).toEqual([
      "zoom-sign-in",
      "zoom-sessions",
      "zoom-meetings",
      "zoom-password",
    ]);
  });

  test("no Access account: what Cloudflare accepted about nobody closed nothing", () => {
    const plan = planFor(foundIn("slack", "zoom"));
    const { kind, sentence, doors } = verdictOf(plan, accepted(plan));
    expect(kind).toBe("no_account");
    expect(sentence).toContain(
      `Locked at Zoom. No Cloudflare Access account under ${EMAIL}: if there is one`,
    );
    expect(doors.filter(({ state }) => state === "no_account").map(({ id }) => id)).toEqual([
      "cloudflare-sessions",
      "cloudflare-devices",
      "cloudflare-zone-zone1",
    ]);
    expect(doors.find(({ id }) => id === "cloudflare-block")?.state).toBe("closed");
  });

  test("no account in Zoom or Access is NOT locked, though Slack knows the person", () => {
    const plan = planFor(foundIn("slack"));
    const verdict = verdictOf(plan, accepted(plan));
    expect(verdict.kind).toBe("not_locked");
    expect(verdict.sentence).toMatch(
      /^NOT locked anywhere\. No Zoom account .* No Cloudflare Access account /,
    );
  });

  test("no Slack account keeps the Slack part, and asks", () => {
    const plan = planFor(foundIn("zoom", "cloudflare"));
    const { kind, sentence } = verdictOf(plan, accepted(plan));
    expect(kind).toBe("no_account");
    expect(sentence).toContain(`Locked at Zoom and Cloudflare. No Slack account under ${EMAIL}`);
  });

  test("a part that was not chosen is not missed", () => {
    const plan = planFor(foundIn("zoom", "cloudflare"), [
      "zoom-deactivate",
      "zoom-sessions",
      "zoom-meetings",
    ]);
    expect(verdictOf(plan, accepted(plan)).doors.map(({ id }) => id)).toEqual([
      "zoom-sign-in",
      "zoom-sessions",
      "zoom-meetings",
    ]);
  });
});

describe("a responder who says that there is no account", () => {
  test("makes it Locked, and says who confirmed what", () => {
    const plan = planFor(foundIn("slack", "cloudflare"));
    const { kind, sentence, doors } = verdictOf(plan, [...accepted(plan), ruledOut("zoom")]);
    expect(kind).toBe("locked");
    expect(sentence).toContain("Confirmed by a responder: they have no Zoom account.");
    expect(doors[0]?.noAccount).toEqual({ vendor: "zoom", addresses: [EMAIL], confirmedBy: "U0RESPONDER" });
  });

  test("speaks for one vendor only", () => {
    const plan = planFor(foundIn("slack", "zoom"));
    expect(verdictOf(plan, [...accepted(plan), ruledOut("zoom")]).kind).toBe("no_account");
  });

  test("does not outweigh what the watch sees afterwards", () => {
    const plan = planFor(foundIn("slack", "cloudflare"));
    const broken: AuditEvent = {
      id: "w",
      requestId: null,
      type: "watch.broken",
      actor: "system",
      at: new Date(10_000),
      data: { doors: [{ door: "zoom-sign-in", title: "Zoom sign-in", because: "Zoom has one now." }] },
    };
    expect(verdictOf(plan, [...accepted(plan), ruledOut("zoom"), broken])).toMatchObject({
      kind: "not_locked",
      sentence: "NOT locked. Open: Zoom sign-in.",
    });
  });

  test("changes the verdict that is told", () => {
    const plan = planFor(foundIn("slack", "cloudflare"));
    const first = judgement("r", plan, accepted(plan), new Date(2_000));
    expect(first?.data).toMatchObject({
      verdict: "no_account",
      open: expect.arrayContaining(["zoom-sign-in"]) as unknown,
    });
    const events = [...accepted(plan), ...(first === undefined ? [] : [first]), ruledOut("zoom")];
    expect(judgement("r", plan, events, new Date(9_000))?.data).toMatchObject({
      verdict: "locked",
      open: [],
    });
  });
});

describe("an address that no place knows", () => {
  test.each([
    ["a full lockout", PRESET_PARTS.full],
    ["sessions only", PRESET_PARTS.sessions],
    ["only the block list", ["cloudflare-block"]],
    ["only Zoom", ["zoom-deactivate"]],
  ] as const)("is NOT locked by %s, whatever anybody confirms", (_name, parts) => {
    const plan = planFor(foundIn(), parts);
    const events = [...accepted(plan), ruledOut("zoom"), ruledOut("cloudflare"), ruledOut("slack")];
    const expected = {
      kind: "not_locked",
      sentence: `NOT locked: nobody with this address was found (${EMAIL}).`,
    };
    expect(verdictOf(plan, accepted(plan))).toMatchObject(expected);
    expect(verdictOf(plan, events)).toMatchObject(expected);
    expect(verdictIfAllHolds(plan)).toMatchObject(expected);
  });
});

test("Zoom that answers only the run, that it knows nobody, is like Zoom that answered at once", () => {
  const target = { ...foundIn("slack", "cloudflare"), zoomUserId: EMAIL, zoomEmail: EMAIL, noAccount: {} };
  const plan = planFor(target);
  const events = plan.steps.map(({ id, operation }) =>
    ended(id, operation, operation.startsWith("zoom.") && id !== "end-meetings" ? "not_found" : "accepted"),
  );
  expect(verdictOf(plan, events)).toMatchObject({
    kind: "no_account",
    sentence: expect.stringMatching(/^Locked at Cloudflare\. No Zoom account under sam@/) as unknown,
  });
});

test("a sign-in that was seen is open, though Access named nobody when it was asked", () => {
  const plan = planFor(foundIn("slack", "zoom"));
  const events = accepted(plan).map((event) =>
    event.id === "check-sign-ins" ? ended("check-sign-ins", "x", "unverified", 5_000) : event,
  );
  expect(verdictOf(plan, events).sentence).toMatch(/^NOT locked\. Open: Cloudflare sessions\. No Cloudflare/);
});

test("form, timeline and summary say it as the verdict does", () => {
  const plan = planFor(foundIn("slack", "cloudflare"));
  const created = {
    id: "c",
    requestId: "r",
    type: "request.created",
    actor: "U1",
    at: new Date(0),
    data: {},
  };
  const events = [created as unknown as AuditEvent, ...accepted(plan)];
  expect(verdictIfAllHolds(plan)).toMatchObject({
    kind: "no_account",
    sentence: expect.stringMatching(/^Locked at Cloudflare\. No Zoom account under sam@/) as unknown,
  });
  expect(timelineOf(plan, events, new Date(0))[0]?.what).toBe(`asked for. No Zoom account under ${EMAIL}`);
  const summary = incidentSummary(
    { id: "r", state: "done", plan, requester: { id: "U1" }, createdAt: new Date(0) },
    events,
    new Date(0),
  );
  expect(summary).toContain(`| Zoom sign-in | No Zoom account under ${EMAIL} | not known |`);
});

describe("a vendor that did not answer promises nothing before the press", () => {
  test("Zoom", () => {
    const target = { ...foundIn("slack", "zoom", "cloudflare"), zoomUserId: EMAIL, zoomEmail: EMAIL };
    const { kind, sentence } = verdictIfAllHolds(planFor(target));
    expect(kind).toBe("not_locked");
    expect(sentence).toContain("Not known to be closed: Zoom sign-in");
  });

  test("Cloudflare Access", () => {
    const { cloudflareUserId: _, ...unknown } = foundIn("slack", "zoom", "cloudflare");
    const { kind, sentence } = verdictIfAllHolds(planFor({ ...unknown, found: [ACCESS_NOT_ASKED] }));
    expect(kind).toBe("not_locked");
    expect(sentence).toContain("Cloudflare sessions");
  });
});
