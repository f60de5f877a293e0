import { expect, test } from "vitest";
import { mayDecide } from "../../src/approval/may-decide.ts";

const request = {
  rules: [{ id: "approvals[0]", stages: [{ parts: [{ roles: ["it-admins"], people: [], count: 1 }] }] }],
  requester: { id: "U0RILEY", aliases: ["riley@example.com"] },
  planHash: "hash",
  expiresAt: new Date(10_000),
};
const decider = { roles: ["it-admins"], planHash: "hash", at: new Date(0) };

test("without an e-mail of the decider and a Slack id of the target, it could be the same person, so it is a no", () => {
  const about = { ...request, target: { aliases: ["alex@example.com"] } };
  expect(mayDecide(about, { ...decider, person: { id: "U0ALEX", aliases: [] } })).toMatchObject({
    may: false,
  });
  expect(
    mayDecide(about, { ...decider, person: { id: "U0NOOR", aliases: ["noor@example.com"] } }),
  ).toMatchObject({
    may: true,
  });
});

test("with the target's Slack id there is no such doubt", () => {
  const about = { ...request, target: { aliases: ["sam@example.com", "U0SAM"] } };
  expect(mayDecide(about, { ...decider, person: { id: "U0ALEX", aliases: [] } })).toMatchObject({
    may: true,
  });
});
