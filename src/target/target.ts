import { isUncertainAtAccess } from "./access-doubt.ts";
import type { AccountVendor } from "./account.ts";

/**
 * What a request is about, nearly always one person, with every id that was found and how. All of it is covered by the
 * hash that approvals bind to.
 */
export interface Target {
  /** What to call it in messages: a person's Slack name without invisible characters, or their e-mail. */
  name: string;
  /** The person's e-mail: Unicode NFKC, trimmed, lower-case. Absent where the request is about no person. */
  email?: string;
  slackId?: string;
  zoomUserId?: string;
  /** The e-mail exactly as Zoom has it. */
  zoomEmail?: string;
  /** Absent when Cloudflare Access is not set up or has no user with exactly this e-mail. */
  cloudflareUserId?: string;
  /** The e-mail under which Access knows them, where that is another one. */
  cloudflareEmail?: string;
  /** Further e-mails of theirs, by the word of the requester. */
  otherEmails?: string[];
  /** What Zoom calls them, where Slack does not know them. */
  zoomName?: string;
  /** Where nobody was found, with the addresses that were tried. What was not asked is not among them. */
  noAccount?: Partial<Record<AccountVendor, string[]>>;
  /** One sentence for each place that was asked: what it knew, for the preview and the audit log. */
  found: string[];
}

/** The e-mail under which Cloudflare knows them. */
export function cloudflareEmailOf({ email, cloudflareEmail }: Target): string | undefined {
  return cloudflareEmail ?? email;
}

/**
 * Whether no place that was asked knows the person, as with a misspelt address. A place that did not answer, or named
 * several, may know them.
 */
export function isKnownNowhere({ email, slackId, zoomUserId, cloudflareUserId, found }: Target): boolean {
  if (email === undefined || slackId !== undefined || zoomUserId !== undefined) return false;
  return cloudflareUserId === undefined && !isUncertainAtAccess(found);
}

/** A person whom Zoom knows. */
export type ZoomTarget = Target & Required<Pick<Target, "email" | "zoomUserId" | "zoomEmail">>;

/**
 * The target as a person whom Zoom knows.
 * @throws TypeError when Zoom was not asked about it, which is a fault of the program
 */
export function knownToZoom(target: Target): ZoomTarget {
  const { email, zoomUserId, zoomEmail } = target;
  if (email === undefined || zoomUserId === undefined || zoomEmail === undefined)
    throw new TypeError("Zoom was not asked about this target.");
  return { ...target, email, zoomUserId, zoomEmail };
}

/** Every e-mail under which the target is known. */
export function emailsOf({ email, zoomEmail, cloudflareEmail, otherEmails = [] }: Target): string[] {
  return [...new Set([email, zoomEmail, cloudflareEmail, ...otherEmails])].filter((one) => one !== undefined);
}

/** Every id and e-mail under which the target is known in Slack; undefined where there is no Slack account. */
export function namesOfTarget(target: Target): (string | undefined)[] {
  return [target.slackId, ...emailsOf(target)];
}
