import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { verdictOf } from "../../src/lockout/verdict.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import { lockOut, type LockedOut, type Planted } from "./model/locked-out.ts";
import { breachesOf, brokenPromises } from "./model/oracle.ts";
import { betterThanVerdict, saidOn } from "./model/surfaces.ts";
import { worlds, type World } from "./model/world.ts";
import { cases } from "../depth.ts";

const WORLDS = cases(200, 20_000);
const TIMEOUT = 120_000 + WORLDS * 60;

test(
  "no verdict is better than what the vendors hold",
  async () => {
    const kinds = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const done = await lockOut(world);
        const kind = done === undefined ? "refused" : verdictOf(done.plan, done.events).kind;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (done === undefined) return;
        expect([...breachesOf(world, done), ...brokenPromises(done)]).toEqual([]);
      }),
      { numRuns: WORLDS },
    );
    // The worlds reach every verdict: a property of worlds that all end alike would show little.
    for (const kind of ["locked", "temporary", "no_account", "not_locked"])
      expect(kinds.get(kind)).toBeGreaterThan(0);
  },
  TIMEOUT,
);

const UNBEGUN = ["pending", "scheduled", "approved", "denied", "expired", "cancelled"];

/** What had happened at three moments of a lockout, with the state that its request had. */
function moments({ events, state }: LockedOut): { state: string; events: AuditEvent[] }[] {
  // Which moments is as good as random, and the same each time.
  const { length } = events;
  return [
    { state: UNBEGUN[length % UNBEGUN.length] ?? "pending", events: [] },
    { state: "running", events: events.slice(0, 1 + ((length * 7) % (length - 1))) },
    { state, events },
  ];
}

function faultsOf(
  done: LockedOut,
  tamper: (events: AuditEvent[]) => AuditEvent[] = (events) => events,
): string[] {
  return moments(done).flatMap(({ state, events }) =>
    betterThanVerdict(saidOn(done.plan, state, tamper(events)), done.plan, events),
  );
}

test(
  "no surface is better than the verdict, at any moment",
  async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const done = await lockOut(world);
        expect(done === undefined ? [] : faultsOf(done)).toEqual([]);
      }),
      { numRuns: WORLDS },
    );
  },
  TIMEOUT,
);

/** Whether one of some worlds shows a planted fault. */
async function isFound(find: (world: World) => Promise<string[]>): Promise<boolean> {
  const details = await fc.check(
    fc.asyncProperty(worlds, async (world) => (await find(world)).length === 0),
    { numRuns: 2_000, endOnFailure: true },
  );
  return details.failed;
}

/** The events with every step that ended so ended better. */
const improved = (events: readonly AuditEvent[], better: (event: Ended) => boolean): AuditEvent[] =>
  events.map((event) =>
    event.type === "step.finished" && better(event)
      ? { ...event, data: { ...event.data, outcome: "verified" as const, facts: {} } }
      : event,
  );
type Ended = Extract<AuditEvent, { type: "step.finished" }>;

describe("a fault of each kind, planted, is found", () => {
  const decisions: [string, typeof verdictOf][] = [
    [
      "a vendor that knows nobody drops out of the verdict",
      (plan, events) => {
        const { target: _target, ...rest } = plan;
        return verdictOf(rest, events);
      },
    ],
    [
      "an empty list of live meetings is taken for proof",
      (plan, events) =>
        verdictOf(
          plan,
          improved(events, ({ data }) => data.stepId === "end-meetings" && data.outcome === "accepted"),
        ),
    ],
    [
      "the SSO token's revocation is taken for proof",
      (plan, events) =>
        verdictOf(
          plan,
          improved(events, ({ data }) => data.stepId === "revoke-sso-token"),
        ),
    ],
    [
      "a refusal is taken for done",
      (plan, events) =>
        verdictOf(
          plan,
          improved(events, ({ data }) => data.outcome === "failed"),
        ),
    ],
    [
      "what could not be read back is taken for proven",
      (plan, events) =>
        verdictOf(
          plan,
          improved(events, ({ data }) => data.outcome === "unverified"),
        ),
    ],
  ];
  test.each(decisions)("%s", async (_name, decide) => {
    const find = async (world: World) => {
      const done = await lockOut(world);
      return done === undefined ? [] : breachesOf(world, done, decide);
    };
    expect(await isFound(find)).toBe(true);
  });

  const vendors: [string, Planted][] = [
    [
      "a list of Access users that was cut after the first",
      {
        async execute(execute, operation, input) {
          const output = await execute(operation, input);
          return operation.name === "cloudflare.access.findUser" ? (output as unknown[]).slice(0, 1) : output;
        },
      },
    ],
    [
      "a list of sessions that was cut before the first",
      {
        async execute(execute, operation, input) {
          const output = await execute(operation, input);
          return operation.name === "cloudflare.access.listActiveSessions" ? [] : output;
        },
      },
    ],
    [
      "silence that counts as an answer",
      {
        execute: (execute, operation, input) =>
          execute(operation, input).catch((error: unknown) => {
            if (operation.risk !== "read" || !isVendorError(error) || error.facts.kind !== "timeout")
              throw error;
            return operation.name === "zoom.user.get"
              ? { id: "zoomLeaver", email: "leaver@northwind.example", status: "inactive" }
              : [];
          }),
      },
    ],
    [
      "a refused list of meetings that counts as no meetings, read as a command that was sent",
      {
        execute: (execute, operation, input) =>
          execute(operation, input).catch((error: unknown) => {
            if (operation.name !== "zoom.meeting.list" || !isVendorError(error)) throw error;
            return { meetings: [] };
          }),
      },
    ],
    [
      "another person's id, whose reads say that they are the one who was meant",
      {
        async execute(execute, operation, input) {
          const output = await execute(operation, input);
          return operation.name === "zoom.user.get"
            ? { ...(output as object), email: "leaver@northwind.example" }
            : output;
        },
      },
    ],
  ];
  test.each(vendors)("%s", async (_name, planted) => {
    const find = async (world: World) => {
      const done = await lockOut(world, planted);
      return done === undefined ? [] : breachesOf(world, done);
    };
    expect(await isFound(find)).toBe(true);
  });

  const surfaces: [string, (events: AuditEvent[]) => AuditEvent[]][] = [
    [
      "a surface that takes a waiting lockout for one at work",
      (events) =>
        events.length > 0
          ? events
          : [
              {
                id: "e",
                requestId: "request1",
                type: "run.started",
                actor: "deadbolt",
                at: new Date(0),
                data: { steps: 1 },
              },
            ],
    ],
    [
      "a surface that ticks what was only accepted",
      (events) => improved(events, ({ data }) => data.outcome === "accepted"),
    ],
    [
      "a surface that takes a failure for done",
      (events) => improved(events, ({ data }) => data.outcome === "failed"),
    ],
  ];
  test.each(surfaces)("%s", async (_name, tamper) => {
    const find = async (world: World) => {
      const done = await lockOut(world);
      return done === undefined ? [] : faultsOf(done, tamper);
    };
    expect(await isFound(find)).toBe(true);
  });
});
