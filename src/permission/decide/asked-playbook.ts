import { LOCKOUT_SCOPE } from "./role-scopes.ts";
import type { AskedOperation } from "./asked-operation.ts";

/** Playbooks that are run in an emergency, and what undoes them: whoever has one run needs the scope of lockouts as well. */
const EMERGENCY: ReadonlySet<string> = new Set(["lockout", "release"]);

/** What a playbook asks for besides its steps. */
export function askedPlaybook(playbook: string): AskedOperation[] {
  return EMERGENCY.has(playbook) ? [{ name: playbook, risk: "reversible", scopes: [LOCKOUT_SCOPE] }] : [];
}
