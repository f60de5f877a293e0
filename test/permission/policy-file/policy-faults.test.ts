import { describe, expect, test } from "vitest";
import { changed, faultsOf, GOOD } from "../sample-policy.ts";

describe("reading a policy", () => {
  test.each<[string, string, string, string]>([
    [
      "an unknown key with what was meant",
      "    approvers: [it-admins, security]",
      "    aprovers: [it-admins, security]",
      "policy.yml:11:5: approvals[0].aprovers: This key is not known. Did you mean `approvers`?",
    ],
    [
      "an unknown key at the top",
      "protected:",
      "protcted:",
      "policy.yml:18:1: protcted: This key is not known. Did you mean `protected`?",
    ],
    [
      "an unknown key inside a role",
      "usergroups: [S0SEC]",
      "user_groups: [S0SEC]",
      "policy.yml:7:16: roles.security.members.user_groups: This key is not known. Did you mean `usergroups`?",
    ],
    [
      "an approver that is no role",
      "[it-admins, security]",
      "[it-admin, security]",
      "policy.yml:11:17: approvals[0].approvers[0]: There is no role `it-admin`. Did you mean `it-admins`?",
    ],
    [
      "a protector that is no role",
      "approvers: [security]\n    count: 2\ntests",
      "approvers: [nobody]\n    count: 2\ntests",
      "policy.yml:20:17: protected[0].approvers[0]: There is no role `nobody`.",
    ],
    [
      "a playbook that does not exist",
      "for: { playbook: zoom-offboard }",
      "for: { playbook: zoom-ofboard, risk: read }",
      "policy.yml:10:22: approvals[0].for.playbook: There is no playbook `zoom-ofboard`. Did you mean `zoom-offboard`?",
    ],
    [
      "a tested playbook that does not exist",
      "asks: { playbook: zoom-offboard",
      "asks: { playbook: lock",
      "policy.yml:24:23: tests[0].asks.playbook: There is no playbook `lock`.",
    ],
    [
      "a scope of no vendor",
      '"zoom:*"',
      '"zom:*"',
      "policy.yml:8:14: roles.security.scopes[0]: A scope starts with",
    ],
    [
      "a wildcard in the middle",
      '"zoom:*"',
      '"zoom:*:admin"',
      "policy.yml:8:14: roles.security.scopes[0]: A scope starts with",
    ],
    [
      "a wildcard inside a word",
      '"zoom:*"',
      '"zoom:us*"',
      "policy.yml:8:14: roles.security.scopes[0]: A scope starts with",
    ],
    [
      "a group that is no group id",
      "[S0SEC]",
      "[security-team]",
      "policy.yml:7:29: roles.security.members.usergroups[0]: A user group is named by",
    ],
    [
      "a person that is no user id",
      "users: []",
      "users: [sam@example.com]",
      "policy.yml:4:44: roles.it-admins.members.users[0]: A person is named by",
    ],
    [
      "an unknown rank",
      "[owner]",
      "[admn]",
      "policy.yml:4:59: roles.it-admins.members.workspace[0]: Must be one of owner, admin. Did you mean `admin`?",
    ],
    [
      "an unknown risk",
      "irreversible }",
      "ireversible }",
      "policy.yml:14:18: approvals[1].for.risk: Must be one of read, reversible, irreversible. Did you mean `irreversible`?",
    ],
    [
      "a duration that is none",
      "24h",
      "1 day",
      "policy.yml:13:14: approvals[0].expires: A duration is written like 30m, 24h or 7d, at most 90d.",
    ],
    [
      "a duration without end",
      "24h",
      "9999d",
      "policy.yml:13:14: approvals[0].expires: A duration is written",
    ],
    [
      "a rule that never expires",
      "    expires: 24h\n",
      "",
      "policy.yml:10:5: approvals[0]: Say when waiting ends: `expires`, such as 24h.",
    ],
    [
      "a negative count",
      "count: 1",
      "count: -1",
      "policy.yml:12:12: approvals[0].count: A count cannot be negative.",
    ],
    ["half a person", "count: 1", "count: 1.5", "policy.yml:12:12: approvals[0].count: "],
    [
      "a protection that asks for nobody",
      "count: 2\ntests",
      "count: 0\ntests",
      "policy.yml:21:12: protected[0].count: A protected person needs at least one approval.",
    ],
    [
      "approvals that nobody may give",
      "[it-admins, security]",
      "[]",
      "policy.yml:11:5: approvals[0].approvers: Approvals are asked for, but no role may give them.",
    ],
    [
      "a rule for everything",
      "for: { risk: irreversible }",
      "for: {}",
      "policy.yml:14:5: approvals[1].for: Say what this is for: a playbook, a risk, or both.",
    ],
    ["another version", "version: 1", "version: 2", "policy.yml:1:10: version: Must be 1."],
    ["a missing key", "version: 1\n", "", "policy.yml:1:1: version: Missing: must be 1."],
    [
      "members left blank",
      "members: { usergroups: [S0SEC] }",
      "members:",
      "policy.yml:7:13: roles.security.members: Expected a map, found nothing.",
    ],
    [
      "a list where a map belongs",
      "members: { usergroups: [S0SEC] }",
      "members: [S0SEC]",
      "policy.yml:7:5: roles.security.members: Expected a map, found a list.",
    ],
    [
      "a role name that is no name",
      "  security:\n",
      "  Security Team:\n",
      "policy.yml:6:3: roles.Security Team: A name is lower-case",
    ],
    ["the same role twice", "  security:\n", "  it-admins:\n", "policy.yml:6:3: Map keys must be unique."],
    [
      "an expectation that is none",
      "expect: needs_approval",
      "expect: approval",
      "policy.yml:26:13: tests[0].expect: Must be one of allowed, needs_approval, denied.",
    ],
    [
      "a key that would vanish",
      "  security:\n",
      "  __proto__:\n",
      "policy.yml:6:3: A key must be plain text.",
    ],
    ["a tag", "count: 1", "count: !!js/function 1", "policy.yml:12:12: "],
    ["a second document", "tests:\n", "---\ntests:\n", "policy.yml:22:"],
  ])("reports %s", (_, from, to, fault) => {
    const faults = faultsOf(changed(from, to));
    expect(faults.map((line) => line.slice(0, fault.length))).toContain(fault);
  });

  test("reports every fault at once, in the order of the file", () => {
    const text = GOOD.replace("users: []", "users: [sam]")
      .replace("[it-admins, security]", "[it]")
      .replace("count: 2\n    expires: 8h", "cuont: 2\n    expires: soon")
      .replace("who: U0HELPDESK", "who: 7");
    const places = faultsOf(text).map((line) => line.split(" ", 2).join(" "));
    expect(places).toEqual([
      "policy.yml:4:44: roles.it-admins.members.users[0]:",
      "policy.yml:11:17: approvals[0].approvers[0]:",
      "policy.yml:16:5: approvals[1].cuont:",
      "policy.yml:17:14: approvals[1].expires:",
      "policy.yml:23:10: tests[0].who:",
    ]);
  });
});
