import type { z } from "zod";
import { findOperation } from "../catalogue/registry.ts";
import type { Execute } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import { checkCloudflare, type CloudflareSettings } from "../credentials/cloudflare.ts";
import { getZone, listApplications } from "./cloudflare-reads.ts";
import { credentialFinding, findingsOf, type Finding } from "./finding.ts";

const PART = "cloudflare";
const fault = findingsOf(PART, "fault");
const warning = findingsOf(PART, "warning");
const unchecked = findingsOf(PART, "unchecked");
const STEP = "docs/setup.md, step 3";

/** What Cloudflare refuses for want of a permission; a token that is unknown, or filtered by address, is not. */
function isPermission(error: unknown): boolean {
  return isVendorError(error) && error.facts.kind === "missing_scope";
}

/** What to do about a setting where Cloudflare's answer does not say it. */
const MENDS: Readonly<Record<string, string>> = {
  CLOUDFLARE_API_TOKEN: `Create a new token with the permissions of ${STEP}, and set it.`,
};

/** What follows from what: without a token nothing else can be asked, without an account no list of it. */
const LEADING = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"];

/**
 * Looks at the token, the account, its zones and the block list, with reads only: what may be revoked cannot be seen
 * without revoking, and is named as unchecked.
 */
export async function cloudflareFindings(execute: Execute, settings: CloudflareSettings): Promise<Finding[]> {
  const found = (await checkCloudflare(execute, settings)).filter(({ kind }) => kind !== "ok");
  const leading = LEADING.map((name) => found.find(({ settings: [first] }) => first === name)).find(Boolean);
  if (leading !== undefined && leading.facts?.kind !== "missing_scope")
    return [credentialFinding(PART, leading, MENDS[leading.settings[0] ?? ""] ?? "Correct the setting.")];
  const { CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_ZONE_IDS: zoneIds } = settings;
  const others = found.filter(({ settings: [name] }) => name !== "CLOUDFLARE_BLOCK_LIST_ID");
  const findings = others.map((one) => credentialFinding(PART, one, "Correct the setting."));
  const lists = accountId === undefined ? [] : await blockListFindings(execute, settings, accountId);
  const isZoneAtFault = findings.some(({ where }) => where === "CLOUDFLARE_ZONE_IDS");
  const zones = await Promise.all(
    isZoneAtFault ? [] : zoneIds.map((zoneId) => zoneFindings(execute, zoneId, accountId)),
  );
  return [...findings, ...lists, ...zones.flat(), ...rightsFindings(settings)];
}

function rightsFindings({ CLOUDFLARE_API_TOKEN: token }: CloudflareSettings): Finding[] {
  if (token === undefined)
    return [
      warning(
        "CLOUDFLARE_API_KEY",
        "The Global API Key may do everything that its owner may.",
        `Use a token with the permissions of ${STEP}.`,
      ),
    ];
  return [
    unchecked(
      "CLOUDFLARE_API_TOKEN",
      "Whether the token may revoke sessions and change lists cannot be seen without doing it.",
      `Compare its permissions with ${STEP}.`,
    ),
  ];
}

async function blockListFindings(
  execute: Execute,
  { CLOUDFLARE_BLOCK_LIST_ID: blockListId }: CloudflareSettings,
  accountId: string,
): Promise<Finding[]> {
  if (blockListId !== undefined) return listFindings(execute, accountId, blockListId);
  return [
    warning(
      "CLOUDFLARE_BLOCK_LIST_ID",
      "No block list is set: after a lockout, the person can sign in to Access again within a minute.",
      `Create a list of type User Emails, exclude it in every policy, and set its id (${STEP}).`,
    ),
  ];
}

/** A refusal of a read, by the permission that it needs. */
function refused(where: string, what: string, permission: string, error: unknown): Finding {
  if (!isVendorError(error)) throw error;
  if (isPermission(error))
    return fault(
      "CLOUDFLARE_API_TOKEN",
      `${what}: the token lacks the permission “${permission}”.`,
      `Add the permission “${permission}” for this account to the token.`,
    );
  return fault(where, `${what} (${error.facts.vendorMessage ?? error.facts.kind}).`, error.facts.advice);
}

