import type { Operation } from "../catalogue/operation.ts";
import { findOperation, operations } from "../catalogue/registry.ts";
import { holdsScopeFor } from "../catalogue/scope.ts";
import { isLook, type AskedOperation } from "../permission/decide/asked-operation.ts";
import { speaksOf } from "../permission/decide/asked.ts";
import { BUILT_IN_PLAYBOOKS, ownPlaybooks } from "../permission/decide/own-playbooks.ts";
import { holds } from "../permission/decide/role-scopes.ts";
import type { TestablePlaybook } from "../permission/policy-file/keep-policy.ts";
import type { Policy } from "../permission/schema.ts";
import type { Finding } from "./finding.ts";

/** What playbooks look up beside their own steps: the person, their live meetings, who else administers Zoom. */
const LOOKED_UP: Readonly<Record<string, readonly string[]>> = {
  "zoom-offboard": ["zoom.user.get"],
  lockout: ["zoom.user.get", "zoom.meeting.list", "zoom.role.listMembers"],
  release: ["zoom.user.get"],
};

/** A Zoom scope that is not granted, and what fails without it. */
interface MissingScope {
  /** The narrowest scope that would do, as Zoom names it. */
  scope: string;
  operations: Operation[];
  playbooks: Set<string>;
}

/**
 * The findings about the scopes that Zoom granted. What a playbook needs that someone may request is a fault; what
 * only single operations of `/zoom` need is left out, since a set-up ticks those that it uses.
 * @param granted as Zoom names them
 * @param playbooks those that exist under any policy
 */
export function zoomScopeFindings(
  granted: readonly string[],
  policy: Policy,
  playbooks: readonly TestablePlaybook[],
): Finding[] {
  return missingZoomScopes(granted, policy, playbooks).map(
    ({ scope, operations: lacking, playbooks: names }) => ({
      severity: "fault",
      part: "zoom",
      where: "Zoom App Marketplace, the app's Scopes page",
      fault: `Zoom did not grant the scope ${scope}. ${listed([...names])} needs it to: ${lacking.map(({ title }) => title).join("; ")}.`,
      mend: `Tick ${scope} on the Scopes page of the server-to-server app, and activate the app again.`,
    }),
  );
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function missingZoomScopes(
  granted: readonly string[],
  policy: Policy,
  playbooks: readonly TestablePlaybook[],
): MissingScope[] {
  const held = granted.map((scope) => `zoom:${scope}`);
  const missing = new Map<string, MissingScope>();
  const named = playbooks.filter(({ name }) => BUILT_IN_PLAYBOOKS.includes(name));
  for (const playbook of [...named, ...ownPlaybooks(policy)])
    for (const operation of operationsNeeded(policy, playbook)) {
      const answer = holdsScopeFor(held, operation);
      if (answer.held) continue;
      const scope = answer.needed.slice("zoom:".length);
      const entry = missing.get(scope) ?? { scope, operations: [], playbooks: new Set<string>() };
      if (!entry.operations.includes(operation)) entry.operations.push(operation);
      entry.playbooks.add(playbook.name);
      missing.set(scope, entry);
    }
  return [...missing.values()];
}

/** Zoom's operations of a playbook that someone may request, with those that confirm them. */
function operationsNeeded(policy: Policy, playbook: TestablePlaybook): Operation[] {
  const names = new Set(
    [undefined, ...(playbook.actions ?? [])].flatMap((action) => {
      const asked = playbook.operations(action);
      if (!isRequestable(policy, playbook, asked)) return [];
      return [...asked.map(({ name }) => name), ...(LOOKED_UP[playbook.name] ?? [])];
    }),
  );
  for (const { name, readBack } of operations) if (names.has(name) && readBack) names.add(readBack.operation);
  return operations.filter(({ name, vendor }) => vendor === "zoom" && names.has(name));
}

/** Whether a rule is for it, and some role holds the scopes of all that it does. */
function isRequestable(
  policy: Policy,
  { name }: TestablePlaybook,
  asked: readonly AskedOperation[],
): boolean {
  const request = { playbook: name, risks: asked.map(({ risk }) => risk) };
  if (!isLook(name, asked) && !policy.approvals.some((rule) => speaksOf(rule.for, request))) return false;
  return Object.keys(policy.roles).some((role) =>
    asked.every(
      ({ scopes, name: operation }) =>
        scopes.some((scope) => holds(policy, role, scope)) ||
        // Slack's and Cloudflare's steps are left out where their vendor is not set up.
        (isKnown(operation) && findOperation(operation).vendor !== "zoom"),
    ),
  );
}

function isKnown(name: string): boolean {
  return operations.some((operation) => operation.name === name);
}
