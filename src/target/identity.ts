import { emailFault, normaliseEmail } from "./email.ts";
import type { Target } from "./target.ts";

/** The Slack person as Slack shows them now. */
export interface SlackPerson {
  id: string;
  email?: string;
  teamId: string;
  isBot: boolean;
  deleted: boolean;
  /** From another organisation (Slack Connect). */
  isStranger: boolean;
  /** A guest of any kind. */
  isRestricted: boolean;
  realName: string;
}

/** Which places must know a person, and which are asked beside. */
export interface Places {
  zoom: "must" | "may" | "no";
  /**
   * `may`: an id is welcome, and its absence no fault; nor is it where Zoom cannot be asked. `by-email`: as `may`, and
   * where several users have the e-mail, what is done goes by the e-mail alone.
   */
  cloudflare: "must" | "may" | "by-email" | "no";
}

/** Where a person is looked for who is taken out of everything. */
export const EVERYWHERE: Places = { zoom: "must", cloudflare: "may" };

/** What was asked for and what each place answered. */
export interface IdentityFindings {
  /** Zoom must and Cloudflare may unless told. */
  places?: Places;
  asked: { slackId?: string; email?: string };
  /** Our own Slack workspace; people of any other are refused. */
  homeTeamId: string;
  /** Absent when Slack knows nobody like that. */
  slack?: SlackPerson;
  /** `null`: Zoom was asked and knows no such user. Absent: Zoom was not asked, which is refused as well. */
  zoom?: { id: string; email: string; status: string } | null;
  /** What Cloudflare Access found, near matches included; absent or `null` when it is not set up. */
  cloudflare?: readonly { id: string; email: string }[] | null;
}

/** A reason not to act, placed next to the form field where it can be put right. */
interface Disagreement {
  field: "person" | "email";
  message: string;
}

export type IdentityVerdict = { ok: true; target: Target } | { ok: false; disagreements: Disagreement[] };

/** What is found where several users of Cloudflare Access have the e-mail, and what is done goes by it. */
export const SEVERAL_ACCESS_USERS =
  "Cloudflare Access has several users with this e-mail. Sessions are revoked by the e-mail, and whether that meets all of them cannot be read back: look at each in Zero Trust.";

/** What is found where Cloudflare Access did not answer. */
export const ACCESS_NOT_ASKED =
  "Cloudflare Access could not be asked: sessions are revoked by e-mail, but cannot be read back.";

/** Whether there may be users of Cloudflare Access who are them, none of which is known by its id. */
export function isUncertainAtAccess(found: readonly string[]): boolean {
  return found.includes(SEVERAL_ACCESS_USERS) || found.includes(ACCESS_NOT_ASKED);
}

const LONGEST_NAME = 80;

/**
 * The wrong-person guard: a target when everything found speaks of one and the same person, and otherwise every
 * reason why not. Near matches are never taken: e-mails must be equal once normalised.
 */
export function confirmIdentity(findings: IdentityFindings): IdentityVerdict {
  const { asked, slack } = findings;
  const disagreements: Disagreement[] = [...askedFaults(asked), ...slackFaults(findings)];
  const email = trustedEmail(asked.email) ?? trustedEmail(slack?.email);
  // Without an e-mail to hold on to, what Zoom and Cloudflare answered cannot be compared with anything.
  if (email === undefined || disagreements.length > 0) return { ok: false, disagreements };

  const field = asked.email === undefined ? "person" : "email";
  const { places = EVERYWHERE } = findings;
  const zoomMessage =
    places.zoom === "no" || (places.zoom === "may" && !findings.zoom?.id.trim())
      ? undefined
      : zoomFault(findings.zoom, email);
  if (zoomMessage !== undefined) disagreements.push({ field, message: zoomMessage });
  const cloudflareIds = new Set(
    (findings.cloudflare ?? []).filter((user) => isSameEmail(user.email, email)).map((user) => user.id),
  );
  const goesByEmail = cloudflareIds.size > 1 && places.cloudflare === "by-email";
  if (cloudflareIds.size > 1 && !goesByEmail)
    disagreements.push({
      field,
      message: `Cloudflare Access has ${cloudflareIds.size} users with the e-mail ${email}; it is not clear which one is meant. Remove the surplus ones in Cloudflare first.`,
    });
  if (places.cloudflare === "must" && cloudflareIds.size === 0)
    disagreements.push({
      field,
      message: findings.cloudflare
        ? `Cloudflare Access knows no user with exactly the e-mail ${email}.`
        : "Cloudflare Access was not asked about this person.",
    });
  if (disagreements.length > 0) return { ok: false, disagreements };

  const zoom = places.zoom === "no" || !findings.zoom?.id.trim() ? undefined : findings.zoom;
  const [cloudflareUserId] = goesByEmail ? [] : cloudflareIds;
  return {
    ok: true,
    target: {
      email,
      name: displayName(slack?.realName) ?? email,
      ...(slack === undefined ? {} : { slackId: slack.id }),
      ...(zoom === undefined ? {} : { zoomUserId: zoom.id, zoomEmail: zoom.email }),
      ...(cloudflareUserId === undefined ? {} : { cloudflareUserId }),
      ...noAccountOf(findings, { email, zoom, cloudflareIds }),
      found: describeFindings(findings, { zoom, cloudflareUserId, goesByEmail }),
    },
  };
}

