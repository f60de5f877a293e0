import type { Logger } from "pino";
import { findOperation } from "../catalogue/registry.ts";
import { covers, holdsScopeFor } from "../catalogue/scope.ts";
import { askedPlaybook } from "../permission/decide/asked-playbook.ts";
import type { Policy } from "../permission/schema.ts";
import { lockout } from "../playbook/lockout.ts";

/**
 * Anyone who sets up the administration of Slack and leaves the policy as it was would have every full lockout refused,
 * in the hour in which it is needed: this says so before.
 */
export function warnOfMissingSlackScope({ roles }: Pick<Policy, "roles">, log: Logger): void {
  const reset = findOperation("slack.session.reset");
  const [asked] = askedPlaybook(lockout.name);
  const lacking = Object.entries(roles).flatMap(([name, { scopes }]) => {
    const locksOut = scopes.some((held) => asked?.scopes.some((needed) => covers(held, needed)));
    return locksOut && !holdsScopeFor(scopes, reset).held ? [name] : [];
  });
  if (lacking.length > 0)
    log.warn(
      { roles: lacking },
      "these roles may lock people out, and not sign them out of Slack: a lockout with that step is refused to them until they hold slack:admin.users:write",
    );
}
