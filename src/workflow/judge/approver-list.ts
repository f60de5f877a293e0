import { createPlaces } from "../../approval/fill-parts.ts";
import { mayDecide, type OpenRequest } from "../../approval/may-decide.ts";
import { joinPeople, namesOf } from "../../approval/people.ts";
import { fits, fitsAnywhere, type RuleToMeet } from "../../approval/rule.ts";
import { describeStages } from "../../permission/decide/approval-rules.ts";
import { namesKnownOf } from "../../permission/decide/identities.ts";
import type { DecisionInput } from "../../permission/decide/decide.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Request, RequestDecision } from "../../request/request.ts";
import { namesOfDecider, tallyInputOf } from "./tally-input.ts";

/** Who likely may decide, and whether surely nobody else may. */
export interface LikelyPeople {
  people: readonly { facts: Standing["facts"]; roles: string[] }[];
  isComplete: boolean;
}

interface Voter {
  id: string;
  aliases: string[];
  roles: string[];
}

/**
 * Who is written to, who is listed as able to approve, and why a rule cannot be met, if it cannot. Nothing is decided by
 * it.
 * @param isEnrolled whether someone has set up one-time passwords; asked only where a rule wants one
 */
export async function approverList(
  { policy, requester, target }: DecisionInput,
  request: Request,
  { people, isComplete }: LikelyPeople,
  isEnrolled: (personId: string) => Promise<boolean>,
): Promise<Pick<RequestDecision, "approvers" | "able" | "unmet">> {
  const voters = people.map(({ facts, roles }) => ({
    id: facts.id,
    aliases: namesOfDecider(policy, facts),
    roles,
  }));
  const ids = (some: readonly Voter[]) => some.map(({ id }) => id);
  if (request.decision.rules.length === 0) return people.length === 0 ? {} : { approvers: ids(voters) };
  const known = new Map([[request.requester.id, namesKnownOf(requester.facts)]]);
  for (const slackId of target.slackIds) known.set(slackId, [slackId, ...target.emails]);
  const input = tallyInputOf(policy, request, [], request.createdAt, known);
  const may = (voter: Voter, at: Date) =>
    mayDecide(input, { person: voter, roles: voter.roles, planHash: input.planHash, at }).may;
  const now = voters.filter((voter) => may(voter, request.createdAt));
  const wantsCode = input.rules.some(({ secondFactor }) => secondFactor === true);
  const enrolled = new Set(
    wantsCode
      ? (await Promise.all(voters.map(async ({ id }) => ((await isEnrolled(id)) ? [id] : [])))).flat()
      : [],
  );
  const counts = (rule: RuleToMeet, { id }: Voter) => rule.secondFactor !== true || enrolled.has(id);
  const able = now.filter((voter) =>
    input.rules.some((rule) => counts(rule, voter) && fitsAnywhere(rule, voterOf(voter), request.createdAt)),
  );
  // The last moment, when every escalation has come.
  const last = new Date(input.expiresAt.getTime() - 1);
  const ever = voters.filter((voter) => may(voter, last));
  const unmet = isComplete
    ? input.rules.flatMap((rule) =>
        unmetSentence(
          rule,
          ever.filter((voter) => counts(rule, voter)),
          last,
          requester,
          input,
        ),
      )
    : [];
  return { approvers: ids(now), able: ids(able), unmet: unmet.length === 0 ? undefined : unmet.join(" ") };
}

const voterOf = ({ id, roles }: Voter) => ({ personId: id, roles });

/** Why a rule cannot be met by these people, one place each: who is missing, and whether the requester would be one. */
function unmetSentence(
  rule: RuleToMeet,
  people: readonly Voter[],
  at: Date,
  requester: Standing,
  input: OpenRequest,
): string[] {
  const parts = rule.stages.flatMap((stage) => stage.parts);
  const keyOf = joinPeople([...people, input.requester].map((one) => namesOf(one)));
  const byPerson = new Map(people.map((one) => [keyOf(namesOf(one)), one]));
  const places = createPlaces(parts.map(({ count }) => count));
  for (const voter of byPerson.values())
    places.add(parts.flatMap((part, place) => (fits(rule, part, voterOf(voter), at) ? [place] : [])));
  if (places.isFull()) return [];
  const wanted = describeStages(rule.stages.map((stage) => ({ ...stage, parts: stage.parts.map(copyOf) })));
  const count = byPerson.size;
  const own = { personId: requester.facts.id, roles: requester.roles.map(({ role }) => role) };
  return [
    `This cannot be approved as things are. ${wanted} must approve, and ${count === 0 ? "nobody" : count === 1 ? "only one person" : `only ${count} people`} can.`,
    ...(fitsAnywhere(rule, own, at)
      ? ["The requester would be one, and cannot approve their own request."]
      : []),
    ...(rule.secondFactor === true ? ["Only people who have set up one-time passwords count."] : []),
  ];
}

const copyOf = ({
  roles,
  people,
  count,
}: {
  roles: readonly string[];
  people: readonly string[];
  count: number;
}) => ({
  roles: [...roles],
  people: [...people],
  count,
});
