import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PEOPLE, startCompany, type Company } from "../../playground/company.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { insertJudgement } from "../../src/request/judgement-store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let company: Company;
let fresh: FreshDatabase;
beforeAll(async () => {
  [company, fresh] = await Promise.all([startCompany({ rateLimits: false }), createFreshDatabase()]);
});
beforeEach(() => {
  company.slack.clearFaults();
});
afterAll(async () => {
  await company.close();
  await fresh.drop();
});

async function explain(...words: string[]) {
  return runCommand(["policy", "explain", ...words], {
    ...company.environment,
    DATABASE_URL: fresh.url,
    POLICY_FILE: "playground/policy.yml",
  });
}

describe("policy explain", () => {
  test("asks Slack as the app does, and tells what would be asked for", async () => {
    const { output } = await explain(PEOPLE.requester.id, "zoom-offboard", "sam@northwind.example");
    expect(output).toMatchInlineSnapshot(`
      "zoom-offboard, about sam@northwind.example: U0RILEY may ask for this, and others must approve.
      - They hold it-admins (user group S0IT).
      - zoom.user.get: it-admins has zoom:user:read:admin.
      - zoom.user.updateStatus: it-admins has zoom:user:write:admin.
      - zoom.user.revokeSsoToken: it-admins has zoom:user:write:admin.
      - cloudflare.access.revokeUserInAccount: it-admins has cloudflare:access:revoke.
      - cloudflare.access.revokeUserInZone: it-admins has cloudflare:access:revoke.
      - approvals[0]: One person with the role it-admins or security must approve within 24 hours, because the request is zoom-offboard.
      "
    `);
  });

  test("of an allow names the rule that lets it pass", async () => {
    const { output } = await explain("sasha@northwind.example", "zoom.user.getToken");
    expect(output).toMatchInlineSnapshot(`
      "Get a Zoom access key (ZAK) of a user: sasha@northwind.example may have this done, at once.
      - They hold security (user group S0SEC).
      - zoom.user.getToken: security has zoom:*, which covers zoom:user:read:token:admin.
      - approvals[4]: No approval is needed, because the request is zoom.user.getToken.
      "
    `);
  });

  test("of a protected person names the group by which they are protected", async () => {
    const { output, code } = await explain(PEOPLE.requester.id, "zoom.user.delete", PEOPLE.executive.id);
    expect(code).toBe(0);
    expect(output).toMatchInlineSnapshot(`
      "Delete or disassociate a Zoom user, about U0EVE: U0RILEY may ask for this, and others must approve.
      - They hold it-admins (user group S0IT).
      - zoom.user.delete: it-admins has zoom:user:write:admin.
      - protected[0]: the policy protects whom it is about (user group S0EXEC), so more is asked for.
      - approvals[1]: 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible.
      - protected[0]: 2 different people with the role security must approve within 24 hours, because the policy protects this person.
      "
    `);
  });

  test("of somebody who lost a role says when they last held it, and who could grant what is missing", async () => {
    await insertJudgement(fresh.database, {
      id: "V1",
      at: new Date("2026-05-04T10:00:00.000Z"),
      answer: "needs_approval",
      rule: "approvals[0]",
      policyVersion: "0123456789ab",
      question: {
        requester: { id: PEOPLE.stranger.id },
        roles: [{ role: "security", through: "user group S0SEC" }],
      },
    });
    const { output } = await explain(PEOPLE.stranger.id, "zoom.user.delete");
    expect(output).toMatchInlineSnapshot(`
      "Delete or disassociate a Zoom user: U0DANA may not have this done.
      - They hold no role.
      - On 2026-05-04T10:00:00.000Z they held security (user group S0SEC); they no longer do.
      - zoom.user.delete: missing, any one of zoom:user:delete:user:admin, zoom:user:write:admin.
      - Roles that have it: it-admins, security.
      - approvals[1]: 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible.
      "
    `);
  });

  test("of the person themselves says that nobody removes their own access", async () => {
    const { output } = await explain(PEOPLE.requester.id, "zoom-offboard", "riley@northwind.example");
    expect(output).toContain("may not have this done.");
    expect(output).toContain("It is about the person themselves: both are known as");
  });

  test("says nothing where Slack cannot be asked, and ends with 1", async () => {
    company.slack.addFault({
      kind: "answer",
      answer: { status: 200, body: { ok: false, error: "internal_error" } },
      path: /usergroups\.(users\.)?list/,
    });
    expect(await explain(PEOPLE.requester.id, "zoom-offboard")).toEqual({
      code: 1,
      output: "",
      error: "Slack did not say who is in the user group S0IT, S0SEC: internal_error.\n",
    });
  });

  test.each([["U0NOBODY"], ["nobody@northwind.example"]])(
    "says that Slack knows nobody as %s",
    async (who) => {
      const { code, error } = await explain(who, "zoom-offboard");
      expect({ code, error }).toEqual({
        code: 64,
        error: expect.stringMatching(`^Slack knows nobody as ${who}\\.\n`) as unknown,
      });
    },
  );

  test("works where the app never ran: nothing was asked for yet", async () => {
    const { code, output } = await runCommand(["policy", "explain", PEOPLE.requester.id, "zoom-offboard"], {
      ...company.environment,
      DATA_DIR: "/nowhere/at/all",
      POLICY_FILE: "playground/policy.yml",
    });
    expect(code).toBe(0);
    expect(output).toContain("They hold it-admins (user group S0IT).");
  });
});
