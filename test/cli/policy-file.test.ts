import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GOOD } from "../permission/sample-policy.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { spawnCli } from "./spawn-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "policy-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A policy in a file; what is printed names it `policy.yml`, wherever it is. */
async function run(words: readonly string[], text: string) {
  const file = join(folder, `${words.join("-")}-${text.length}.yml`);
  await writeFile(file, text);
  const { code, output, error } = await runCommand(words, { POLICY_FILE: file });
  return {
    code,
    output: output.trimEnd().replaceAll(file, "policy.yml"),
    error: error.trimEnd().replaceAll(file, "policy.yml"),
  };
}

const FAILING = GOOD.replace("expect: needs_approval", "expect: allowed");
const FAULTY = GOOD.replace("approvers: [security]", "approvers: [securty]").replace("count: 1", "cuont: 1");

describe("policy test", () => {
  test("prints every test with why it came out so, and ends well where all pass", async () => {
    expect(await run(["policy", "test"], GOOD)).toMatchInlineSnapshot(`
      {
        "code": 0,
        "error": "",
        "output": "passed  tests[0]: U0HELPDESK asks for zoom-offboard delete about sam@example.com: needs_approval
              You may ask for this as it-admins (user group S0IT). One person with the role it-admins or security must approve within 24 hours, because the request is zoom-offboard. 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible.
      1 of 1 tests passed.",
      }
    `);
  });

  test("ends with 1 where one fails, and says what the policy answers instead", async () => {
    expect(await run(["policy", "test"], FAILING)).toMatchInlineSnapshot(`
      {
        "code": 1,
        "error": "",
        "output": "FAILED  tests[0]: U0HELPDESK asks for zoom-offboard delete about sam@example.com: expected allowed, but the policy answers needs_approval
              You may ask for this as it-admins (user group S0IT). One person with the role it-admins or security must approve within 24 hours, because the request is zoom-offboard. 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible.
      0 of 1 tests passed.",
      }
    `);
  });

  test("says so where there is none", async () => {
    const { code, output } = await run(["policy", "test"], GOOD.slice(0, GOOD.indexOf("tests:")));
    expect({ code, output }).toEqual({ code: 0, output: "policy.yml has no tests." });
  });
});

describe("policy lint", () => {
  test("prints every fault with its line and what was meant, and ends with 78", async () => {
    expect(await run(["policy", "lint"], FAULTY)).toMatchInlineSnapshot(`
      {
        "code": 78,
        "error": "The policy cannot be used; 2 faults:
        policy.yml:12:5: approvals[0].cuont: This key is not known.
        policy.yml:15:17: approvals[1].approvers[0]: There is no role \`securty\`. Did you mean \`security\`?",
        "output": "",
      }
    `);
  });

  test("refuses a policy whose own tests fail", async () => {
    const { code, error } = await run(["policy", "lint"], FAILING);
    expect(code).toBe(78);
    expect(error).toContain("tests[0]: The test expects allowed, but the policy answers needs_approval.");
  });

  test("says how much there is in a good one", async () => {
    const { code, output } = await run(["policy", "lint"], GOOD);
    expect(code).toBe(0);
    expect(output).toMatch(/2 roles, 2 approval rules, 1 of 1 tests passed\.$/m);
  });

  test("warns with the line of what is legal and surely not meant, and ends with 1 only when it is strict", async () => {
    const lenient = await run(["policy", "lint"], GOOD);
    expect(lenient.code).toBe(0);
    expect(lenient.output).toContain("policy.yml:8:48: roles.security.scopes[2]: `*` grants everything");
    expect(await run(["policy", "lint", "--strict"], GOOD)).toMatchObject({
      code: 1,
      output: lenient.output,
    });
  });
});

describe("the command line", () => {
  test.each([
    [["policy", "lnit"], "There is no command “policy lnit”."],
    [["policy", "lint", "--loud"], "Unknown option '--loud'."],
    [["policy", "test", "twice"], "This command takes nothing more, and “twice” was given."],
    [["policy", "explain", "U0SAM"], "Say who, what, and if you like about whom"],
    [
      ["policy", "explain", "U0SAM", "zoom-ofboard"],
      "There is no playbook or operation called “zoom-ofboard”. Did you mean zoom-offboard?",
    ],
    [["policy", "simulate", "--days", "0"], "--days is a whole number from 1 to 3650, and “0” was given."],
    [["policy", "simulate", "--days"], "Option '--days <value>' argument missing."],
    [["policy", "simulate", "10"], "“10” is no option of policy simulate."],
  ])("answers %j with a plain sentence and 64", async (words, sentence) => {
    const { code, output, error } = await runCommand(words, {});
    expect({ code, output }).toEqual({ code: 64, output: "" });
    expect(error).toContain(sentence);
    expect(error).not.toContain("    at ");
  });

  test("shows every command when asked for help", async () => {
    const { code, output } = await runCommand(["help"], {});
    expect(code).toBe(0);
    for (const name of ["explain", "lint", "simulate", "test"]) expect(output).toContain(`policy ${name}`);
  });

  test("writes answers to standard output and faults to standard error", async () => {
    const environment = { POLICY_FILE: "playground/policy.yml" };
    const [good, wrong] = await Promise.all([
      spawnCli(["policy", "test"], environment),
      spawnCli(["policy", "lint", "twice"], environment),
    ]);
    expect(good).toEqual({ code: 0, output: "playground/policy.yml has no tests.\n", error: "" });
    expect(wrong).toMatchObject({ code: 64, output: "" });
    expect(wrong.error).toContain("“twice”");
  });
});
