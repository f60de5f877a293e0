import { type AccessAccount, createAccessAccount } from "./access.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { createFleet } from "./fleet.ts";
import { createGatewayList, type GatewayList } from "./gateway-lists.ts";
import { createMember, type Member } from "./members.ts";
import { type AccountToken, createAccountToken, createServiceToken, type ServiceToken } from "./tokens.ts";

/** The pretend Cloudflare account: the people of Access, and all that is around them. */
export interface CloudflareAccount extends AccessAccount {
  /** By id. Change an entry in place, or put in and take out, and the next answer shows it. */
  readonly gatewayLists: Map<string, GatewayList>;
  readonly members: Map<string, Member>;
  readonly serviceTokens: Map<string, ServiceToken>;
  readonly accountTokens: Map<string, AccountToken>;
  /** Lists of people whom every policy denies. */
  readonly denyListIds: Set<string>;
  /** The id of the token that calls. */
  readonly tokenId: string;
  /** How many entries a list takes. */
  entriesPerList: number;
  /** Each adds one; whatever is not given is filled in. */
  addGatewayList(partial?: Partial<GatewayList>): GatewayList;
  addMember(partial: Parameters<typeof createMember>[0]): Member;
  addServiceToken(partial?: Partial<ServiceToken>): ServiceToken;
  addAccountToken(partial?: Partial<AccountToken>): AccountToken;
}

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

  function isDenied(email: string): boolean {
    const denied = [...denyListIds].flatMap((id) => gatewayLists.get(id)?.items ?? []);
    return denied.some(({ value }) => value.toLowerCase() === email.toLowerCase());
  }

  return Object.assign(createAccessAccount({ ...options, fleet: createFleet(clock), isDenied }), {
    gatewayLists,
    members,
    serviceTokens,
    accountTokens,
    denyListIds,
    tokenId: cloudflareId(),
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
