import { ACCESS_NOT_ASKED } from "./access-doubt.ts";
import { addressesOf, confirmIdentity, type IdentityVerdict } from "./identity.ts";
import { EVERYWHERE, type IdentityFindings, type Places, type SlackPerson } from "./findings.ts";
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
  const addresses = addressesOf(asked, slack);
  const [email] = addresses;
  const base = { asked, places, homeTeamId: lookups.homeTeamId, slack };
  if (email === undefined) return { verdict: confirmIdentity(base), slack };

  const [zoom, cloudflare, slackByEmail] = await Promise.all([
    askZoom(addresses, lookups, places),
    askCloudflare(addresses, lookups, places),
    asked.boundBy === undefined ? undefined : lookups.slackPersonByEmail(email),
  ]);
  if (zoom === "several") return { verdict: { ok: false, disagreements: [SEVERAL_ZOOM_USERS] }, slack };
  const verdict = confirmIdentity({ ...base, zoom, cloudflare: cloudflare?.users, slackByEmail });
  if (verdict.ok && cloudflare !== undefined && cloudflare.users === undefined)
    verdict.target.found.push(ACCESS_NOT_ASKED);
  if (verdict.ok && places.zoom === "may" && zoom === undefined) {
    // Zoom goes by the address as well; the run reads who that is before it changes anything.
    Object.assign(verdict.target, { zoomUserId: email, zoomEmail: email });
    verdict.target.found.push("Zoom was unreachable: the e-mail is sent instead of the user's id.");
  }
  const zoomName = slack === undefined && zoom ? nameAtZoom(zoom.user) : undefined;
  if (verdict.ok && zoomName !== undefined) verdict.target.zoomName = zoomName;
  return { verdict, slack, ...(zoom ? { zoom } : {}) };
}

const LONGEST_NAME = 200;

function nameAtZoom(user: unknown): string | undefined {
  const { first_name: first, last_name: last, display_name: shown } = (user ?? {}) as Record<string, unknown>;
  const parts = [first, last].filter((part) => typeof part === "string" && part !== "");
  const name = parts.length > 0 ? parts.join(" ") : shown;
  return typeof name === "string" && name.trim() !== "" ? name.slice(0, LONGEST_NAME) : undefined;
}

const SEVERAL_ZOOM_USERS = {
  field: "email" as const,
  message: "Zoom has a user under each of these addresses. Lock each of them out by itself.",
};

/**
 * What Zoom knows under these addresses: null for nobody, undefined where it has no say or could not be asked and need
 * not be.
 */
async function askZoom(
  addresses: readonly string[],
  lookups: Lookups,
  { zoom }: Places,
): Promise<ZoomFinding | "several" | null | undefined> {
  if (zoom === "no") return undefined;
  const answers = await Promise.all(
    addresses.map((email) =>
      zoom === "must" ? lookups.zoomUser(email) : lookups.zoomUser(email).catch(() => undefined),
    ),
  );
  const found = answers.filter((answer) => answer !== null && answer !== undefined);
  if (new Set(found.map(({ id }) => id)).size > 1) return "several";
  return found[0] ?? (answers.includes(undefined) ? undefined : null);
}

/** What Cloudflare knows; without `users` it could not be asked. Undefined where it has no say. */
async function askCloudflare(
  addresses: readonly string[],
  lookups: Lookups,
  { cloudflare }: Places,
): Promise<{ users?: { id: string; email: string }[] } | undefined> {
  // A place where nothing will be done has no say in who is meant.
  if (cloudflare === "no" || lookups.cloudflareUsers === undefined) return undefined;
  const asking = Promise.all(
    addresses.map(async (email) => (await lookups.cloudflareUsers?.(email)) ?? []),
  ).then((lists) => lists.flat());
  if (cloudflare === "must") return { users: await asking };
  return asking.then(
    (users) => ({ users }),
    () => ({}),
  );
}
