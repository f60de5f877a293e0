import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { warningsOf } from "../../../src/permission/policy-file/warnings.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";

const SHIPPED = readFileSync(new URL("../../../policy.yml", import.meta.url), "utf8");

const BASE = `version: 1
roles:
  it-admins:
    members: { usergroups: [S0IT] }
    scopes: ["zoom:user:write:admin"]
  security:
    members: { usergroups: [S0SEC] }
    scopes: ["zoom:*", "cloudflare:*", "deadbolt:lockout"]
approvals:
  - for: { playbook: zoom-offboard }
    approvers: [it-admins, security]
    count: 1
    expires: 24h
  - for: { playbook: "zoom.*", risk: reversible }
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
    expires: 24h
`;

/** The warnings as lines of path and message, of a policy that has no fault. */
function warned(text: string): string[] {
  parsePolicy(text, "policy.yml", KNOWN_PLAYBOOKS);
  return warningsOf(text, KNOWN_PLAYBOOKS).map(
    ({ path, message, suggestion }) =>
      `${path}: ${message}${suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`}`,
  );
}

function changed(from: string, to: string): string {
  expect(BASE).toContain(from);
  return BASE.replace(from, to);
}

const GLASS = `break_glass: { at_most: 1, within: 7d, review: { by: [security], within: 24h } }\n`;
const OFFICE = `calendars:\n  office: { days: [mon, tue], hours: "08:00-18:00", time_zone: Europe/Berlin }\n`;
const SECURITY = `members: { usergroups: [S0SEC] }\n    scopes: ["zoom:*", "cloudflare:*", "deadbolt:lockout"]`;
const EXEC = "members: { usergroups: [S0EXEC] }";
const IRREVERSIBLE = `  - for: { risk: irreversible }
    approvers: [security]
    count: 2
    expires: 8h
`;

describe("what is legal in a policy and surely not meant", () => {
  test("is nothing in the policy that comes with the app, nor in the one that the cases change", () => {
    expect(warned(SHIPPED)).toEqual([]);
    expect(warned(BASE)).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      "a scope that no operation asks for",
      changed("zoom:user:write:admin", "zoom:user:wirte:admin"),
      "roles.it-admins.scopes[0]: No operation asks for the scope `zoom:user:wirte:admin`, so it grants nothing. Did you mean `zoom:user:write:admin`?",
    ],
    [
      "a tail that covers nothing",
      changed("zoom:user:write:admin", "zoom:usr:*"),
      "roles.it-admins.scopes[0]: No operation asks for the scope `zoom:usr:*`",
    ],
    [
      "a power of Deadbolt's that does not exist",
      changed('"deadbolt:lockout"', '"deadbolt:lockout", "deadbolt:breakglass"'),
      "roles.security.scopes[3]: No operation asks for the scope `deadbolt:breakglass`, so it grants nothing. Did you mean `deadbolt:break-glass`?",
    ],
    [
      "everything granted by one character",
      changed('"cloudflare:*"', '"*"'),
      "roles.security.scopes[1]: `*` grants everything",
    ],
    [
      "a scope that grants nothing",
      changed('"deadbolt:lockout"', '"deadbolt:lockout", "deadbolt:approve"'),
      "roles.security.scopes[3]: `deadbolt:approve` grants nothing",
    ],
    [
      "a scope twice",
      changed('"cloudflare:*"', '"zoom:*"'),
      "roles.security.scopes[1]: `zoom:*` is in this list already.",
    ],
    [
      "a role without members",
      changed("usergroups: [S0IT]", "usergroups: []"),
      "roles.it-admins.members: Nobody is in the role `it-admins`",
    ],
    [
      "an approver who is nobody",
      changed("usergroups: [S0SEC]", "users: []"),
      "approvals[2].approvers[0]: Nobody is in the role `security`, so nobody can approve with it.",
    ],
    [
      "a person twice in a role",
      changed("usergroups: [S0IT]", "users: [U0ANN, U0ANN]"),
      "roles.it-admins.members.users[1]: `U0ANN` is in this list already.",
    ],
    [
      "a role that does nothing",
      changed("approvals:", "  auditors:\n    members: { users: [U0ANN] }\n    scopes: []\napprovals:"),
      "roles.auditors: The role `auditors` has no scopes, and no rule names it: it does nothing.",
    ],
    [
      "nobody who can lock anyone out",
      changed(', "deadbolt:lockout"', ""),
      "roles: Nobody holds `deadbolt:lockout`",
    ],
    [
      "break-glass that nobody may use",
      `${BASE}${GLASS}`,
      "break_glass: Nobody holds `deadbolt:break-glass`: nobody can use break-glass.",
    ],
    [
      "break-glass that is granted and not set up",
      changed('"deadbolt:lockout"', '"deadbolt:lockout", "deadbolt:break-glass"'),
      "roles.security.scopes: `deadbolt:break-glass` is granted, but the policy has no `break_glass`",
    ],
    [
      "break-glass that only those review who use it",
      `${changed('"deadbolt:lockout"', '"deadbolt:lockout", "deadbolt:break-glass"')}${GLASS}`,
      "break_glass.review.by: Only those who may use break-glass review it.",
    ],
    [
      "a calendar that no rule uses",
      `${BASE}${OFFICE}`,
      "calendars.office: No rule uses the calendar `office`.",
    ],
    [
      "a schedule that no role uses",
      `${BASE}on_call:\n  night: { provider: pagerduty, schedule: PABC123 }\n`,
      "on_call.night: No role uses the schedule `night`.",
    ],
    [
      "an irreversible step that runs with nobody's approval",
      changed(
        IRREVERSIBLE,
        `  - for: { risk: irreversible }\n    approvers: [security]\n    count: 0\n`,
      ).replace("count: 1", "count: 0"),
      "approvals[2].count: With `count: 0`, what cannot be undone runs with nobody's approval.",
    ],
    [
      "two of two, where one of them asks",
      changed(SECURITY, SECURITY.replace("usergroups: [S0SEC]", "users: [U0ANN, U0BOB]")),
      "approvals[2].count: 2 of 2 people must approve. When one of them asks, 1 is left, and nobody can meet the rule.",
    ],
    [
      "the only approver, who asks",
      changed("approvers: [it-admins, security]\n    count: 1", "people: [U0ANN]\n    count: 1").replace(
        "usergroups: [S0IT]",
        "users: [U0ANN]",
      ),
      "approvals[0]: 1 of 1 people must approve. When one of them asks, 0 are left",
    ],
    [
      "more approvals than there are people",
      changed("approvals:", "  board:\n    members: { users: [U0EVE] }\n    scopes: []\napprovals:").replace(
        "approvers: [security]\n    count: 2\n    expires: 8h",
        "approvers: [board]\n    count: 2\n    expires: 8h",
      ),
      "approvals[2].count: 2 people must approve, but only 1 can.",
    ],
    [
      "an approver role twice",
      changed("approvers: [it-admins, security]", "approvers: [security, security]"),
      "approvals[0].approvers[1]: `security` is in this list already.",
    ],
    [
      "an expiry that nobody can make",
      changed("expires: 8h", "expires: 5m"),
      "approvals[2].expires: Hardly anyone can read and approve it in time",
    ],
    [
      "an escalation that adds nobody",
      changed("expires: 8h", "expires: 8h\n    escalate: { after: 1h, to: [security] }"),
      "approvals[2].escalate.to: Escalating adds nobody",
    ],
    [
      "an empty list of protections",
      changed(BASE.slice(BASE.indexOf("protected:")), "protected: []\n"),
      "protected: Nobody is protected",
    ],
    [
      "a protection of nobody",
      changed(EXEC, "members: { usergroups: [], users: [] }"),
      "protected[0].members: This protects nobody",
    ],
    [
      "a protection of everyone",
      changed(EXEC, 'members: { emails: ["*@*"] }'),
      "protected[0].members.emails[0]: `*@*` is everyone who has an e-mail address.",
    ],
    [
      "a regular expression in a protection",
      changed(EXEC, 'members: { emails: [".*@board.example.com"] }'),
      "protected[0].members.emails[0]: `.*@board.example.com` looks like a regular expression",
    ],
    [
      "a regular expression in a denial",
      `${BASE}deny:\n  - target: { emails: ["(ann|bob)@example.com"] }\n    reason: No.\n`,
      "deny[0].target.emails[0]: `(ann|bob)@example.com` looks like a regular expression",
    ],
    [
      "a limit that counts lockouts",
      `${BASE}limits:\n  - { at_most: 3, within: 1h }\n`,
      "limits[0]: After 3 in 1h, lockouts are denied as well.",
    ],
    [
      "a limit for a risk that lockouts have",
      `${BASE}limits:\n  - { for: { risk: reversible }, at_most: 3, within: 1h }\n`,
      "limits[0]: After 3 in 1h, lockouts are denied as well.",
    ],
    [
      "a window that shuts lockouts",
      `${BASE}${OFFICE}windows:\n  - { for: { playbook: lockout }, during: office }\n`,
      "windows[0]: Lockouts are denied outside `office`.",
    ],
    [
      "a denial of every lockout",
      `${BASE}deny:\n  - { for: { playbook: lockout }, reason: No. }\n`,
      "deny[0]: This denies every lockout, to everyone.",
    ],
    [
      "a denied playbook whose effect another name still has",
      `${BASE}deny:\n  - { for: { playbook: zoom-offboard }, target: { usergroups: [S0EXEC] }, reason: No. }\n`,
      "deny[0]: `zoom-offboard` is denied, and the same can still be done by `zoom.user.updateStatus`",
    ],
    [
      "an effect that is denied by one name and open by others",
      `${BASE}deny:\n  - { for: { playbook: zoom-offboard }, who: { roles: [it-admins] }, reason: No. }\n`,
      "deny[0].for: `zoom-offboard` is denied, and `effect: closes-zoom` is still open by `zoom.",
    ],
    [
      "an effect that is denied by the name of an operation and open by a playbook",
      `${BASE}deny:\n  - { for: { playbook: "zoom.*" }, who: { roles: [it-admins] }, reason: No. }\n`,
      "deny[0].for: `zoom.*` is denied, and `effect: closes-zoom` is still open by `zoom-offboard`",
    ],
  ])("%s", (_name, text, warning) => {
    expect(warned(text).filter((line) => line.startsWith(warning))).not.toEqual([]);
  });

  test("a denial of the effect leaves it open by no name", () => {
    const who = "who: { roles: [it-admins] }, reason: No. }";
    const denied = `${BASE}deny:\n  - { for: { effect: closes-zoom }, ${who}\n`;
    expect(warned(denied)).toEqual(warned(BASE));
    expect(warned(`${denied}  - { for: { playbook: zoom-offboard }, ${who}\n`)).toEqual(warned(BASE));
  });

  test("a denial of the playbook and of what it does leaves no side door", () => {
    const deny = `deny:
  - { for: { playbook: zoom-offboard }, target: { usergroups: [S0EXEC] }, reason: No. }
  - { for: { playbook: "zoom.*" }, target: { usergroups: [S0EXEC] }, reason: No. }
`;
    const lines = warned(`${BASE}${deny}`);
    expect(lines.filter((line) => line.includes("zoom."))).toEqual([]);
  });
});
