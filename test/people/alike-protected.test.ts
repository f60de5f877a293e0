import { afterAll, beforeAll, expect, test } from "vitest";
import { alikeProtected } from "../../src/people/alike-protected.ts";
import { decide } from "../../src/permission/decide/decide.ts";
import { standingOf } from "../../src/permission/decide/roles.ts";
import type { Policy } from "../../src/permission/schema.ts";
import { rememberAddress } from "../../src/request/address-store.ts";
import { insertRequest } from "../../src/request/store.ts";
import type { Directory, SlackPerson } from "../../src/slack/directory.ts";
import { askedPerson } from "../../src/workflow/judge/judge-request.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";
import { HOME, person } from "../permission/organisation.ts";
import { samplePlan } from "../workflow/sample-plan.ts";

const at = new Date(Date.UTC(2026, 5, 1, 12));
const policy: Policy = {
  version: 1,
  roles: {
    helpdesk: { members: { users: ["U0HELP"] }, scopes: ["zoom:*"] },
    security: { members: {}, scopes: [] },
  },
  approvals: [{ for: { playbook: "zoom-offboard" }, count: 0 }],
  protected: [{ members: { usergroups: ["S0EXEC"], users: ["U0GONE"] }, approvers: ["security"], count: 2 }],
};

function slackPerson(id: string, name: string, facts: Partial<SlackPerson> = {}): SlackPerson {
  return {
    id,
    name,
    teamId: HOME,
    email: `${id.toLowerCase()}@corp.example`,
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isExternal: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    ...facts,
  };
}

const everyone = [
  slackPerson("U0DANA", "Dana Reyes"),
  slackPerson("U0GONE", "Kim Olsen", { deleted: true, email: "kim.olsen@corp.example" }),
];
const directory: Directory = {
  person: async (id) => everyone.find((one) => one.id === id),
  personByEmail: async () => undefined,
  groupMembers: async (ids) => ({
    members: new Map(ids.map((id) => [id, new Set(id === "S0EXEC" ? ["U0DANA"] : [])])),
    last: new Map(),
  }),
};

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
  await rememberAddress(fresh.database, { slackId: "U0DANA", email: "d.r.81@corp.example", at }, []);
  await insertRequest(fresh.database, {
    id: "V0BEFORE",
    playbook: "zoom-offboard",
    requester: { id: "U0HELP" },
    plan: {
      ...samplePlan(),
      target: {
        name: "Dana",
        email: "q7@corp.example",
        slackId: "U0DANA",
        zoomUserId: "zoomDana",
        found: [],
      },
    },
    state: "done",
    decision: { kind: "allowed", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: at,
    finishedAt: at,
    attempt: 0,
    round: 0,
  });
});
afterAll(async () => {
  await fresh.drop();
});

const compare = (unknown: Parameters<typeof alikeProtected>[1], now = policy) =>
  alikeProtected({ directory, names: directory, database: fresh.database, policy: now, now: at }, unknown);

test.each([
  ["by name", { emails: ["dana.reyes@private.example"], names: [] }, "U0DANA"],
  ["by the name that Zoom shows", { emails: ["z9@private.example"], names: ["Dana Reyes"] }, "U0DANA"],
  ["by an address that Slack showed before", { emails: ["d.r.81@corp.example"], names: [] }, "U0DANA"],
  ["by the address of an earlier request", { emails: ["q7@corp.example"], names: [] }, "U0DANA"],
  [
    "by the Zoom user of an earlier request",
    { emails: ["z9@x.example"], names: [], zoomUserId: "zoomDana" },
    "U0DANA",
  ],
  ["by the address of a deactivated member", { emails: ["kim.olsen@corp.example"], names: [] }, "U0GONE"],
])("somebody whom Slack does not know may be a protected person %s", async (_what, unknown, id) => {
  expect(await compare(unknown)).toEqual([id]);
});

test("and is nobody of them otherwise, nor where the policy protects nobody", async () => {
  expect(await compare({ emails: ["sam.rivers@private.example"], names: ["Sam Rivers"] })).toEqual([]);
  const open: Policy = { ...policy, protected: [] };
  expect(await compare({ emails: ["dana.reyes@private.example"], names: [] }, open)).toEqual([]);
});

async function answer(now: Policy, email: string, slackId?: string) {
  const context = {
    alikeProtected: (unknown: Parameters<typeof alikeProtected>[1]) => compare(unknown, now),
    targetGroups: async (ids: readonly string[]) => ({ S0EXEC: ids.includes("U0DANA") }),
  };
  const names = slackId === undefined ? [email] : [slackId, email];
  return decide({
    policy: now,
    requester: standingOf(now, person({ id: "U0HELP", email: "help@corp.example" }), HOME),
    target: await askedPerson(context, now, names),
    playbook: "zoom-offboard",
    operations: [{ name: "zoom.user.updateStatus", risk: "reversible", scopes: ["zoom:user:write:admin"] }],
    at,
    history: [],
  });
}

test("on a likeness the help desk needs what the protected need, and a mention settles it", async () => {
  expect(await answer(policy, "dana.reyes@private.example")).toMatchObject({
    kind: "needs_approval",
    rules: [{ id: "protected[0]" }],
  });
  expect(await answer(policy, "dana.reyes@private.example", "U0OTHER")).toMatchObject({ kind: "allowed" });
  expect(await answer(policy, "sam.rivers@private.example")).toMatchObject({ kind: "allowed" });
});

test("a deny rule holds on a likeness as well, and says how to settle it", async () => {
  const denying: Policy = {
    ...policy,
    deny: [{ target: { usergroups: ["S0EXEC"] }, reason: "Not the board." }],
  };
  const denied = await answer(denying, "dana.reyes@private.example");
  expect(denied).toMatchObject({ kind: "denied", rule: "deny[0]" });
  expect(denied.kind === "denied" && denied.reason).toContain("Mention them in Slack");
  expect(await answer(denying, "sam.rivers@private.example")).toMatchObject({ kind: "allowed" });
});

test("the policy can ask for it whenever Slack does not know somebody", async () => {
  const always: Policy = { ...policy, not_in_slack: "protected" };
  expect(await answer(always, "sam.rivers@private.example")).toMatchObject({
    kind: "needs_approval",
    rules: [{ id: "protected[0]" }],
  });
  expect(await answer(always, "sam.rivers@private.example", "U0SAM")).toMatchObject({ kind: "allowed" });
});