async function listFindings(execute: Execute, accountId: string, blockListId: string): Promise<Finding[]> {
  const setting = "CLOUDFLARE_BLOCK_LIST_ID";
  let lists: { id: string; name?: string | null; type?: string | null }[] = [];
  try {
    lists = (await execute(findOperation("cloudflare.gateway.listLists"), { accountId })) as typeof lists;
  } catch (error) {
    return [refused("CLOUDFLARE_BLOCK_LIST_ID", "Lists cannot be read", "Zero Trust Write", error)];
  }
  const list = lists.find(({ id }) => id === blockListId);
  const ofPeople = lists.filter(({ type }) => type === "EMAIL");
  const choice =
    ofPeople.length === 0
      ? "Create a list of type User Emails in Zero Trust, under My Team, Lists, and set its id."
      : `Set the id of a list of type User Emails: ${ofPeople.map(({ id, name }) => `${id} (${name ?? "without a name"})`).join(", ")}.`;
  if (list === undefined) return [fault(setting, "The account has no list with this id.", choice)];
  if (list.type !== "EMAIL")
    return [
      fault(setting, `The list “${list.name ?? blockListId}” is of type ${list.type ?? "unknown"}.`, choice),
    ];
  return exclusionFindings(execute, accountId, { id: blockListId, name: list.name ?? blockListId });
}

/** Every policy that lets people in must exclude the list, or someone who is on it signs in there. */
async function exclusionFindings(
  execute: Execute,
  accountId: string,
  list: { id: string; name: string },
): Promise<Finding[]> {
  const setting = "Cloudflare Zero Trust, Access policies";
  let applications: z.output<typeof listApplications.output>;
  try {
    applications = (await execute(listApplications, {
      accountId,
    })) as typeof applications;
  } catch (error) {
    const mend =
      "Look whether every policy that lets people in has an Exclude rule with the list; or add “Access: Apps and Policies Read” to the token.";
    if (isPermission(error))
      return [unchecked(setting, "Whether the policies exclude the block list cannot be read.", mend)];
    return [refused(setting, "The Access applications cannot be read", "", error)];
  }
  const open = applications.flatMap(({ name, id, policies }) =>
    (policies ?? [])
      .filter(({ decision }) => decision === "allow")
      .filter(({ exclude }) => !(exclude ?? []).some((one) => one.email_list?.id === list.id))
      .map((policy) => `“${policy.name ?? "without a name"}” of “${name ?? id}”`),
  );
  if (open.length === 0) return [];
  return [
    fault(
      setting,
      `These policies let in people who are on the block list “${list.name}”: ${open.join(", ")}.`,
      `Add an Exclude rule, Emails in list “${list.name}”, to each of them.`,
    ),
  ];
}

async function zoneFindings(
  execute: Execute,
  zoneId: string,
  accountId: string | undefined,
): Promise<Finding[]> {
  const setting = "CLOUDFLARE_ZONE_IDS";
  try {
    const zone = (await execute(getZone, { zoneId })) as z.output<typeof getZone.output>;
    if (accountId === undefined || zone.account.id === accountId) return [];
    return [
      fault(
        setting,
        `The zone ${zoneId} (${zone.name}) belongs to another account than CLOUDFLARE_ACCOUNT_ID.`,
        "Name zones of the one account; another account needs a Deadbolt of its own.",
      ),
    ];
  } catch (error) {
    if (isPermission(error))
      return [
        unchecked(
          setting,
          `Whether the zone ${zoneId} belongs to the account cannot be read.`,
          "Add the permission “Zone Read” to the token to have it checked.",
        ),
      ];
    return [refused(setting, `The zone ${zoneId} cannot be read`, "", error)];
  }
}
