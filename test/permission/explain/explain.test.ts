import { describe, expect, test } from "vitest";
import { explain, type Circumstances } from "../../../src/permission/explain/explain.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { standingOf, type PersonFacts } from "../../../src/permission/decide/roles.ts";
import { sentenceText, type Sentence } from "../../../src/permission/explain/sentence.ts";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";

const { policy } = parsePolicy(
  `version: 1
roles:
  it-admins:
    members: { usergroups: [S0IT] }
    scopes: ["zoom:user:write:admin"]
  security:
    members: { usergroups: [S0SEC], on_call: [first-line] }
    scopes: ["zoom:*"]
on_call:
  first-line: { provider: pagerduty, schedule: P1 }
calendars:
  office: { days: [mon, tue, wed, thu, fri], hours: "08:00-18:00", time_zone: requester }
identities:
  - [U1, admin-u1@example.com]
deny:
  - for: { playbook: zoom.user.delete }
    who: { roles: [it-admins] }
    target: { emails: ["*@board.example.com"] }
    reason: The board is offboarded by security only.
windows:
  - for: { risk: irreversible }
    during: office
limits:
  - for: { risk: irreversible }
    at_most: 2
    within: 1h
approvals:
  - for: { playbook: zoom-offboard }
    approvers: [it-admins, security]
    expires: 24h
  - for: { risk: irreversible }
    stages:
      - { name: manager, people: [U0BOSS] }
      - { name: security, approvers: [security], count: 2 }
    expires: 8h
    escalate: { after: 2h, to: [it-admins] }
protected:
  - members: { usergroups: [S0EXEC] }
    approvers: [security]
    count: 3
`,
  "policy.yml",
  KNOWN_PLAYBOOKS,
);

/** A Monday, in the middle of the morning in Berlin. */
const AT = new Date("2026-06-01T08:00:00Z");
const HOME = "T0HOME";

function person(groups: readonly string[], facts: Partial<PersonFacts> = {}) {
  const all: PersonFacts = {
    id: "U1",
    teamId: HOME,
    email: "u1@example.com",
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    groups: { S0IT: groups.includes("S0IT"), S0SEC: groups.includes("S0SEC") },
    onCall: { "first-line": false },
    isLockedOut: false,
    timeZone: "Europe/Berlin",
    ...facts,
  };
  return standingOf(policy, all, HOME);
}

const remove = {
  name: "zoom.user.delete",
  operations: [
    {
      name: "zoom.user.delete",
      risk: "irreversible",
      scopes: ["zoom:user:delete:user:admin", "zoom:user:write:admin"],
    },
  ],
} as const;
const look = {
  name: "zoom.user.get",
  operations: [{ name: "zoom.user.get", risk: "read", scopes: ["zoom:user:read:admin"] }],
} as const;

const texts = (sentences: readonly Sentence[]) => sentences.map(sentenceText);
const ask = (who: ReturnType<typeof person>, more: Partial<Circumstances> = {}) =>
  explain(policy, who, remove, { at: AT, history: [], ...more });
const someone = { slackIds: ["U9"], emails: ["sam@example.com"], groups: { S0EXEC: false } };
const earlier = (minutes: number, isOwn = true) => ({
  at: new Date(AT.getTime() - minutes * 60_000),
  playbook: "zoom.user.delete",
  risks: ["irreversible"] as const,
  isOwn,
  brokeGlass: false,
});

