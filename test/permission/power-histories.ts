import * as fc from "fast-check";

const DAY = 24 * 60 * 60_000;
/** The day on which everything is decided. */
export const TODAY = 200;
/** For so many days an address still shows whose account it was. */
const REMEMBERED_DAYS = 90;
export const dayOf = (day: number): Date => new Date(day * DAY);

/** One address that an account had for some days; `base` is whose address it truly is, however it is disguised. */
interface Address {
  base: string;
  email: string;
  until: number;
}

/** One account in Slack. What it shows today is the last of its addresses; a hidden one shows none. */
export interface Account {
  id: string;
  addresses: Address[];
  isHidden: boolean;
}

/** A workspace in which people have several accounts, and change and disguise their addresses. */
export interface History {
  accounts: Account[];
  /** Accounts that the policy links. */
  links: number[][];
}

const BASES = ["ada", "ben", "cleo", "dov", "emil", "faye", "gus"];

const DISGUISES: ((local: string) => string)[] = [
  (local) => local,
  (local) => local.toUpperCase(),
  (local) => `${local}+admin`,
  (local) => `${local}\uFF0Bx`,
  (local) => `${local.slice(0, 1)}\u200B${local.slice(1)}`,
  (local) => `\u00AD${local}`,
  (local) => local.replace("e", "\u0435").replace("a", "\u0430").replace("o", "\u03BF"),
  (local) => local.replace("e", "\u00E9").replace("a", "\u00E0"),
  (local) => `${local}\u3164`,
];

const address = fc
  .record({
    base: fc.constantFrom(...BASES),
    disguise: fc.constantFrom(...DISGUISES),
    until: fc.integer({ min: TODAY - 150, max: TODAY }),
  })
  .map(({ base, disguise, until }): Address => ({
    base,
    email: `${disguise(base)}@example.com`,
    until,
  }));

export const histories: fc.Arbitrary<History> = fc
  .record({
    accounts: fc.array(
      fc.record({
        addresses: fc.array(address, { minLength: 1, maxLength: 3 }),
        isHidden: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
      }),
      { minLength: 4, maxLength: 8 },
    ),
    links: fc.array(fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 2 }), { maxLength: 2 }),
  })
  .map(({ accounts, links }) => ({
    accounts: accounts.map((account, index) => ({ ...account, id: `U${index}` })),
    links: links
      .map((line) => line.filter((index) => index < accounts.length))
      .filter(({ length }) => length === 2),
  }));

/** What Slack and our own rows know of an account today: the address that it shows, and those of the last 90 days. */
export function knownToday({ id, addresses, isHidden }: Account): {
  id: string;
  email?: string;
  formerEmails: string[];
} {
  const current = addresses.at(-1);
  const former = addresses.slice(0, -1).filter(({ until }) => until > TODAY - REMEMBERED_DAYS);
  return {
    id,
    ...(isHidden || current === undefined ? {} : { email: current.email }),
    formerEmails: [...former.map(({ email }) => email), ...(isHidden && current ? [current.email] : [])],
  };
}

/** The policy's links, as it writes them. */
export function identitiesOf({ links }: History): string[][] {
  return links.map((line) => line.map((index) => `U${index}`));
}

/** The true addresses by which an account can be recognised today; worked out without any of the app's code. */
function basesOf({ addresses }: Account): Set<string> {
  const last = addresses.length - 1;
  return new Set(
    addresses
      .filter(({ until }, index) => index === last || until > TODAY - REMEMBERED_DAYS)
      .map(({ base }) => base),
  );
}

/** Whether two accounts can be recognised as one person's: by an address that both have had, or by the policy. */
export function areOne(history: History, left: Account, right: Account): boolean {
  if (left.id === right.id) return true;
  const [own, others] = [groupOf(history, left), groupOf(history, right)];
  return own.some((one) =>
    others.some((other) => one.id === other.id || [...basesOf(one)].some((base) => basesOf(other).has(base))),
  );
}

/** An account and all that the policy links to it, by a chain. */
function groupOf({ accounts, links }: History, account: Account): Account[] {
  const ids = new Set([account.id]);
  for (let size = 0; size !== ids.size;) {
    size = ids.size;
    for (const line of links)
      if (line.some((index) => ids.has(`U${index}`))) for (const index of line) ids.add(`U${index}`);
  }
  // Slack is asked about the account itself; of a linked one the policy knows the id.
  return accounts
    .filter(({ id }) => ids.has(id))
    .map((one) => (one.id === account.id ? one : { ...one, addresses: [] }));
}
