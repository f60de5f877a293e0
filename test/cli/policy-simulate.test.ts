import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import { simulateSince } from "../../src/cli/policy-simulate.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { KNOWN_PLAYBOOKS } from "../../src/workflow/judge/known-playbooks.ts";
import { askedOperation } from "../../src/permission/decide/asked-operation.ts";
import { decide, type DecisionInput } from "../../src/permission/decide/decide.ts";
import { parsePolicy } from "../../src/permission/policy-file/policy.ts";
import { recordQuestion } from "../../src/permission/simulate/recorded-question.ts";
import { standingOf } from "../../src/permission/decide/roles.ts";
import { insertJudgement } from "../../src/request/judgement-store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

const POLICY = `version: 1
roles:
  it-admins: { members: { usergroups: [S0IT] }, scopes: ["zoom:user:write:admin"] }
  security: { members: { usergroups: [S0SEC] }, scopes: ["zoom:*"] }
approvals:
  - { for: { playbook: zoom-offboard }, approvers: [security], expires: 24h }
  - { for: { risk: reversible }, approvers: [it-admins], count: 0 }
  - { for: { risk: irreversible }, approvers: [security], count: 2, expires: 8h }
`;
/** Milder for deletions, stricter for what can be undone, and with a group of which nothing is known. */
const CHANGED = `version: 1
roles:
  it-admins: { members: { usergroups: [S0IT] }, scopes: ["zoom:user:write:admin"] }
  security: { members: { usergroups: [S0SEC] }, scopes: ["zoom:*"] }
limits:
  - { for: { risk: reversible }, at_most: 2, within: 1h }
deny:
  - { for: { risk: reversible }, target: { emails: ["ceo@*"] }, reason: Not the chief. }
approvals:
  - { for: { playbook: zoom-offboard }, approvers: [security], expires: 24h }
  - { for: { risk: reversible }, approvers: [it-admins], count: 0 }
  - { for: { risk: irreversible }, approvers: [security, it-admins], expires: 8h }
`;
const WITH_A_GROUP = `${POLICY}protected:
  - { members: { usergroups: [S0EXEC] }, approvers: [security] }
`;
const policyOf = (text: string) => parsePolicy(text, "policy.yml", KNOWN_PLAYBOOKS).policy;
const before = policyOf(POLICY);
const HOME = "T0HOME";

let fresh: FreshDatabase;
let folder: string;
beforeAll(async () => {
  [fresh, folder] = await Promise.all([createFreshDatabase(), mkdtemp(join(tmpdir(), "policy-"))]);
});
afterAll(async () => {
  await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
});

/** Asks the policy of before, and keeps the judgement as the app does. */
async function keep(id: string, at: Date, operation: string, target: string): Promise<void> {
  const question: DecisionInput = {
    policy: before,
    requester: standingOf(
      before,
      {
        id: "U0RILEY",
        teamId: HOME,
        email: "riley@example.com",
        isBot: false,
        isRestricted: false,
        isUltraRestricted: false,
        isStranger: false,
        deleted: false,
        isOwner: false,
        isAdmin: false,
        isLockedOut: false,
        groups: { S0IT: true, S0SEC: false },
        onCall: {},
      },
      HOME,
    ),
    target: { slackIds: ["U0SAM"], emails: [target], groups: {} },
    playbook: operation,
    operations: [askedOperation(findOperation(operation))],
    at,
    history: [],
  };
  const decision = decide(question);
  const rule =
    decision.kind === "needs_approval" ? decision.rules.map((one) => one.id).join(", ") : decision.rule;
  await insertJudgement(fresh.database, {
    id,
    at,
    answer: decision.kind,
    rule,
    policyVersion: "0123456789ab",
    question: recordQuestion(question, decision, undefined),
  });
}

const HALF_AN_HOUR = 1_800_000;
const NOON = Date.parse("2026-06-01T12:00:00.000Z");

