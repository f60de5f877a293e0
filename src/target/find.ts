import {
  confirmIdentity,
  type IdentityFindings,
  type IdentityVerdict,
  type SlackPerson,
} from "./identity.ts";
import { emailFault, normaliseEmail } from "./email.ts";

/** The places that are asked. Each throws when it cannot be asked; "not there" is an answer. */
export interface Lookups {
  homeTeamId: string;
  slackPerson(slackId: string): Promise<SlackPerson | undefined>;
  slackPersonByEmail(email: string): Promise<SlackPerson | undefined>;
  zoomUser(email: string): Promise<{ id: string; email: string; status: string } | null>;
  /** Absent when Cloudflare accounts are not set up. */
  cloudflareUsers?(email: string): Promise<{ id: string; email: string }[]>;
}

/** What was found: the verdict, and the Slack person for the checks that follow. */
export interface FoundTarget {
  verdict: IdentityVerdict;
  slack?: SlackPerson;
}

/**
 * Finds one person everywhere, the vendors side by side, and confirms that all speak of the same one.
 * A Cloudflare that cannot be asked does not keep the door open: the revocation goes by e-mail and only its proof
 * is lost, which is said.
 * @throws what the Slack and Zoom lookups throw
 */
export async function findTarget(asked: IdentityFindings["asked"], lookups: Lookups): Promise<FoundTarget> {
  const slack =
    asked.slackId !== undefined
      ? await lookups.slackPerson(asked.slackId)
      : asked.email !== undefined && emailFault(asked.email) === undefined
        ? await lookups.slackPersonByEmail(normaliseEmail(asked.email))
        : undefined;
  const typed = asked.email ?? slack?.email;
  const email = typed !== undefined && emailFault(typed) === undefined ? normaliseEmail(typed) : undefined;
  const base = { asked, homeTeamId: lookups.homeTeamId, ...(slack === undefined ? {} : { slack }) };
  const withSlack = slack === undefined ? {} : { slack };
  if (email === undefined) return { verdict: confirmIdentity(base), ...withSlack };

  const [zoom, cloudflare] = await Promise.all([
    lookups.zoomUser(email),
    lookups.cloudflareUsers?.(email).then(
      (users) => ({ users }),
      () => ({ users: undefined }),
    ),
  ]);
  const verdict = confirmIdentity({
    ...base,
    zoom,
    ...(cloudflare?.users === undefined ? {} : { cloudflare: cloudflare.users }),
  });
  if (verdict.ok && cloudflare !== undefined && cloudflare.users === undefined)
    verdict.target.found.push(
      "Cloudflare Access could not be asked: sessions are revoked by e-mail, but cannot be read back.",
    );
  return { verdict, ...withSlack };
}
