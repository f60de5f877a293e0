import { describe, expect, test } from "vitest";
import { effectsOf } from "../../../src/catalogue/effect.ts";
import { findOperation, operations } from "../../../src/catalogue/registry.ts";
import { askedOperation } from "../../../src/permission/decide/asked-operation.ts";
import { decide, type Decision } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { knownPlaybooks } from "../../../src/workflow/judge/known-playbooks.ts";
import { HOME, person, SOME_NOON } from "../organisation.ts";

const policy: Policy = {
  version: 1,
  roles: { helpdesk: { members: { users: ["U1"] }, scopes: ["*"] } },
  approvals: [
    { for: { playbook: "zoom-offboard" }, count: 0 },
    { for: { playbook: "lockout" }, count: 0 },
    { for: { risk: "reversible" }, count: 0 },
    { for: { risk: "irreversible" }, count: 0 },
    { for: { playbook: "zoom.user.getToken" }, count: 0 },
  ],
};
const DENYING: Policy = {
  ...policy,
  deny: [{ for: { effect: "closes-zoom" }, who: { roles: ["helpdesk"] }, reason: "Not the help desk." }],
};

function answer(
  now: Policy,
  playbook: string,
  asked: Parameters<typeof decide>[0]["operations"],
): Decision["kind"] {
  return decide({
    policy: now,
    requester: standingOf(now, person(), HOME),
    target: { slackIds: ["U9"], emails: ["u9@example.com"], groups: {} },
    playbook,
    operations: asked,
    at: SOME_NOON,
    history: [],
  }).kind;
}

describe("one line that denies an effect", () => {
  const closing = operations.filter((one) => effectsOf(one).includes("closes-zoom"));

  test.each(closing.map(({ name }) => name))("holds for %s", (name) => {
    const asked = [askedOperation(findOperation(name))];
    expect(answer(policy, name, asked)).toBe("allowed");
    expect(answer(DENYING, name, asked)).toBe("denied");
  });

  test.each(["zoom-offboard", "lockout"])("holds for %s", (name) => {
    const asked =
      knownPlaybooks(policy)
        .find((one) => one.name === name)
        ?.operations() ?? [];
    expect(answer(policy, name, asked)).toBe("allowed");
    expect(answer(DENYING, name, asked)).toBe("denied");
  });

  test("holds for a playbook of the policy's own", () => {
    const playbooks = { quiet: { title: "Quiet", steps: [{ operation: "zoom.user.updateStatus" }] } };
    const asked =
      knownPlaybooks({ playbooks })
        .find(({ name }) => name === "quiet")
        ?.operations() ?? [];
    expect(answer(policy, "quiet", asked)).toBe("allowed");
    expect(answer(DENYING, "quiet", asked)).toBe("denied");
  });

  test("and for nothing that only has another effect", () => {
    const status = findOperation("zoom.user.updateStatus");
    expect(answer(DENYING, status.name, [askedOperation(status, { action: "activate" })])).toBe("allowed");
    expect(answer(DENYING, status.name, [askedOperation(status, { action: "deactivate" })])).toBe("denied");
    const revoke = findOperation("cloudflare.access.revokeUserInAccount");
    expect(answer(DENYING, revoke.name, [askedOperation(revoke)])).toBe("allowed");
  });
});

test("an approval rule for an effect applies by every name, and covers only what has it in each of its gravest steps", () => {
  const asking: Policy = {
    ...policy,
    approvals: [{ for: { effect: "closes-zoom" }, approvers: ["helpdesk"], count: 1, expires: "24h" }],
  };
  const remove = askedOperation(findOperation("zoom.user.delete"));
  const revoke = askedOperation(findOperation("cloudflare.access.revokeUserInAccount"));
  expect(answer(asking, remove.name, [remove])).toBe("needs_approval");
  expect(answer(asking, "quiet", [remove, revoke])).toBe("needs_approval");
  expect(answer(asking, revoke.name, [revoke])).toBe("denied");
  const status = askedOperation(findOperation("zoom.user.updateStatus"), { action: "deactivate" });
  expect(answer(asking, "quiet", [status, revoke])).toBe("denied");
});