describe("policy simulate", () => {
  test("says what would come out otherwise, milder first, with examples", async () => {
    for (let index = 0; index < 7; index++)
      await keep(`D${index}`, new Date(NOON + index * HALF_AN_HOUR), "zoom.user.delete", "sam@example.com");
    await keep("S1", new Date(NOON), "zoom.user.updateStatus", "ceo@example.com");
    for (let index = 2; index < 6; index++)
      await keep(`S${index}`, new Date(NOON + index), "zoom.user.updateStatus", "sam@example.com");
    const lines = await simulateSince(fresh.database, policyOf(CHANGED), new Date(NOON));
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "12 replayed: 2 the same, 7 milder, 0 with other approvals, 3 stricter, 0 not answerable from what was recorded.

      milder: needs approval (approvals[2]: 2 different people with the role security within 8 hours) → needs approval (approvals[2]: one person with the role security or it-admins within 8 hours): 7
        2026-06-01T12:00:00.000Z  U0RILEY (riley@example.com)  zoom.user.delete  about U0SAM, sam@example.com
        2026-06-01T12:30:00.000Z  U0RILEY (riley@example.com)  zoom.user.delete  about U0SAM, sam@example.com
        2026-06-01T13:00:00.000Z  U0RILEY (riley@example.com)  zoom.user.delete  about U0SAM, sam@example.com
        2026-06-01T13:30:00.000Z  U0RILEY (riley@example.com)  zoom.user.delete  about U0SAM, sam@example.com
        2026-06-01T14:00:00.000Z  U0RILEY (riley@example.com)  zoom.user.delete  about U0SAM, sam@example.com
        and 2 more

      stricter: allowed (approvals[1]) → denied (limits[0]): 2
        2026-06-01T12:00:00.004Z  U0RILEY (riley@example.com)  zoom.user.updateStatus  about U0SAM, sam@example.com
        2026-06-01T12:00:00.005Z  U0RILEY (riley@example.com)  zoom.user.updateStatus  about U0SAM, sam@example.com

      stricter: allowed (approvals[1]) → denied (deny[0]): 1
        2026-06-01T12:00:00.000Z  U0RILEY (riley@example.com)  zoom.user.updateStatus  about U0SAM, ceo@example.com"
    `);
  });

  test("of the policy of before says that all is the same", async () => {
    expect(await simulateSince(fresh.database, before, new Date(NOON))).toEqual([
      "12 replayed: 12 the same, 0 milder, 0 with other approvals, 0 stricter, 0 not answerable from what was recorded.",
    ]);
  });

  test("guesses nothing about a group that was not looked up", async () => {
    const lines = await simulateSince(fresh.database, policyOf(WITH_A_GROUP), new Date(NOON));
    expect(lines[0]).toContain("12 not answerable");
    expect(lines[2]).toBe("not answerable: the user group S0EXEC was not looked up then: 12");
  });

  test("lets limits count what was asked before the time that is looked at", async () => {
    const lines = await simulateSince(fresh.database, policyOf(CHANGED), new Date(NOON + 4));
    expect(lines[0]).toContain("2 stricter");
  });

  test("walks every page once, also where many were asked in the same moment", async () => {
    await fresh.database.query(
      `insert into deadbolt.judgement (id, at, answer, rule, policy_version, question)
       select 'P' || number, at + interval '1 day' + (number / 700) * interval '1 ms', answer, rule, policy_version, question
       from deadbolt.judgement, generate_series(1, 2300) as number where id = 'D0'`,
    );
    const [totals] = await simulateSince(fresh.database, before, new Date(NOON + 86_400_000));
    expect(totals).toMatch(/^2300 replayed: 2300 the same,/);
  });

  test("takes the days and the file that it is told, and says which policy it asked", async () => {
    const file = join(folder, "changed.yml");
    await writeFile(file, CHANGED);
    await keep("N1", new Date(Date.now() - HALF_AN_HOUR), "zoom.user.delete", "sam@example.com");
    const { code, output } = await runCommand(["policy", "simulate", "--days", "1", "--policy", file], {
      DATABASE_URL: fresh.url,
    });
    expect(code).toBe(0);
    expect(output.split("\n")[0]).toMatch(
      /^What was asked in the last 1 day, by .*changed\.yml \(version [0-9a-f]{12}\):$/,
    );
    expect(output).toContain("1 replayed: 0 the same, 1 milder,");
  });

  test("says so where there is no database, and where it is an older one", async () => {
    const environment = { POLICY_FILE: "playground/policy.yml" };
    const none = await runCommand(["policy", "simulate"], { ...environment, DATA_DIR: "/nowhere/at/all" });
    expect(none.code).toBe(78);
    expect(none.error).toContain("there is nothing to replay");
    const empty = await createFreshDatabase({ migrated: false });
    const older = await runCommand(["policy", "simulate"], { ...environment, DATABASE_URL: empty.url });
    await empty.drop();
    expect(older).toEqual({
      code: 1,
      output: "",
      error: "This database is of an older version. Start the app once, which brings it up to date.\n",
    });
  });
});
