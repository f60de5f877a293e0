import {
  ACCESS_NOT_ASKED,
  confirmIdentity,
  EVERYWHERE,
  type IdentityFindings,
  type IdentityVerdict,
  type Places,
  type SlackPerson,
} from "./identity.ts";
import { emailFault, normaliseEmail } from "./email.ts";

/** The places that are asked. Each throws when it cannot be asked; "not there" is an answer. */
export interface Lookups {
  homeTeamId: string;
  slackPerson(slackId: string): Promise<SlackPerson | undefined>;
  slackPersonByEmail(email: string): Promise<SlackPerson | undefined>;
  zoomUser(email: string): Promise<ZoomFinding | null>;
  /** Absent when Cloudflare accounts are not set up. */
  cloudflareUsers?(email: string): Promise<{ id: string; email: string }[]>;
}

/** A Zoom user as the guard sees one, and all that Zoom said of them. */
export interface ZoomFinding {
  id: string;
  email: string;
  status: string;
  user?: unknown;
}

/** What was found: the verdict, and the Slack person for the checks that follow. */
export interface FoundTarget {
  verdict: IdentityVerdict;
  slack?: SlackPerson;
  zoom?: ZoomFinding;
}

/**
 * Finds one person everywhere, the vendors side by side, and confirms that all speak of the same one.
 * A Cloudflare that cannot be asked does not keep the door open: the revocation goes by e-mail and only its proof
 * is lost, which is said.
 * Where Cloudflare must know the person, it must answer.
 * @throws what the lookups throw of the places that must be asked
 */
export async function findTarget(
  asked: IdentityFindings["asked"],
  lookups: Lookups,
  places: Places = EVERYWHERE,
): Promise<FoundTarget> {
  const slack =
    asked.slackId !== undefined
      ? await lookups.slackPerson(asked.slackId)
      : asked.email !== undefined && emailFault(asked.email) === undefined
        ? await lookups.slackPersonByEmail(normaliseEmail(asked.email))
        : undefined;
  const typed = asked.email ?? slack?.email;
  const email = typed !== undefined && emailFault(typed) === undefined ? normaliseEmail(typed) : undefined;
  const base = { asked, places, homeTeamId: lookups.homeTeamId, ...(slack === undefined ? {} : { slack }) };
  const withSlack = slack === undefined ? {} : { slack };
  if (email === undefined) return { verdict: confirmIdentity(base), ...withSlack };

  const [zoom, cloudflare] = await Promise.all([
    askZoom(email, lookups, places),
    askCloudflare(email, lookups, places),
  ]);
  const verdict = confirmIdentity({
    ...base,
    ...(zoom === undefined ? {} : { zoom }),
    ...(cloudflare?.users === undefined ? {} : { cloudflare: cloudflare.users }),
  });
  if (verdict.ok && cloudflare !== undefined && cloudflare.users === undefined)
    verdict.target.found.push(ACCESS_NOT_ASKED);
  if (verdict.ok && places.zoom === "may" && zoom === undefined) {
    // Zoom goes by the address as well; the run reads who that is before it changes anything.
    Object.assign(verdict.target, { zoomUserId: email, zoomEmail: email });
    verdict.target.found.push("Zoom could not be asked: it is told the e-mail instead of the user's id.");
  }
  return { verdict, ...withSlack, ...(zoom ? { zoom } : {}) };
}

/** What Zoom knows: null for nobody, undefined where it has no say or could not be asked and need not be. */
async function askZoom(
  email: string,
  lookups: Lookups,
  { zoom }: Places,
): Promise<ZoomFinding | null | undefined> {
  if (zoom === "no") return undefined;
  return zoom === "must" ? lookups.zoomUser(email) : lookups.zoomUser(email).catch(() => undefined);
}

/** What Cloudflare knows; without `users` it could not be asked. Undefined where it has no say. */
async function askCloudflare(
  email: string,
  lookups: Lookups,
  { cloudflare }: Places,
): Promise<{ users?: { id: string; email: string }[] } | undefined> {
  // A place where nothing will be done has no say in who is meant.
  if (cloudflare === "no" || lookups.cloudflareUsers === undefined) return undefined;
  if (cloudflare === "must") return { users: await lookups.cloudflareUsers(email) };
  return lookups.cloudflareUsers(email).then(
    (users) => ({ users }),
    () => ({}),
  );
}
