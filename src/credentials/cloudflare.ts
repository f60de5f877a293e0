import { z } from "zod";
import { findAccessUser } from "../catalogue/cloudflare/access/find-user.ts";
import { listGatewayLists } from "../catalogue/cloudflare/gateway/list-lists.ts";
import { verifyToken } from "../catalogue/cloudflare/token/verify.ts";
import { defineOperation, type Operation } from "../catalogue/operation.ts";
import { encodePathSegment } from "../catalogue/path-segment.ts";
import type { Config } from "../config.ts";
import type { Execute } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import { foundByFailure, foundFault, foundWell, type CredentialFinding } from "./finding.ts";

/** An address that nobody has (RFC 2606): it is looked up only to see whether we may look. */
const NOBODY = "nobody@deadbolt.invalid";

/** The Access organization of a zone: who may end sessions there may read this. */
const readZoneOrganization = defineOperation({
  name: "cloudflare.access.getZoneOrganization",
  vendor: "cloudflare",
  title: "Look up a zone's Access organization",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Organizations, Identity Providers, and Groups Write",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/organizations/methods/list/",
  input: z.strictObject({ zoneId: z.string() }),
  output: z.looseObject({}),
  call: ({ zoneId }) => ({
    method: "GET",
    path: `/zones/${encodePathSegment(zoneId)}/access/organizations`,
  }),
});

export type CloudflareSettings = Pick<
  Config,
  | "CLOUDFLARE_API_TOKEN"
  | "CLOUDFLARE_API_KEY"
  | "CLOUDFLARE_ACCOUNT_ID"
  | "CLOUDFLARE_ZONE_IDS"
  | "CLOUDFLARE_BLOCK_LIST_ID"
>;

type Ask = (operation: Operation, input: unknown) => Promise<unknown>;

/** A token is its account's, or the person's who made it; each is verified in its own place. */
async function checkToken(ask: Ask, accountId: string | undefined): Promise<CredentialFinding> {
  const settings = ["CLOUDFLARE_API_TOKEN"];
  const verify = async (input: { accountId?: string }) => {
    const { status } = (await ask(verifyToken, input)) as { status: string };
    return status === "active"
      ? foundWell(settings, "Cloudflare accepts it.")
      : foundFault(settings, `Cloudflare says that the token is ${status}. Make a new one.`);
  };
  try {
    return await verify({ accountId });
  } catch (error) {
    if (accountId === undefined || !isVendorError(error)) return foundByFailure(settings, error);
    return verify({}).catch((second: unknown) => foundByFailure(settings, second));
  }
}

async function checkAccount(ask: Ask, accountId: string): Promise<CredentialFinding> {
  const settings = ["CLOUDFLARE_ACCOUNT_ID"];
  try {
    await ask(findAccessUser, { accountId, email: NOBODY });
    return foundWell(settings, "people can be looked up in its Access.");
  } catch (error) {
    return foundByFailure(settings, error);
  }
}

async function checkBlockList(ask: Ask, accountId: string, listId: string): Promise<CredentialFinding> {
  const settings = ["CLOUDFLARE_BLOCK_LIST_ID"];
  try {
    const lists = (await ask(listGatewayLists, { accountId })) as readonly { id?: string | null }[];
    return lists.some(({ id }) => id === listId)
      ? foundWell(settings, "the list is there.")
      : foundFault(settings, "the account has no Gateway list with this id.");
  } catch (error) {
    return foundByFailure(settings, error);
  }
}

async function checkZone(ask: Ask, zoneId: string): Promise<CredentialFinding> {
  const settings = ["CLOUDFLARE_ZONE_IDS"];
  try {
    await ask(readZoneOrganization, { zoneId });
    return foundWell(settings, `the zone ${zoneId} has an Access organization.`);
  } catch (error) {
    const found = foundByFailure(settings, error);
    const sentence = found.sentence.replace(": ", `: the zone ${zoneId}: `);
    return { ...found, sentence };
  }
}

/** What Cloudflare says of the token, the account, its block list and each zone: one request for each. */
export async function checkCloudflare(
  execute: Execute,
  settings: CloudflareSettings,
): Promise<CredentialFinding[]> {
  const {
    CLOUDFLARE_API_TOKEN: token,
    CLOUDFLARE_ACCOUNT_ID: accountId,
    CLOUDFLARE_BLOCK_LIST_ID: listId,
    CLOUDFLARE_ZONE_IDS: zoneIds,
  } = settings;
  if (token === undefined && settings.CLOUDFLARE_API_KEY === undefined) return [];
  const ask: Ask = (operation, input) => execute(operation, input);
  return Promise.all([
    ...(token === undefined ? [] : [checkToken(ask, accountId)]),
    ...(accountId === undefined ? [] : [checkAccount(ask, accountId)]),
    ...(accountId === undefined || listId === undefined ? [] : [checkBlockList(ask, accountId, listId)]),
    ...zoneIds.map((zoneId) => checkZone(ask, zoneId)),
  ]);
}
