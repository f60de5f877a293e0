import { normaliseEmail } from "./email.ts";

/** An account that may be the person's: as Slack or Zoom shows it. */
export interface ListedAccount {
  place: "slack" | "zoom";
  id?: string;
  email?: string;
  name: string;
  /** A guest in Slack, of whatever company. */
  isGuest?: boolean;
}

/** All accounts of a place, for likenesses that someone looks at; nothing is decided by them. */
export interface AccountLists {
  /** The people of our Slack workspace, without bots and without those who were deactivated. */
  slack(): Promise<readonly ListedAccount[]>;
  /** Zoom's active users. */
  zoom(): Promise<readonly ListedAccount[]>;
}

/** Whom someone is looking for. */
export interface Wanted {
  email?: string;
  name?: string;
}

/** How alike two must be to be shown at all; 1 is the same. */
const ALIKE = 0.75;
const MOST = 5;

/**
 * Accounts whose address or name is like the one that is looked for, the likeliest first, at most five. They are shown to
 * whoever asks, who chooses: a likeness proves nothing.
 */
export function nearMatches(wanted: Wanted, accounts: readonly ListedAccount[]): ListedAccount[] {
  return accounts
    .map((account) => ({ account, likeness: likenessOf(wanted, account) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .toSorted((one, other) => other.likeness - one.likeness)
    .slice(0, MOST)
    .map(({ account }) => account);
}

function likenessOf({ email, name }: Wanted, account: ListedAccount): number {
  const [local = "", domain = ""] = parts(email);
  const [otherLocal = "", otherDomain = ""] = parts(account.email);
  const likenesses = [
    name === undefined ? 0 : likenessOfNames(name, account.name),
    // `sam.rivers@` says the name of Sam Rivers, in whichever order; a single word says too little.
    local === "" || words(local).length < 2 ? 0 : likenessOfNames(local, account.name) * 0.95,
  ];
  if (local !== "" && otherLocal !== "") {
    const isSameDomain = domain === otherDomain;
    const ofDomains = isSameDomain ? 1 : Math.max(0.8, similarity(domain, otherDomain));
    likenesses.push(similarity(local, otherLocal) * ofDomains);
  }
  return Math.max(...likenesses);
}

function parts(email: string | undefined): string[] {
  return email === undefined ? [] : normaliseEmail(email).split("@");
}

/** The words of a name or of what is before the @, without marks and accents, in one order. */
function words(text: string): string[] {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();
}

function likenessOfNames(one: string, other: string): number {
  const [left, right] = [words(one).join(" "), words(other).join(" ")];
  return left === "" || right === "" ? 0 : similarity(left, right);
}

/** 1 for the same text, less by each letter that has to be put in, taken out, changed, or swapped with its neighbour. */
function similarity(one: string, other: string): number {
  // Nobody has a name so long, and the work grows with the square.
  const [left, right] = [one.slice(0, 100), other.slice(0, 100)];
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 1 : 1 - distance(left, right) / longest;
}

/** The optimal string alignment distance of two texts. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, above] = [above, current];
  }
  return above[right.length] ?? 0;
}
