import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { policySchema } from "../../../src/permission/schema.ts";

/** The examples of docs/policy.md put together, with the roles that they speak of. */
function documented(): Record<string, unknown> {
  const page = readFileSync("docs/policy.md", "utf8");
  const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = ""]) => text);
  expect(blocks.length).toBeGreaterThan(4);
  const parts = blocks.map((text) => parse(text) as Record<string, object>);
  const roles = Object.fromEntries(
    ["security", "leads", "helpdesk"].map((name) => [name, { members: {}, scopes: ["zoom:*"] }]),
  );
  const whole: Record<string, unknown> = Object.assign({ version: 1 }, ...parts);
  return { ...whole, roles: { ...roles, ...(whole["roles"] as object) } };
}

test("the examples of the policy's page make a policy without a fault", () => {
  const policy = documented();
  // A rule for what else there is: the page shows only one of the kinds.
  const approvals = [
    ...(policy["approvals"] as object[]),
    { for: { risk: "irreversible" }, approvers: ["security"], expires: "8h" },
    { for: { risk: "reversible" }, approvers: ["security"], expires: "8h" },
  ];
  expect(() => parsePolicy(stringify({ ...policy, approvals }), "policy.yml", KNOWN_PLAYBOOKS)).not.toThrow();
});

test("every part of a policy stands on its page", () => {
  const shown = new Set(Object.keys(documented()));
  expect(Object.keys(policySchema.shape).filter((part) => !shown.has(part))).toEqual([]);
});
