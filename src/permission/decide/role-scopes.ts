import { covers } from "../../catalogue/scope.ts";
import type { Policy } from "../schema.ts";

/** Lets someone lock people out and tend lockouts, whatever the vendors call it. */
export const LOCKOUT_SCOPE = "deadbolt:lockout";
export const BREAK_GLASS_SCOPE = "deadbolt:break-glass";

/** Whether a role grants a scope. */
export function holds(policy: Policy, role: string, scope: string): boolean {
  const scopes = Object.hasOwn(policy.roles, role) ? (policy.roles[role]?.scopes ?? []) : [];
  return scopes.some((granted) => covers(granted, scope));
}

/** The names of the roles that grant a scope. */
export function rolesWith(policy: Policy, scope: string): string[] {
  return Object.keys(policy.roles).filter((role) => holds(policy, role, scope));
}
