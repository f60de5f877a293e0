import { effectsOf, type Effect } from "../../catalogue/effect.ts";
import type { Risk } from "../../catalogue/operation.ts";
import { findOperation, operations } from "../../catalogue/registry.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import type { AskedOperation } from "../../permission/decide/asked-operation.ts";
import type { AskedTarget } from "../../permission/decide/asked-target.ts";
import { decide, type Decision, type DecisionInput } from "../../permission/decide/decide.ts";
import type { GroupAnswers } from "../../permission/decide/group-answers.ts";
import {
  barredNames,
  isSamePerson,
  linkedAccounts,
  namesKnownOf,
} from "../../permission/decide/identities.ts";
import { longestLimit, type PastRequest } from "../../permission/decide/limits.ts";
import type { Policy } from "../../permission/schema.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import { isCounterRequest } from "./counter-request.ts";
import { requestsSince } from "../../request/past-requests.ts";
import { emailsOf, type Target } from "../../target/target.ts";

/** What judging reaches: the memberships of whoever it is about, and what was asked for before. */
export interface JudgeContext {
  database: Database;
  /** Whether one of these accounts is in each user group that the policy names for targets. @throws DirectoryError */
  targetGroups(slackIds: readonly string[]): Promise<GroupAnswers>;
  /** Slack ids of those whom the policy protects and who may be this person. @throws DirectoryError */
  alikeProtected?(person: Unknown): Promise<string[]>;
  now(): Date;
}

/** Someone whom Slack does not know, by what else is known of them. */
interface Unknown {
  emails: readonly string[];
  names: readonly string[];
  zoomUserId?: string;
  cloudflareUserId?: string;
}

/** What someone wants to have run. */
export interface WantedRun {
  playbook: string;
  operations: readonly AskedOperation[];
  /** Undefined where it is about no person. */
  target: Target | undefined;
  /** Further names of theirs, as Slack shows them now. */
  alsoKnownAs?: readonly string[];
  breaksGlass?: boolean;
  /** The waiting request that this is instead of: limits do not count it twice. */
  changes?: string;
}

/** The answer, and the question as it was put: to be asked again in the moment of writing. */
export interface Judged {
  decision: Decision;
  question: DecisionInput;
  changes?: string;
}

/**
 * Whether someone may have these operations run on a target.
 * @throws DirectoryError when Slack cannot be asked which groups the target is in
 */
export async function judgeRequest(
  context: JudgeContext,
  policy: Policy,
  requester: Standing,
  asked: WantedRun,
): Promise<Judged> {
  const [target, history, isCounter] = await Promise.all([
    askedTarget(context, policy, asked),
    historyFor(context.database, policy, requester, context.now(), asked.changes),
    isCounterRequest(context.database, policy, requester.facts, asked),
  ]);
  const question: DecisionInput = {
    policy,
    requester,
    target,
    playbook: asked.playbook,
    operations: asked.operations,
    at: context.now(),
    history,
    isCounter,
    breaksGlass: asked.breaksGlass,
  };
  return { decision: decide(question), question, changes: asked.changes };
}

/** The same question, asked with what was written meanwhile; to be called with the limits locked. */
export async function judgeAgain(
  client: DatabaseClient,
  { question, changes }: Judged,
  now: Date,
): Promise<Decision> {
  const history = await historyFor(client, question.policy, question.requester, now, changes);
  return decide({ ...question, history, at: now });
}

async function askedTarget(
  context: JudgeContext,
  policy: Policy,
  { target, alsoKnownAs = [] }: WantedRun,
): Promise<AskedTarget> {
  if (target === undefined) return { isPerson: false, slackIds: [], emails: [], groups: {} };
  const { slackId, email } = target;
  const names = [...(slackId === undefined ? [] : [slackId]), ...emailsOf(target), ...alsoKnownAs];
  const person = email === undefined ? undefined : target;
  return { ...(await askedPerson(context, policy, names, person)), isPerson: email !== undefined };
}

/**
 * A person as the permission check knows them, by every id and e-mail under which they are known. Whom Slack does not
 * know is compared with those whom the policy protects.
 * @param target what vendors know of them, where they are a person whom they were asked about
 * @throws DirectoryError when Slack cannot be asked which groups they are in
 */
export async function askedPerson(
  context: Pick<JudgeContext, "targetGroups" | "alikeProtected">,
  policy: Policy,
  names: readonly string[],
  target?: Target,
): Promise<AskedTarget> {
  const { slackIds, emails } = linkedAccounts(policy, names);
  const isUnknown = slackIds.length === 0 && emails.length > 0;
  const alike = isUnknown
    ? await context.alikeProtected?.({
        emails,
        names: target?.zoomName === undefined ? [] : [target.zoomName],
        zoomUserId: target?.zoomUserId,
        cloudflareUserId: target?.cloudflareUserId,
      })
    : undefined;
  const ids = [...slackIds, ...(alike ?? [])];
  return {
    isPerson: true,
    slackIds,
    emails,
    ...(alike === undefined || alike.length === 0 ? {} : { alike }),
    groups: ids.length === 0 ? {} : await context.targetGroups(ids),
  };
}

/** What was asked for before, as far back as the longest limit of the policy. */
export async function historyFor(
  client: DatabaseClient,
  policy: Policy,
  requester: Standing,
  now: Date,
  except?: string,
): Promise<PastRequest[]> {
  const span = longestLimit(policy);
  if (span === 0) return [];
  const known = namesKnownOf(requester.facts);
  const names = barredNames(policy, known);
  const isForAll = policy.limits?.some((limit) => limit.per === "everyone") ?? false;
  const since = new Date(now.getTime() - span);
  const stored = await requestsSince(client, since, { except, names: isForAll ? undefined : names });
  return stored.map((past) => ({
    at: past.at,
    playbook: past.playbook,
    risks: risksOf(past.operations),
    effects: effectsOfNames(past.operations),
    isOwn: isSamePerson(policy, known, [past.requesterId, past.requesterEmail ?? undefined]),
    brokeGlass: past.brokeGlass,
  }));
}

const KNOWN_OPERATIONS: ReadonlySet<string> = new Set(operations.map(({ name }) => name));

/** Every effect that these operations can have: with what they were called is not counted. */
function effectsOfNames(names: readonly string[]): Effect[] {
  const known = names.filter((name) => KNOWN_OPERATIONS.has(name));
  return [...new Set(known.flatMap((name) => effectsOf(findOperation(name))))];
}

/** An operation that is no longer in the catalogue counts as the gravest. */
function risksOf(names: readonly string[]): Risk[] {
  return [
    ...new Set(names.map((name) => (KNOWN_OPERATIONS.has(name) ? findOperation(name).risk : "irreversible"))),
  ];
}