/** Every place that was asked and named nobody under the address. */
function noAccountOf(
  { slack, cloudflare, zoom: asZoomSays }: IdentityFindings,
  found: { email: string; zoom: unknown; cloudflareIds: ReadonlySet<string> },
): Pick<Target, "noAccount"> {
  const tried = [found.email];
  const noAccount = {
    ...(asZoomSays !== undefined && found.zoom === undefined ? { zoom: tried } : {}),
    ...(cloudflare && found.cloudflareIds.size === 0 ? { cloudflare: tried } : {}),
    ...(slack === undefined ? { slack: tried } : {}),
  };
  return Object.keys(noAccount).length === 0 ? {} : { noAccount };
}

function askedFaults(asked: IdentityFindings["asked"]): Disagreement[] {
  if (asked.slackId === undefined && asked.email === undefined)
    return [{ field: "person", message: "Choose a person or enter an e-mail." }];
  const message = asked.email === undefined ? undefined : emailFault(asked.email);
  return message === undefined ? [] : [{ field: "email", message }];
}

function slackFaults({ asked, slack, homeTeamId }: IdentityFindings): Disagreement[] {
  const field = asked.slackId === undefined ? "email" : "person";
  if (slack === undefined)
    return asked.slackId === undefined ? [] : [{ field, message: "Slack does not know this person." }];
  const messages: string[] = [];
  if (asked.slackId !== undefined && slack.id !== asked.slackId)
    messages.push("Slack answered with another person than the one chosen.");
  if (slack.isBot || slack.id === "USLACKBOT") messages.push("This is a bot, not a person.");
  if (slack.isStranger || slack.teamId !== homeTeamId)
    messages.push(
      "This Slack account belongs to another organisation or workspace; their access is not ours to take.",
    );
  if (slack.email === undefined || slack.email.trim() === "")
    messages.push("Slack shows no e-mail for this person, so nobody can tell which Zoom user is theirs.");
  else {
    const fault = emailFault(slack.email);
    if (fault !== undefined)
      messages.push(`The e-mail in this person's Slack profile cannot be trusted. ${fault}`);
  }
  const disagreements: Disagreement[] = messages.map((message) => ({ field, message }));
  const wanted = trustedEmail(asked.email);
  const shown = trustedEmail(slack.email);
  if (wanted !== undefined && shown !== undefined && wanted !== shown)
    disagreements.push({
      field: "email",
      message: `The person in Slack has the e-mail ${shown}, not ${wanted}. Give one of the two, or correct the e-mail.`,
    });
  return disagreements;
}

function zoomFault(zoom: IdentityFindings["zoom"], email: string): string | undefined {
  if (zoom === undefined) return "Zoom was not asked about this person.";
  if (zoom === null) return `Zoom knows no user with the e-mail ${email}.`;
  if (!isSameEmail(zoom.email, email))
    return `Asked for ${email}, Zoom answered with a user of another e-mail. Near matches and aliases are not acted on; use the e-mail that Zoom shows for this person.`;
  if (zoom.id.trim() === "")
    return `Zoom gives no id for ${email}; the invitation may not have been accepted yet.`;
  return undefined;
}

function trustedEmail(text: string | undefined): string | undefined {
  return text === undefined || emailFault(text) !== undefined ? undefined : normaliseEmail(text);
}

/** Whether what a vendor shows is this (already normalised) e-mail; an untrustworthy text never is. */
function isSameEmail(shown: string, email: string): boolean {
  return trustedEmail(shown) === email;
}

function displayName(realName: string | undefined): string | undefined {
  const visible = realName
    ?.replace(/\p{Cf}/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  if (visible === undefined || visible === "") return undefined;
  const characters = Array.from(visible);
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join("")}…` : visible;
}

function describeFindings(
  { asked, places, slack, cloudflare, zoom: asZoomSays }: IdentityFindings,
  {
    zoom,
    cloudflareUserId,
    goesByEmail,
  }: {
    zoom: { id: string; status: string } | undefined;
    cloudflareUserId: string | undefined;
    goesByEmail: boolean;
  },
): string[] {
  const lines: string[] = [];
  if (slack === undefined) lines.push("Slack has nobody with this e-mail.");
  else {
    const how = asked.slackId === undefined ? "found by the e-mail" : "chosen in Slack";
    const notes = [
      ...(slack.isRestricted ? ["a guest"] : []),
      ...(slack.deleted ? ["deactivated in Slack"] : []),
    ];
    lines.push(`Slack user ${slack.id}, ${how}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}.`);
  }
  if (zoom !== undefined) lines.push(`Zoom user ${zoom.id}, found by the e-mail (${zoom.status}).`);
  else if (places?.zoom === "may" && asZoomSays !== undefined)
    lines.push("Zoom has no user with this e-mail whom anything could be taken from.");
  if (cloudflareUserId !== undefined)
    lines.push(`Cloudflare Access user ${cloudflareUserId}, found by the e-mail.`);
  else if (goesByEmail) lines.push(SEVERAL_ACCESS_USERS);
  else if (cloudflare) lines.push("Cloudflare Access has nobody with exactly this e-mail.");
  return lines;
}
