import { within } from "../../concurrency/timeout.ts";
import type { Database } from "../../database/connect.ts";
import type { EnteredTarget, Candidate } from "../../deps/person.ts";
import { linkedAccounts } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import { earlierTargets } from "../../request/earlier-targets.ts";
import { emailFault, normaliseEmail } from "../../target/email.ts";
import type { Lookups } from "../../target/find.ts";
import { nearMatches, type AccountLists, type ListedAccount } from "../../target/near-matches.ts";
import { emailsOf, isKnownNowhere, type Target } from "../../target/target.ts";

export interface LikelyContext {
  lookups: Lookups;
  database: Database;
  loadedPolicy(): { policy: Policy };
  accountLists: AccountLists;
}

/** How long a form waits for what may help it. */
const LOOK_MILLISECONDS = 2_500;
const MOST = 5;

/** What may be theirs too, and whom earlier requests about the person were about. */
export interface LikelyAccounts {
  candidates: Candidate[];
  earlier: Target[];
}

/**
 * Accounts that may be the person's where a place knows nobody: under addresses seen before, and by likeness of name and
 * address. Whoever looks at them chooses; what cannot be asked in time is left out.
 * @param target who was found; undefined where the places do not agree
 */
export async function likelyAccounts(
  context: LikelyContext,
  asked: EnteredTarget,
  target: Target | undefined,
): Promise<LikelyAccounts> {
  const typed = asked.email !== undefined && emailFault(asked.email) === undefined ? asked.email : undefined;
  const emails =
    target === undefined ? (typed === undefined ? [] : [normaliseEmail(typed)]) : emailsOf(target);
  const slackId = target?.slackId ?? asked.slackId;
  const { policy } = context.loadedPolicy();
  const linked = linkedAccounts(policy, [...(slackId === undefined ? [] : [slackId]), ...emails]);
  const earlier = await earlierTargets(context.database, linked);
  if (target === undefined) return { candidates: bothOf(asked), earlier };
  const missing = target.noAccount ?? {};
  const [seen, near] = await Promise.all([
    seenBefore(context, target, [...linked.emails, ...earlier.flatMap((one) => emailsOf(one))]),
    accountsLike(context, target, missing),
  ]);
  const slackBefore = slackId === undefined ? slackCandidates(target, linked.slackIds, earlier) : [];
  const candidates = [...slackBefore, ...seen, ...near];
  const unique = new Map(candidates.map((one) => [JSON.stringify(one.target), one]));
  return { candidates: [...unique.values()].slice(0, MOST), earlier };
}

/** A Slack account and an address that do not agree can be said to be the same person's. */
function bothOf({ slackId, email, isSamePerson }: EnteredTarget): Candidate[] {
  if (slackId === undefined || email === undefined || isSamePerson === true) return [];
  return [
    {
      target: { slackId, email, isSamePerson: true },
      label: `${email} is the same person`,
      why: "The Slack account and the e-mail that you entered",
    },
  ];
}

/** Whom the form is about with another account of theirs; someone else, where no place knew whoever was asked for. */
function withAccount(target: Target, found: { slackId?: string; email?: string }): EnteredTarget | undefined {
  if (isKnownNowhere(target)) return found.slackId === undefined ? found : { slackId: found.slackId };
  const slackId = target.slackId ?? found.slackId;
  const email = target.slackId === undefined ? target.email : found.email;
  return slackId === undefined || email === undefined ? undefined : { slackId, email, isSamePerson: true };
}

function candidate(target: EnteredTarget | undefined, label: string, why: string): Candidate[] {
  return target === undefined ? [] : [{ target, label, why }];
}

function slackCandidates(
  target: Target,
  linkedIds: readonly string[],
  earlier: readonly Target[],
): Candidate[] {
  const before = earlier.flatMap(({ slackId, name }) => (slackId === undefined ? [] : [{ slackId, name }]));
  const linked = linkedIds.map((slackId) => ({ slackId, name: `Slack account ${slackId}` }));
  return [...before, ...linked].flatMap(({ slackId, name }) =>
    candidate(withAccount(target, { slackId }), name, "In Slack, seen with this address before"),
  );
}

/** Addresses of theirs that were seen before and under which a vendor that knew nobody knows someone. */
async function seenBefore(
  { lookups }: LikelyContext,
  target: Target,
  addresses: readonly string[],
): Promise<Candidate[]> {
  const { noAccount: { zoom, cloudflare } = {} } = target;
  const untried = [...new Set(addresses.map(normaliseEmail))]
    .filter((email) => emailFault(email) === undefined && !emailsOf(target).includes(email))
    .slice(0, MOST);
  const found = await Promise.all(
    untried.map(async (email): Promise<Candidate[]> => {
      const [user, accessUsers] = await Promise.all([
        zoom === undefined ? null : orElse(lookups.zoomUser(email), null),
        cloudflare === undefined ? [] : orElse(lookups.cloudflareUsers?.(email) ?? Promise.resolve([]), []),
      ]);
      const isInAccess = accessUsers.some((one) => one.email.toLowerCase() === email);
      const places = [...(user === null ? [] : ["Zoom"]), ...(isInAccess ? ["Cloudflare Access"] : [])];
      return places.length === 0
        ? []
        : candidate(withAccount(target, { email }), email, `In ${places.join(" and ")}, seen before`);
    }),
  );
  return found.flat();
}

async function accountsLike(
  { accountLists }: LikelyContext,
  target: Target,
  { zoom, slack }: NonNullable<Target["noAccount"]>,
): Promise<Candidate[]> {
  const lists = await Promise.all([
    slack === undefined ? [] : orElse(accountLists.slack(), []),
    zoom === undefined ? [] : orElse(accountLists.zoom(), []),
  ]);
  const name = target.name === target.email ? undefined : target.name;
  return nearMatches({ email: target.email, name }, lists.flat()).flatMap((account) =>
    candidate(
      withAccount(target, idsOf(account)),
      shownName(account),
      `In ${PLACES[account.place]}, looks alike`,
    ),
  );
}

const PLACES = { slack: "Slack", zoom: "Zoom" } as const;

function idsOf({ place, id, email }: ListedAccount): { slackId?: string; email?: string } {
  return place === "slack" ? { slackId: id } : { email: email?.toLowerCase() };
}

function shownName({ name, email }: ListedAccount): string {
  return email === undefined ? name : `${name} (${email})`;
}

async function orElse<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await within(work, LOOK_MILLISECONDS);
  } catch {
    return otherwise;
  }
}
