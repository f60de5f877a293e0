import { findOperation, operations as catalogue } from "../../catalogue/registry.ts";
import { effectsOfAll } from "../decide/asked.ts";
import { askedOperation, type AskedOperation } from "../decide/asked-operation.ts";
import { targetGroups, type AskedTarget } from "../decide/asked-target.ts";
import { compareNeeds, describeNeeds } from "./compare-needs.ts";
import { decide, type Decision } from "../decide/decide.ts";
import { deniedGroups } from "../decide/denials.ts";
import { comparable, linkedAccounts, namesOfPerson } from "../decide/identities.ts";
import { BUILT_IN_PLAYBOOKS, ownPlaybooks } from "../decide/own-playbooks.ts";
import { neededOf, recordedQuestion, type RecordedQuestion } from "./recorded-question.ts";
import { createReplayedHistory } from "./replayed-history.ts";
import { groupsNeeded, standingOf, type PersonFacts } from "../decide/roles.ts";
import type { Policy } from "../schema.ts";

type Answer = Decision["kind"];

/** A question that was answered before. */
export interface RecordedJudgement {
  id: string;
  at: Date;
  answer: Answer;
  rule: string;
  /** As `recordQuestion` wrote it. */
  question: unknown;
}

/** What became of one question when it was asked again. */
export type Replayed =
  | { kind: "same" }
  /** It cannot be told from what was recorded. */
  | { kind: "unknown"; why: string }
  | {
      /** `other`: approvals are asked for as before, but others of them. */
      kind: "stricter" | "milder" | "other";
      from: Answer;
      to: Answer;
      /** The rule that says so now, and the one that said otherwise. */
      rule: string;
      formerRule: string;
      /** Who must approve, where others must now as then. */
      approvals?: { before: string; now: string };
    };

export interface Simulation {
  /** A question of before the time that is looked at: it is only counted by limits, as it was answered. */
  warmUp(judgement: RecordedJudgement): void;
  /** Asks a question again. To be called in the order of time. */
  replay(judgement: RecordedJudgement): Replayed;
}

const KNOWN_OPERATIONS: ReadonlySet<string> = new Set(catalogue.map(({ name }) => name));
const GRAVITY: readonly Answer[] = ["allowed", "needs_approval", "denied"];

/**
 * Asks recorded questions under another policy. Limits count what that policy would have let through. Roles are worked
 * out again from the recorded facts, and a fact that was not recorded makes the answer unknown: nothing is guessed.
 */
export function createSimulation(policy: Policy): Simulation {
  const history = createReplayedHistory(policy);

  function count(judgement: RecordedJudgement, question: RecordedQuestion, answer: Answer): void {
    if (answer === "denied" || question.changes !== undefined) return;
    const { requester, playbook, breaksGlass } = question;
    history.add({
      id: judgement.id,
      at: judgement.at,
      playbook,
      // An operation that is no longer in the catalogue counts as the gravest.
      risks: question.operations.map((name) =>
        KNOWN_OPERATIONS.has(name) ? findOperation(name).risk : "irreversible",
      ),
      effects: effectsOfAll(
        question.operations
          .filter((name) => KNOWN_OPERATIONS.has(name))
          .map((name) => askedOperation(findOperation(name))),
      ),
      requester,
      brokeGlass: breaksGlass,
    });
  }

  return {
    warmUp(judgement) {
      const { data } = recordedQuestion.safeParse(judgement.question);
      if (data !== undefined) count(judgement, data, judgement.answer);
    },
    replay(judgement) {
      const { data: question } = recordedQuestion.safeParse(judgement.question);
      if (question === undefined) return { kind: "unknown", why: "the record cannot be read" };
      const decision = askAgain(policy, question, judgement.at, (names) =>
        history.before(names, question.changes),
      );
      if ("why" in decision) {
        count(judgement, question, judgement.answer);
        return { kind: "unknown", why: decision.why };
      }
      count(judgement, question, decision.kind);
      return compare(judgement, question, decision);
    },
  };
}

/** An operation as it was asked for: of what it can do, only what was recorded. */
function operationOf(name: string, { effects }: RecordedQuestion): AskedOperation {
  const asked = askedOperation(findOperation(name));
  return effects === undefined
    ? asked
    : { ...asked, effects: (asked.effects ?? []).filter((effect) => effects.includes(effect)) };
}

