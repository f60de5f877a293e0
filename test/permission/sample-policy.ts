import { expect } from "vitest";
import { parsePolicy } from "../../src/permission/policy-file/policy.ts";
import { PolicyError } from "../../src/permission/policy-file/policy-error.ts";
import type { KnownPlaybook } from "../../src/permission/policy-file/references.ts";

/** The playbooks that the sample speaks of. */
export const playbooks: KnownPlaybook[] = [{ name: "zoom-offboard", risks: ["reversible", "irreversible"] }];

/** A policy with every part in it and no fault. */
export const GOOD = `version: 1
roles:
  it-admins:
    members: { usergroups: [S0IT], users: [], workspace: [owner] }
    scopes: ["zoom:user:write:admin", "cloudflare:access:revoke"]
  security:
    members: { usergroups: [S0SEC] }
    scopes: ["zoom:*", "deadbolt:break-glass", "*"]
approvals:
  - for: { playbook: zoom-offboard }
    approvers: [it-admins, security]
    count: 1
    expires: 24h
  - for: { risk: irreversible }
    approvers: [security]
    count: 2
    expires: 8h
protected:
  - members: { usergroups: [S0EXEC] }
    approvers: [security]
    count: 2
tests:
  - who: U0HELPDESK
    asks: { playbook: zoom-offboard, target: sam@example.com, action: delete }
    given: { groups: { S0IT: [U0HELPDESK], S0EXEC: [] } }
    expect: needs_approval
`;

/** The faults of a policy as lines of text; none when it can be used. */
export function faultsOf(text: string, known = playbooks): string[] {
  try {
    parsePolicy(text, "policy.yml", known);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    return (error as PolicyError).message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

/** The good policy with one passage replaced. */
export function changed(from: string, to: string): string {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
}
