import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PEOPLE, type PersonName } from "../../playground/company.ts";
import type { FaultKind } from "../../playground/fault.ts";
import { openFromMenu } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { modalText, press, requestCount, vendorWrites } from "./world/refused.ts";
import {
  ask,
  ended,
  eventsOf,
  eventually,
  noticeAfter,
  openForm,
  openViewOf,
  rootOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("every-call") } });
});
afterAll(async () => {
  await world.close();
});
afterEach(() => {
  world.company.slack.clearFaults();
  expect(vendorWrites(world)).toEqual([]);
});

const DIRECTORY = /\/api\/(users\.info|users\.lookupByEmail|usergroups\.list|usergroups\.users\.list)$/;

/** Matches only the n-th call to the directory from now on. */
class NthCall extends RegExp {
  #seen = 0;
  readonly nth: number;

  constructor(nth: number) {
    super(DIRECTORY);
    this.nth = nth;
  }

  override test(path: string): boolean {
    if (!super.test(path)) return false;
    this.#seen += 1;
    return this.#seen === this.nth;
  }
}

const FAULTS: [string, FaultKind][] = [
  ["answers with 500", { kind: "answer", answer: { status: 500, body: "upstream error" } }],
  ["breaks off", { kind: "reset" }],
  ["says no", { kind: "answer", answer: { status: 200, body: { ok: false, error: "internal_error" } } }],
  ["answers with nothing in it", { kind: "answer", answer: { status: 200, body: { ok: true } } }],
];
/** More than any one act makes. */
const CALLS = [1, 2, 3, 4, 5, 6, 7, 8];
const strokes = FAULTS.flatMap(([how, fault]) => CALLS.map((nth) => ({ how, fault, nth })));

function strike({ fault, nth }: { fault: FaultKind; nth: number }): void {
  world.company.slack.clearFaults();
  world.company.slack.addFault({ ...fault, path: new NthCall(nth) });
}

function group(id: "S0IT" | "S0SEC"): Set<string> {
  const found = world.company.slack.usergroups.get(id);
  if (found === undefined) throw new Error(`There is no user group ${id}.`);
  return found.members;
}

/** Waits until someone's window says no, as a whole or next to a field. */
function refusedIn(person: PersonName): Promise<unknown> {
  return eventually(
    `a refusal in the window of ${person}`,
    () =>
      modalText(world, person).includes(":no_entry:") ||
      Object.keys(openViewOf(world, person)?.errors ?? {}).length > 0,
  );
}

test("somebody without a role opens nothing, whichever call of the command fails and however", async () => {
  const { slack } = world.company;
  for (const stroke of strokes) {
    strike(stroke);
    const told = await noticeAfter(world, "stranger", () =>
      slack.as(PEOPLE.stranger.id).command("/zoom-offboard", "@sam"),
    );
    expect(told).toContain(":no_entry:");
    expect(openViewOf(world, "stranger")).toBeUndefined();
  }
});

test("whoever lost the role asks for nothing, whichever call of the submission fails and however", async () => {
  const { slack } = world.company;
  const before = await requestCount(world);
  for (const stroke of strokes) {
    const view = await openForm(world, "requester", "@sam");
    group("S0IT").delete(PEOPLE.requester.id);
    strike(stroke);
    try {
      await slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" });
      await refusedIn("requester");
    } finally {
      slack.clearFaults();
      group("S0IT").add(PEOPLE.requester.id);
    }
    await slack.as(PEOPLE.requester.id).closeView(view.id);
  }
  expect(await requestCount(world)).toBe(before);
});

test("nobody without the role decides, whichever call of the click fails and however", async () => {
  const { requestId, root } = await ask(world, { target: "executive" });
  for (const stroke of strokes)
    for (const person of ["executive", "requester", "stranger"] as const) {
      strike(stroke);
      expect(await press(world, PEOPLE[person].id, root)).toContain(":no_entry:");
    }
  expect((await eventsOf(world, requestId)).map(({ type }) => type)).not.toContain("decision.made");
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test("nothing starts on the approval of somebody who lost the role, whichever call until then fails", async () => {
  for (const stroke of strokes.filter(({ nth }) => nth <= 6)) {
    const { requestId, root } = await ask(world, { target: "executive" });
    expect(await press(world, PEOPLE.security.id, root)).toContain("Still needed: 1 more");
    group("S0SEC").delete(PEOPLE.security.id);
    strike(stroke);
    await press(world, PEOPLE.secondSecurity.id, root);
    await eventually("the check", async () => {
      const types = (await eventsOf(world, requestId)).map(({ type }) => type);
      return (
        !types.includes("request.approved") ||
        types.includes("approval.lapsed") ||
        types.includes("start.waiting")
      );
    });
    expect(["pending", "approved"]).toContain((await storedRequest(world, requestId))?.state);
    world.company.slack.clearFaults();
    // It ends here: what waits must not start in a later round.
    await world.database.query("update deadbolt.request set state = 'cancelled' where id = $1", [requestId]);
    group("S0SEC").add(PEOPLE.security.id);
  }
}, 120_000);

test("once the directory answers again, everything works as before", async () => {
  const { requestId } = await ask(world);
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("There is no message.");
  strike({ fault: { kind: "reset" }, nth: 1 });
  expect(await press(world, PEOPLE.approver.id, root)).toContain("Try again in a minute.");
  const view = await openFromMenu(world, "requester", root, `cancel:${requestId}`);
  await world.company.slack.as(PEOPLE.requester.id).submit(view.id, { text: "Only a test" });
  expect(await ended(world, requestId)).toBe("cancelled");
});