function askAgain(
  policy: Policy,
  question: RecordedQuestion,
  at: Date,
  historyOf: (names: readonly string[]) => Parameters<typeof decide>[0]["history"],
): Decision | { why: string } {
  const gone = question.operations.find((name) => !KNOWN_OPERATIONS.has(name));
  if (gone !== undefined) return { why: `there is no operation ${gone} any more` };
  const lost = lostPlaybook(policy, question);
  if (lost !== undefined) return { why: lost };
  const target = targetUnder(policy, question);
  if (target === undefined)
    return { why: "the policy no longer links the names by which the target was known" };
  const names = namesOfPerson(policy, [question.requester.id, question.requester.email]);
  const facts = requesterUnder(policy, question, names);
  try {
    return decide({
      policy,
      // Anyone who was from elsewhere was recorded as a stranger.
      requester: standingOf(policy, facts, facts.teamId),
      target,
      playbook: question.playbook,
      operations: question.operations.map((name) => operationOf(name, question)),
      isCounter: question.isCounter,
      at,
      history: historyOf(names),
      breaksGlass: question.breaksGlass,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "MissingGroupFactError") return { why: notLookedUp(policy, facts, target) };
    if (error.name === "MissingOnCallFactError") return { why: "a schedule was not looked up then" };
    throw error;
  }
}

/**
 * Why a policy cannot answer about a playbook that another one defined: its steps are the policy's, and what was
 * recorded of them says nothing of others.
 */
function lostPlaybook(
  { playbooks = {} }: Policy,
  { playbook, operations }: RecordedQuestion,
): string | undefined {
  if (KNOWN_OPERATIONS.has(playbook) || BUILT_IN_PLAYBOOKS.includes(playbook)) return undefined;
  const own = ownPlaybooks({ playbooks }).find(({ name }) => name === playbook);
  if (own === undefined) return `the policy has no playbook ${playbook}`;
  const names = own.operations().map(({ name }) => name);
  // What was left out for one person is no change.
  const other = operations.find((name) => !names.includes(name));
  return other === undefined ? undefined : `the playbook ${playbook} no longer has ${other}`;
}

function notLookedUp(policy: Policy, facts: PersonFacts, target: AskedTarget): string {
  const missing = [
    ...[...groupsNeeded(policy), ...deniedGroups(policy)].filter(
      (group) => !Object.hasOwn(facts.groups, group),
    ),
    ...targetGroups(policy).filter((group) => !Object.hasOwn(target.groups, group)),
  ];
  return `the user group ${[...new Set(missing)].join(", ")} was not looked up then`;
}

/** The facts of the requester, without those of schedules that would be other ones, or be searched for other names. */
function requesterUnder(
  policy: Policy,
  { requester, names, schedules }: RecordedQuestion,
  namesNow: readonly string[],
): PersonFacts {
  const isKnownAlike = names.length === namesNow.length && names.every((name) => namesNow.includes(name));
  const { email, timeZone, onCall, ...facts } = requester;
  return {
    ...facts,
    ...(email === undefined ? {} : { email }),
    ...(timeZone === undefined ? {} : { timeZone }),
    onCall: Object.fromEntries(
      Object.entries(onCall).filter(([name]) => {
        const [then, now] = [schedules[name], policy.on_call?.[name]];
        return isKnownAlike && then?.provider === now?.provider && then?.schedule === now?.schedule;
      }),
    ),
  };
}

/** The target by the names that the policy links now; undefined where names fell away, as it is not known whose. */
function targetUnder(policy: Policy, { target, links }: RecordedQuestion): AskedTarget | undefined {
  const isPerson = target.isPerson ?? true;
  for (const link of links) {
    const together = namesOfPerson(policy, link.slice(0, 1));
    if (link.some((name) => !together.includes(comparable(name)))) return undefined;
  }
  const { slackIds, emails } = linkedAccounts(policy, [...target.slackIds, ...target.emails]);
  const hasGrown = slackIds.length > target.slackIds.length;
  return {
    isPerson,
    slackIds,
    emails,
    alike: target.alike,
    // Of an account that nobody asked about then, it is not known in which groups it was.
    groups: hasGrown
      ? Object.fromEntries(Object.entries(target.groups).filter(([, isIn]) => isIn))
      : target.groups,
  };
}

function compare(judgement: RecordedJudgement, question: RecordedQuestion, decision: Decision): Replayed {
  const from = judgement.answer;
  const to = decision.kind;
  const formerRule = judgement.rule;
  if (decision.kind === "needs_approval") {
    const rule = decision.rules.map(({ id }) => id).join(", ");
    if (from !== to) return { kind: from === "denied" ? "milder" : "stricter", from, to, rule, formerRule };
    const now = decision.rules.map(neededOf);
    const kind = compareNeeds(question.needed, now);
    const approvals = { before: describeNeeds(question.needed), now: describeNeeds(now) };
    return kind === "same" ? { kind } : { kind, from, to, rule, formerRule, approvals };
  }
  if (from === to) return { kind: "same" };
  const isStricter = GRAVITY.indexOf(to) > GRAVITY.indexOf(from);
  return { kind: isStricter ? "stricter" : "milder", from, to, rule: decision.rule, formerRule };
}
