import { normaliseEmail } from "./email.ts";
import type { ListedAccount } from "./near-matches.ts";
import { emailsOf, type Target } from "./target.ts";

/** What stands behind the @. */
export function domainOf(email: string): string {
  return normaliseEmail(email).split("@")[1] ?? "";
}

/**
 * What is odd about the address that someone goes by, as sentences: it may be one that they gave themselves.
 * @param earlier whom earlier requests about the same Slack account were about
 * @param colleagues the people of the workspace; undefined where they are not known, and then no domain is odd
 */
export function addressWarnings(
  target: Target,
  {
    requesterEmail,
    earlier,
    colleagues,
  }: {
    requesterEmail: string | undefined;
    earlier: readonly Target[];
    colleagues: readonly ListedAccount[] | undefined;
  },
): string[] {
  const { email, slackId } = target;
  if (email === undefined) return [];
  const warnings: string[] = [];
  if (colleagues !== undefined) {
    const others = colleagues.filter(
      ({ id, isGuest, email: one }) => id !== slackId && !isGuest && one !== email,
    );
    const domains = new Set(
      [requesterEmail, ...others.map((one) => one.email)].flatMap((one) => (one ? [domainOf(one)] : [])),
    );
    if (!domains.has(domainOf(email)))
      warnings.push(`Nobody else in this Slack workspace has an address at ${domainOf(email)}.`);
  }
  const before = new Set(
    earlier.filter((one) => slackId !== undefined && one.slackId === slackId).flatMap((one) => emailsOf(one)),
  );
  if (before.size > 0 && !emailsOf(target).some((one) => before.has(one)))
    warnings.push(`Earlier requests about this Slack account went by ${[...before].join(", ")}.`);
  return warnings;
}
