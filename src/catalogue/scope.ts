import type { Operation } from "./operation.ts";

/**
 * Whether holding `granted` means holding `needed`, both with the vendor in front (`zoom:user:read:admin`). A final
 * `*` stands for any tail: `zoom:*`, `zoom:user:*`; `*` alone for everything.
 */
export function covers(granted: string, needed: string): boolean {
  if (granted === "*" || granted === needed) return true;
  return granted.endsWith(":*") && needed.startsWith(granted.slice(0, -1));
}

/** The scopes of which any one suffices for the operation, narrowest first, with the vendor in front. */
export function scopesOf(operation: Pick<Operation, "vendor" | "scopes">): string[] {
  return [...operation.scopes.granular, ...operation.scopes.classic].map(
    (scope) => `${operation.vendor}:${scope}`,
  );
}

/** Whether a set of scopes suffices for an operation: by which of them, or else what the least to grant would be. */
export type ScopeAnswer = { held: true; by: string } | { held: false; needed: string };

/** Looks for a granted scope that covers the operation. A classic scope covers because the operation lists it too. */
export function holdsScopeFor(
  granted: readonly string[],
  operation: Pick<Operation, "name" | "vendor" | "scopes">,
): ScopeAnswer {
  const needed = scopesOf(operation);
  const narrowest = needed[0];
  if (narrowest === undefined) throw new Error(`${operation.name} names no scope.`);
  const by = granted.find((scope) => needed.some((one) => covers(scope, one)));
  return by === undefined ? { held: false, needed: narrowest } : { held: true, by };
}
