import { z } from "zod";
import { EFFECTS } from "../../catalogue/effect.ts";
import { effectsOfAll } from "../decide/asked.ts";
import type { ApprovalRule } from "../decide/approval-rules.ts";
import type { Decision, DecisionInput } from "../decide/decide.ts";
import { comparable, namesOfPerson } from "../decide/identities.ts";

const part = z.object({ roles: z.array(z.string()), people: z.array(z.string()), count: z.int() });

/** The approvals that one rule asks for, without where it is and why it applies. */
const neededApprovals = z.object({
  stages: z.array(z.object({ parts: z.array(part) })),
  expiresMilliseconds: z.number(),
  secondFactor: z.boolean(),
  escalation: z.object({ afterMilliseconds: z.number(), roles: z.array(z.string()) }).optional(),
  /** The calendar whose open time alone counts, as JSON. */
  clock: z.string().optional(),
});
export type NeededApprovals = z.output<typeof neededApprovals>;

const groups = z.record(z.string(), z.union([z.boolean(), z.enum(["absent", "unanswered"])]));

/**
 * A question as it is kept with its judgement: all that was known of Slack and the request. The policy may change and
 * is not kept, but for what it added to the facts.
 */
export const recordedQuestion = z.object({
  requester: z.object({
    id: z.string(),
    teamId: z.string(),
    email: z.string().optional(),
    formerEmails: z.array(z.string()).optional(),
    isBot: z.boolean(),
    isRestricted: z.boolean(),
    isUltraRestricted: z.boolean(),
    isStranger: z.boolean(),
    deleted: z.boolean(),
    isOwner: z.boolean(),
    isAdmin: z.boolean(),
    groups,
    lastKnownGroups: z.record(z.string(), z.boolean()).optional(),
    onCall: z.record(z.string(), z.union([z.boolean(), z.literal("unknown")])),
    isLockedOut: z.boolean(),
    timeZone: z.string().optional(),
  }),
  /** Every name of the requester, by which schedules were searched. */
  names: z.array(z.string()),
  /** What each name of a schedule stood for. */
  schedules: z.record(z.string(), z.object({ provider: z.string(), schedule: z.string() })),
  /** The roles that the requester held. */
  roles: z.array(z.object({ role: z.string(), through: z.string() })),
  target: z.object({
    isPerson: z.boolean().optional(),
    slackIds: z.array(z.string()),
    emails: z.array(z.string()),
    alike: z.array(z.string()).optional(),
    groups,
  }),
  /** Names that were taken for one person's, of those whom the target is known by. */
  links: z.array(z.array(z.string())),
  playbook: z.string(),
  operations: z.array(z.string()),
  /** What the operations would have done to access paths; absent in older records. */
  effects: z.array(z.enum(EFFECTS)).optional(),
  /** Whether it was against someone who takes the requester's own access. */
  isCounter: z.boolean().optional(),
  breaksGlass: z.boolean(),
  /** The waiting request that this would be instead of. */
  changes: z.string().optional(),
  /** The approvals that were asked for; none where the answer was another. */
  needed: z.array(neededApprovals),
});
export type RecordedQuestion = z.output<typeof recordedQuestion>;

/** What is kept of a question and its answer, to be asked again under another policy. */
export function recordQuestion(
  question: DecisionInput,
  decision: Decision,
  changes: string | undefined,
): RecordedQuestion {
  const { policy, requester, target, playbook, operations, breaksGlass = false, isCounter } = question;
  const { facts, roles } = requester;
  const targetNames = [...target.slackIds, ...target.emails].map(comparable);
  return {
    requester: {
      ...facts,
      formerEmails: facts.formerEmails && [...facts.formerEmails],
      groups: { ...facts.groups },
      onCall: { ...facts.onCall },
    },
    names: namesOfPerson(policy, [facts.id, facts.email]),
    schedules: Object.fromEntries(
      Object.keys(facts.onCall).flatMap((name) => {
        const entry = policy.on_call?.[name];
        return entry === undefined ? [] : [[name, { provider: entry.provider, schedule: entry.schedule }]];
      }),
    ),
    roles,
    target: {
      ...target,
      slackIds: [...target.slackIds],
      emails: [...target.emails],
      alike: target.alike && [...target.alike],
      groups: { ...target.groups },
    },
    links: (policy.identities ?? []).filter((person) =>
      person.some((name) => targetNames.includes(comparable(name))),
    ),
    playbook,
    operations: operations.map(({ name }) => name),
    effects: effectsOfAll(operations),
    ...(isCounter === undefined ? {} : { isCounter }),
    breaksGlass,
    ...(changes === undefined ? {} : { changes }),
    needed: decision.kind === "needs_approval" ? decision.rules.map(neededOf) : [],
  };
}

/** What a rule asks for, without where it is and why it applies. */
export function neededOf(rule: ApprovalRule): NeededApprovals {
  const { stages, expiresMilliseconds, secondFactor, escalation, clock } = rule;
  return {
    stages: stages.map(({ parts }) => ({ parts })),
    expiresMilliseconds,
    secondFactor,
    ...(escalation === undefined ? {} : { escalation }),
    ...(clock === undefined ? {} : { clock: JSON.stringify(clock) }),
  };
}
