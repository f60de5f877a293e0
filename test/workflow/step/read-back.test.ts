import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findOperation } from "../../../src/catalogue/registry.ts";
import { isProven, readBackUntil } from "../../../src/workflow/step/read-back.ts";
import { createPretendContext, vendorFailure } from "../pretend-context.ts";

const deactivate = findOperation("zoom.user.updateStatus");
const DEACTIVATED = { userId: "zoomSam", action: "deactivate" };
const remove = findOperation("zoom.user.delete");
const DELETED = { userId: "zoomSam", action: "delete" };
const revoke = findOperation("cloudflare.access.revokeUserInAccount");

const user = (status: string) => ({ id: "zoomSam", email: "sam@northwind.example", status, type: 2 });
const GET = "zoom.user.get";

test("an effect that shows at once is proven at once", async () => {
  const { context, calls, spent } = createPretendContext({ [GET]: [user("inactive")] });
  expect(await readBackUntil(context, deactivate, DEACTIVATED)).toMatchObject({ proven: true });
  expect(calls).toEqual([GET]);
  expect(spent()).toBe(0);
});

test("an effect that shows late is waited for", async () => {
  const active = user("active");
  const { context, spent } = createPretendContext({ [GET]: [active, active, active, user("inactive")] });
  expect(await readBackUntil(context, deactivate, DEACTIVATED)).toMatchObject({ proven: true });
  expect(spent()).toBe(1_750);
});

test("an effect that never shows is not proven, and said so without a vendor's fault", async () => {
  const { context, spent } = createPretendContext({ [GET]: [user("active")] });
  const proof = await readBackUntil(context, deactivate, DEACTIVATED);
  expect(proof).toEqual({
    proven: false,
    sentence: "after 60 s of reading back it has not taken hold.",
    facts: {},
  });
  expect(spent()).toBeGreaterThan(50_000);
});

test("a clock that is set back meanwhile makes nobody wait longer", async () => {
  const { context, spent, setBack } = createPretendContext({ [GET]: [user("active")] });
  const execute = context.execute.bind(context);
  context.execute = (...call) => {
    setBack(10_000);
    return execute(...call);
  };
  expect(await readBackUntil(context, deactivate, DEACTIVATED)).toMatchObject({ proven: false });
  expect(spent()).toBeLessThanOrEqual(60_000);
});

test("a failure on the way is waited out", async () => {
  const failure = vendorFailure("server_error", { status: 500 });
  const { context } = createPretendContext({ [GET]: [failure, failure, user("inactive")] });
  expect(await readBackUntil(context, deactivate, DEACTIVATED)).toMatchObject({ proven: true, facts: {} });
});

test("a failure that stays is told with its facts and advice", async () => {
  const { context } = createPretendContext({ [GET]: [vendorFailure("server_error", { status: 500 })] });
  expect(await readBackUntil(context, deactivate, DEACTIVATED)).toMatchObject({
    proven: false,
    sentence: "it could not be read back within 60 s.",
    facts: { status: 500, advice: "Look into it: server_error." },
  });
});

test("only the vendor's own word that there is no such user proves a deletion", async () => {
  const gone = createPretendContext({ [GET]: [vendorFailure("not_found", { status: 404, code: 1001 })] });
  expect(await readBackUntil(gone.context, remove, DELETED)).toMatchObject({ proven: true });
  for (const failure of [vendorFailure("refused", { status: 404 }), vendorFailure("unreadable")]) {
    const unclear = createPretendContext({ [GET]: [failure] });
    expect(await readBackUntil(unclear.context, remove, DELETED)).toMatchObject({ proven: false });
  }
});

test("without anything to ask for there is nothing to read, and nothing is sent", async () => {
  const { context, calls } = createPretendContext({});
  const input = { accountId: "account1", email: "sam@northwind.example" };
  expect(await readBackUntil(context, revoke, input)).toMatchObject({ proven: false, nothingToRead: true });
  expect(await isProven(context, revoke, input)).toBe("unreadable");
  expect(calls).toEqual([]);
});