describe("an explanation", () => {
  test("names the role, the group that gives it, the grant that covers, the approvals, the window, the limit", () => {
    const found = ask(person(["S0IT"]), { target: someone, history: [earlier(10), earlier(20, false)] });
    expect(found).toMatchObject({ verdict: "needs_approval", target: [], whoCanGrant: [] });
    expect(texts(found.roles)).toEqual(["They hold it-admins (user group S0IT)."]);
    expect(texts(found.scopes)).toEqual(["zoom.user.delete: it-admins has zoom:user:write:admin."]);
    expect(texts(found.rules)).toMatchInlineSnapshot(`
      [
        "approvals[1]: <@U0BOSS> (manager), then 2 different people with the role security (security) must approve within 8 hours, because zoom.user.delete is irreversible. After 2 hours the role it-admins may approve as well.",
      ]
    `);
    expect(texts(found.times)).toMatchInlineSnapshot(`
      [
        "windows[0]: what is irreversible only Monday to Friday, 08:00 to 18:00 (the requester's time zone); that is now.",
        "limits[0]: at most 2 requests a person within 1 hour for what is irreversible; 1 is used, so there is room for 1.",
      ]
    `);
  });

  test("says through which wider grant a scope is held", () => {
    expect(texts(ask(person(["S0SEC"])).scopes)).toEqual([
      "zoom.user.delete: security has zoom:*, which covers zoom:user:delete:user:admin.",
    ]);
  });

  test("of a no names what is missing and who has it", () => {
    const found = ask(person([]), { target: someone });
    expect(found).toMatchObject({ verdict: "denied", whoCanGrant: ["it-admins", "security"] });
    expect(texts(found.roles)).toEqual(["They hold no role."]);
    expect(texts(found.scopes)).toEqual([
      "zoom.user.delete: missing, any one of zoom:user:delete:user:admin, zoom:user:write:admin.",
    ]);
  });

  test("of a guest says that guests hold no role, whatever their groups, and names nobody who could help", () => {
    const found = ask(person(["S0SEC"], { isRestricted: true }));
    expect(found).toMatchObject({ verdict: "denied", whoCanGrant: [] });
    expect(texts(found.roles)).toEqual(["The account is a guest; guests hold no role."]);
  });

  test("names a deny rule, and through what it speaks of whom it is about", () => {
    const chair = { slackIds: [], emails: ["chair@board.example.com"], groups: {} };
    const found = ask(person(["S0IT"]), { target: chair });
    expect(found.verdict).toBe("denied");
    expect(texts(found.rules)[0]).toBe(
      "deny[0] says no (whom it is about: e-mail *@board.example.com): The board is offboarded by security only.",
    );
    expect(texts(ask(person(["S0SEC"]), { target: chair }).rules)[0]).not.toContain("deny[0]");
  });

  test("names a protection, through which group it holds, and the approvals that it asks for", () => {
    const found = ask(person(["S0IT"]), { target: { ...someone, groups: { S0EXEC: true } } });
    expect(texts(found.target)).toEqual([
      "protected[0]: the policy protects whom it is about (user group S0EXEC), so more is asked for.",
    ]);
    expect(texts(found.rules).at(-1)).toBe(
      "protected[0]: 3 different people with the role security must approve within 24 hours, because the policy protects this person.",
    );
  });

  test("knows the person themselves by an e-mail that the policy links to them", () => {
    const alias = { slackIds: [], emails: ["Admin-U1@example.com"], groups: {} };
    const found = ask(person(["S0SEC"]), { target: alias });
    expect(found.verdict).toBe("denied");
    expect(texts(found.target)).toEqual([
      "It is about the person themselves: both are known as Admin-U1@example.com. Nobody removes their own access here; somebody else has to ask.",
    ]);
  });

  test("says where it cannot be ruled out that it is about the person themselves", () => {
    const nameless = person(["S0SEC"], { id: "U7" });
    const { email: _, ...facts } = nameless.facts;
    const found = ask({ ...nameless, facts }, { target: { ...someone, slackIds: [], groups: {} } });
    expect(found.verdict).toBe("denied");
    expect(texts(found.target)[0]).toContain("Slack shows no e-mail for them");
  });

  test("says when a shut window opens, and when a full limit has room again", () => {
    const night = new Date("2026-06-05T20:00:00Z");
    const history = [20, 30].map((minutes) => ({
      ...earlier(0),
      at: new Date(night.getTime() - minutes * 60_000),
    }));
    const found = ask(person(["S0SEC"]), { at: night, history });
    expect(found.verdict).toBe("denied");
    expect(found.times.flatMap((sentence) => sentence.filter((part) => part instanceof Date))).toEqual([
      new Date("2026-06-08T06:00:00Z"),
      new Date(night.getTime() + 30 * 60_000),
    ]);
    expect(texts(found.times)).toMatchInlineSnapshot(`
      [
        "windows[0]: what is irreversible only Monday to Friday, 08:00 to 18:00 (the requester's time zone); it is shut now, and opens 2026-06-08T06:00:00.000Z.",
        "limits[0]: at most 2 requests a person within 1 hour for what is irreversible; 2 are used. There is room again 2026-06-05T20:30:00.000Z.",
      ]
    `);
  });

  test("says that a window in the requester's zone is shut where Slack does not tell theirs", () => {
    const { timeZone: _, ...facts } = person(["S0SEC"]).facts;
    const found = ask({ ...person(["S0SEC"]), facts });
    expect(found.verdict).toBe("denied");
    expect(texts(found.times)[0]).toMatch(/Slack does not tell theirs, so it is shut\.$/);
  });

  test("says when the person last held a role that they lost, and nothing of one that they still hold", () => {
    const at = new Date("2026-05-01T10:00:00Z");
    const { roles: standing } = ask(person(["S0IT"]), {
      lastHeld: [
        { role: "auditors", through: "named in the policy", at },
        { role: "it-admins", through: "user group S0IT", at },
        { role: "security", through: "user group S0SEC", at },
      ],
    });
    expect(standing[2]).toContain(at);
    expect(texts(standing).slice(1)).toEqual([
      "On 2026-05-01T10:00:00.000Z they held auditors (named in the policy); the policy no longer has that role.",
      "On 2026-05-01T10:00:00.000Z they held security (user group S0SEC); they no longer do.",
    ]);
  });

  test("says where a schedule cannot be asked, and so makes nobody on call", () => {
    const { roles: standing } = ask(person([], { onCall: { "first-line": "unknown" } }));
    expect(texts(standing)).toEqual([
      "They hold no role.",
      "The provider of the schedule first-line cannot be asked now, so nobody counts as on call there.",
    ]);
  });

  test("of a look asks for no approval, counts no limit, and lets people look at themselves", () => {
    const self = { slackIds: ["U1"], emails: [], groups: { S0EXEC: true } };
    const found = explain(policy, person(["S0SEC"]), look, { at: AT, history: [], target: self });
    expect(found).toMatchObject({ verdict: "allowed", times: [] });
    expect(texts([...found.target, ...found.rules])).toEqual([
      "protected[0]: the policy protects whom it is about (user group S0EXEC), which is against losing access, not against being looked at.",
      "Looking needs no approval.",
    ]);
  });
});
