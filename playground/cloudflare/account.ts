import { createAccessAccount } from "./access.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { createFleet } from "./fleet.ts";
import { createGatewayList } from "./gateway-lists.ts";
import { createMember } from "./members.ts";
import type {
  AccessAccount,
  AccountToken,
  CloudflareAccount,
  GatewayList,
  Member,
  ServiceToken,
} from "./state.ts";
import { createAccountToken, createServiceToken } from "./tokens.ts";

/** Creates an account with nobody and nothing in it. */
export function createAccount(options: {
  accountId: string;
  zoneIds: readonly string[];
  clock: () => Date;
  permissions: string[];
}): CloudflareAccount {
  const { clock } = options;
  const gatewayLists = new Map<string, GatewayList>();
  const members = new Map<string, Member>();
  const serviceTokens = new Map<string, ServiceToken>();
  const accountTokens = new Map<string, AccountToken>();
  const denyListIds = new Set<string>();
  const openPolicies = new Set<string>();

  function isDenied(email: string): boolean {
    if (openPolicies.size > 0) return false;
    const denied = [...denyListIds].flatMap((id) => gatewayLists.get(id)?.items ?? []);
    return denied.some(({ value }) => value.toLowerCase() === email.toLowerCase());
  }

  return Object.assign(createAccessAccount({ ...options, fleet: createFleet(clock), isDenied }), {
    gatewayLists,
    members,
    serviceTokens,
    accountTokens,
    denyListIds,
    openPolicies,
    tokenId: cloudflareId(),
    lists: { longestPage: Number.POSITIVE_INFINITY, sayHowManyPages: true },
    entriesPerList: 1000,
    addGatewayList: (partial = {}) => keep(gatewayLists, createGatewayList(partial, clock)),
    addMember: (partial) => keep(members, createMember(partial)),
    addServiceToken: (partial = {}) => keep(serviceTokens, createServiceToken(partial, clock)),
    addAccountToken: (partial = {}) => keep(accountTokens, createAccountToken(partial, clock)),
  } satisfies Omit<CloudflareAccount, keyof AccessAccount>);
}

function keep<Thing extends { id: string }>(things: Map<string, Thing>, thing: Thing): Thing {
  things.set(thing.id, thing);
  return thing;
}