test("a fault of the program is not taken for a failure of the vendor's", async () => {
  const { context } = createPretendContext({ [GET]: [new TypeError("a wrong input")] });
  await expect(readBackUntil(context, deactivate, DEACTIVATED)).rejects.toThrow(TypeError);
  await expect(isProven(context, deactivate, DEACTIVATED)).rejects.toThrow(TypeError);
});

test("asked once, it is proven, not proven or unreadable", async () => {
  const ask = (answer: unknown) =>
    isProven(createPretendContext({ [GET]: [answer] }).context, deactivate, DEACTIVATED);
  expect(await ask(user("inactive"))).toBe("proven");
  expect(await ask(user("active"))).toBe("not_proven");
  expect(await ask(vendorFailure("timeout"))).toBe("unreadable");
  // A user who is gone was not deactivated.
  expect(await ask(vendorFailure("not_found"))).toBe("not_proven");
});

test("reading back ends in time and is proven exactly when some reading in time showed the effect", async () => {
  const answer = fc.constantFrom("active", "inactive", "failure");
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 1, maxLength: 30 }),
      fc.nat(60_000),
      async (list, limit) => {
        const answers = list.map((one) => (one === "failure" ? vendorFailure("timeout") : user(one)));
        const { context, calls, spent } = createPretendContext({ [GET]: answers }, limit);
        const { proven } = await readBackUntil(context, deactivate, DEACTIVATED);
        const seen = calls.map((_, index) => list[Math.min(index, list.length - 1)]);
        expect(spent()).toBeLessThanOrEqual(limit);
        expect(proven).toBe(seen.includes("inactive"));
      },
    ),
    { numRuns: 300 },
  );
});

test("a read that our credentials lack the right to is not waited for where that may be, and is a fault elsewhere", async () => {
  const reset = findOperation("slack.session.reset");
  const input = { userId: "U0SAM", teamId: "T0HOME" };
  const missing = vendorFailure("missing_scope");
  const { context, calls } = createPretendContext({ "slack.session.list": [missing], [GET]: [missing] });
  expect(await readBackUntil(context, reset, input)).toEqual({
    proven: false,
    nothingToRead: true,
    isDenied: true,
    sentence: "the Slack token may not list sessions (it lacks admin.users:read).",
    facts: {},
  });
  expect(calls).toEqual(["slack.session.list"]);
  const fault = await readBackUntil(context, deactivate, DEACTIVATED);
  expect(fault).toMatchObject({ proven: false, sentence: "it could not be read back within 60 s." });
});

test("a person whom Slack does not know, or of whom it lists more than a page, is not proven to be signed out", async () => {
  const reset = findOperation("slack.session.reset");
  const input = { userId: "U0SAM", teamId: "T0HOME" };
  const proof = async (answer: unknown) =>
    isProven(createPretendContext({ "slack.session.list": [answer] }).context, reset, input);
  expect(await proof(vendorFailure("not_found"))).toBe("not_proven");
  expect(await proof({ active_sessions: [], response_metadata: { next_cursor: "more" } })).toBe("not_proven");
  expect(await proof({ active_sessions: [{ session_id: 1 }] })).toBe("not_proven");
  expect(await proof({ active_sessions: [], response_metadata: { next_cursor: "" } })).toBe("proven");
});

test("an answer that names another account proves nothing, whatever it shows", async () => {
  const other = { ...user("inactive"), id: "zoomEve" };
  const { context } = createPretendContext({ [GET]: [other] }, 3_000);
  expect(await isProven(context, deactivate, DEACTIVATED)).toBe("unreadable");
  const proof = await readBackUntil(context, deactivate, DEACTIVATED);
  expect(proof).toMatchObject({ proven: false });
  expect(proof.facts.advice).toContain("answered about another account");
});
