import { emailFault, normaliseEmail } from "./email.ts";
import { EVERYWHERE, type IdentityFindings, type SlackPerson } from "./findings.ts";
import { describeFindings, noAccountOf } from "./describe-findings.ts";
import type { Target } from "./target.ts";

/** A reason not to act, placed next to the form field where it can be put right. */
interface Disagreement {
  field: "person" | "email";
  message: string;
}

export type IdentityVerdict = { ok: true; target: Target } | { ok: false; disagreements: Disagreement[] };

const LONGEST_NAME = 80;

/**
 * The wrong-person guard: a target when everything found speaks of one and the same person, and otherwise every
 * reason why not. Near matches are never taken: e-mails must be equal once normalised.
 */
export function confirmIdentity(findings: IdentityFindings): IdentityVerdict {
  const { asked, slack } = findings;
  const disagreements: Disagreement[] = [
    ...askedFaults(asked),
    ...slackFaults(findings),
    ...boundFaults(findings),
  ];
  const [email, ...otherEmails] = addressesOf(asked, slack);
  // Without an e-mail to hold on to, what Zoom and Cloudflare answered cannot be compared with anything.
  if (email === undefined || disagreements.length > 0) return { ok: false, disagreements };

  const field = asked.email === undefined ? "person" : "email";
  const { places = EVERYWHERE } = findings;
  const zoomMessage =
    places.zoom === "no" || (places.zoom === "may" && !findings.zoom?.id.trim())
      ? undefined
      : zoomFault(findings.zoom, [email, ...otherEmails]);
  if (zoomMessage !== undefined) disagreements.push({ field, message: zoomMessage });
  const accessUsers = (findings.cloudflare ?? []).filter((user) =>
    [email, ...otherEmails].some((one) => isSameEmail(user.email, one)),
  );
  const cloudflareIds = new Set(accessUsers.map((user) => user.id));
  const cloudflareEmails = [...new Set(accessUsers.map((user) => normaliseEmail(user.email)))];
  const goesByEmail =
    cloudflareIds.size > 1 && cloudflareEmails.length === 1 && places.cloudflare === "by-email";
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

  const isKnownToZoom =
    findings.zoom?.id.trim() || (places.zoom === "must" && findings.zoom?.status === "pending");
  const zoom = places.zoom !== "no" && isKnownToZoom ? (findings.zoom ?? undefined) : undefined;
  const [cloudflareUserId] = goesByEmail ? [] : cloudflareIds;
  const cloudflareEmail = cloudflareEmails.find((one) => one !== email);
  return {
    ok: true,
    target: {
      email,
      name: displayName(slack?.realName) ?? email,
      ...(slack === undefined ? {} : { slackId: slack.id }),
      ...(zoom === undefined ? {} : { zoomUserId: zoomIdOf(zoom), zoomEmail: zoom.email }),
      ...(cloudflareUserId === undefined ? {} : { cloudflareUserId }),
      ...(cloudflareEmail === undefined ? {} : { cloudflareEmail }),
      ...(otherEmails.length === 0 ? {} : { otherEmails }),
      ...noAccountOf(findings, { addresses: [email, ...otherEmails], zoom, cloudflareIds }),
      found: describeFindings(findings, { zoom, cloudflareUserId, goesByEmail }),
    },
  };
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
  const isBound = asked.boundBy !== undefined && asked.email !== undefined;
  if (slack.email === undefined || slack.email.trim() === "") {
    if (!isBound)
      messages.push("Slack shows no e-mail for this person, so nobody can tell which Zoom user is theirs.");
  } else {
    const fault = emailFault(slack.email);
    if (fault !== undefined)
      messages.push(`The e-mail in this person's Slack profile cannot be trusted. ${fault}`);
  }
  const disagreements: Disagreement[] = messages.map((message) => ({ field, message }));
  const wanted = trustedEmail(asked.email);
  const shown = trustedEmail(slack.email);
  if (wanted !== undefined && shown !== undefined && wanted !== shown && !isBound)
    disagreements.push({
      field: "email",
      message: `The person in Slack has the e-mail ${shown}, not ${wanted}. Give one of the two, or correct the e-mail.`,
    });
  return disagreements;
}

/** The word that two are the same person does not outweigh what Slack shows: another account with that e-mail. */
function boundFaults({ asked, slack, slackByEmail }: IdentityFindings): Disagreement[] {
  if (asked.boundBy === undefined || slackByEmail === undefined || slackByEmail.id === slack?.id) return [];
  return [
    {
      field: "email",
      message:
        "Another Slack account has this e-mail, so these are two people. Lock each of them out by itself.",
    },
  ];
}

/** Every address that the person is looked for under, the one that the request goes by first; none that is untrusted. */
export function addressesOf(
  asked: IdentityFindings["asked"],
  slack: Pick<SlackPerson, "email"> | undefined,
): string[] {
  const [typed, shown] = [trustedEmail(asked.email), trustedEmail(slack?.email)];
  const addresses = asked.boundBy === undefined ? [typed ?? shown] : [typed, shown];
  return [...new Set(addresses.filter((one) => one !== undefined))];
}

function zoomFault(
  zoom: IdentityFindings["zoom"],
  [email = "", ...others]: readonly string[],
): string | undefined {
  if (zoom === undefined) return "Zoom was not asked about this person.";
  if (zoom === null) return `Zoom knows no user with the e-mail ${email}.`;
  if (![email, ...others].some((one) => isSameEmail(zoom.email, one)))
    return `Asked for ${email}, Zoom answered with a user of another e-mail. Near matches and aliases are not acted on; use the e-mail that Zoom shows for this person.`;
  if (zoomIdOf(zoom) === "")
    return `Zoom gives no id for ${email}; the invitation may not have been accepted yet.`;
  return undefined;
}

/** Zoom gives no id to those who have not accepted an invitation: they go by their address. */
function zoomIdOf({ id, email, status }: NonNullable<IdentityFindings["zoom"]>): string {
  return id.trim() === "" && status === "pending" ? email : id.trim();
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
