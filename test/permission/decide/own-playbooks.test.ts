import { describe, expect, test } from "vitest";
import { explainStanding } from "../../../src/workflow/judge/explain-permission.ts";
import { KNOWN_PLAYBOOKS, knownPlaybooks } from "../../../src/workflow/judge/known-playbooks.ts";
import { decide, type DecisionInput } from "../../../src/permission/decide/decide.ts";
import { testPolicy } from "../../../src/permission/policy-file/keep-policy.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { recordQuestion } from "../../../src/permission/simulate/recorded-question.ts";
import { standingOf, type PersonFacts } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { createSimulation } from "../../../src/permission/simulate/simulate.ts";
import { PLAYBOOK } from "../sample-playbook.ts";

const POLICY = `version: 1
roles:
  helpdesk:
    members: { users: [U1] }
    scopes: ["zoom:*", "cloudflare:*"]
approvals:
  - { for: { playbook: laptop-lost }, approvers: [helpdesk], count: 2, expires: 8h }
  - { for: { playbook: zoom-offboard }, approvers: [helpdesk], expires: 8h }
tests:
  - { who: U1, asks: { playbook: laptop-lost, target: sam@example.com }, expect: needs_approval }
  - { who: U2, asks: { playbook: laptop-lost, target: sam@example.com }, expect: denied }
${PLAYBOOK}`;
const policyOf = (text: string) => parsePolicy(text, "policy.yml", KNOWN_PLAYBOOKS).policy;
const policy = policyOf(POLICY);

const AT = new Date("2026-06-01T12:00:00Z");
const FACTS: PersonFacts = {
  id: "U1",
  teamId: "T0HOME",
  email: "u1@example.com",
  isBot: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  deleted: false,
  isOwner: false,
  isAdmin: false,
  isLockedOut: false,
  groups: {},
  onCall: {},
};

describe("the tests of a policy", () => {
  test("ask about its own playbooks as about any, with the scopes of all steps", () => {
    const answers = (text: string) =>
      testPolicy(policyOf(text), KNOWN_PLAYBOOKS).map(({ actual, why }) => ({ actual, why }));
    expect(answers(POLICY).map(({ actual }) => actual)).toEqual(["needs_approval", "denied"]);
    const [without] = answers(POLICY.replace(', "cloudflare:*"', ""));
    expect(without?.actual).toBe("denied");
    expect(without?.why).toContain("cloudflare");
  });
});

describe("explaining", () => {
  const ask = (what: string) =>
    explainStanding(
      {
        policy,
        standing: async (id) => standingOf(policy, { ...FACTS, id }, "T0HOME"),
        targetOf: () => Promise.reject(new Error("Nobody is asked about.")),
        history: async () => [],
        lastHeld: async () => [],
        now: () => AT,
      },
      { askerId: "U1", personId: "U1", what },
    );

  test("knows a playbook of the policy's own by its name and its title", async () => {
    const result = await ask("laptop-lost");
    expect(result).toMatchObject({
      kind: "explained",
      explanation: { title: "Laptop lost", verdict: "needs_approval" },
    });
    const lines = result.kind === "explained" ? result.explanation.lines.join("\n") : "";
    for (const operation of ["zoom.user.get", "zoom.user.delete", "cloudflare.registration.revoke"])
      expect(lines).toContain(`${operation}: helpdesk has`);
    expect(lines).toContain("approvals[0]: 2 different people with the role helpdesk");
  });

  test("suggests it where its name is misspelled", async () => {
    expect(await ask("laptop-los")).toMatchObject({
      kind: "refused",
      refusal: { next: "Did you mean laptop-lost?" },
    });
  });
});

describe("replaying what was asked", () => {
  const operations =
    knownPlaybooks(policy)
      .find(({ name }) => name === "laptop-lost")
      ?.operations() ?? [];

  function replayed(changed: Policy, asked = operations) {
    const question: DecisionInput = {
      policy,
      requester: standingOf(policy, FACTS, "T0HOME"),
      target: { slackIds: [], emails: ["sam@example.com"], groups: {} },
      playbook: "laptop-lost",
      operations: asked,
      at: AT,
      history: [],
    };
    const decision = decide(question);
    return createSimulation(changed).replay({
      id: "V1",
      at: AT,
      answer: decision.kind,
      rule: "approvals[0]",
      question: recordQuestion(question, decision, undefined),
    });
  }

  test("answers as before where the policy has the same playbook, also where steps were left out", () => {
    expect(replayed(policy)).toEqual({ kind: "same" });
    expect(replayed(policy, operations.slice(-1))).toEqual({ kind: "same" });
    expect(replayed(policyOf(POLICY.replace("count: 2,", "")))).toMatchObject({ kind: "milder" });
  });

  test("cannot tell where the playbook is gone, or has lost a step", () => {
    const without = { ...policy };
    delete without.playbooks;
    expect(replayed(without)).toEqual({ kind: "unknown", why: "the policy has no playbook laptop-lost" });
    const shorter = POLICY.replace(/ {6}- operation: zoom\.meeting\.end\n.*\n.*\n/, "");
    expect(replayed(policyOf(shorter))).toEqual({
      kind: "unknown",
      why: "the playbook laptop-lost no longer has zoom.meeting.end",
    });
  });
});
