import { mayDecide } from "../../approval/may-decide.ts";
import { tally } from "../../approval/tally.ts";
import type { Decision } from "../../permission/decide/decide.ts";
import type { LoadedPolicy } from "../../permission/policy-file/policy.ts";
import { requireAnswers, type Standing } from "../../permission/decide/roles.ts";
import { takesAccess } from "../../playbook/takes-access.ts";
import type { StoredDecision } from "../../request/decision-store.ts";
import type { Request } from "../../request/request.ts";
import { effectsOfAll } from "../../permission/decide/asked.ts";
import { shutWindows } from "../../permission/decide/windows.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { judgeRequest, type JudgeContext } from "../judge/judge-request.ts";
import {
  concernedNow,
  namesOfDecider,
  rolesAskedBy,
  tallyInputOf,
  type KnownNames,
} from "../judge/tally-input.ts";

/** What the check at the start of a run reaches; everyone is asked about afresh. */
export interface CheckContext extends JudgeContext {
  loadedPolicy(): LoadedPolicy;
  /** @throws DirectoryError */
  standing(personId: string, roleNames?: readonly string[]): Promise<Standing>;
}

/** Whether an approved request may start now. */
export type StartCheck =
  | { kind: "start"; /** Who stands for it now, where whoever asked no longer can. */ takenOverBy?: Standing }
  /** What the requester stood on is gone: it will not run. */
  | { kind: "void"; reason: string; /** The requester is not warned. */ isQuiet?: true }
  /** Approvals no longer hold: those people are to be asked again, or others. */
  | { kind: "lapsed"; people: { personId: string; reason: string }[] }
  /** Not now, and not before `until`. */
  | { kind: "wait"; reason: string; until?: Date };

/**
 * Looks once more at everyone whose word a request stands on: the requester must still be able to ask for it, and the
 * approvals of those who still hold the role must still suffice.
 * @throws DirectoryError when Slack cannot be asked: then nothing starts
 */
export async function checkApprovals(
  context: CheckContext,
  request: Request,
  decisions: readonly StoredDecision[],
): Promise<StartCheck> {
  const { policy } = context.loadedPolicy();
  const [requester, concerned] = await Promise.all([
    context.standing(request.requester.id),
    concernedNow((id, roleNames) => context.standing(id, roleNames), request),
  ]);
  const operations = askedOfPlan(request.plan);
  const judge = async (standing: Standing) => {
    const judged = await judgeRequest(context, { ...policy, limits: [], windows: [] }, standing, {
      playbook: request.playbook,
      operations,
      target: request.plan.target,
      alsoKnownAs: concerned.get(request.plan.target.slackId ?? "") ?? [],
      breaksGlass: request.decision.skipped !== undefined,
      changes: request.id,
    });
    return judged.decision;
  };
  const decision = await judge(requester);
  // By someone else's hand: whoever only holds another role now has what they ask for judged by that.
  const hasLostPower = requester.facts.isLockedOut || requester.facts.deleted;
  const takenOverBy =
    decision.kind === "denied" && hasLostPower
      ? await whoTakesOver(context, request, decisions, judge)
      : undefined;
  if (decision.kind === "denied" && takenOverBy === undefined)
    return {
      kind: "void",
      reason: `The requester may no longer run this. ${decision.reason}`,
      isQuiet: requester.facts.isLockedOut ? true : undefined,
    };
  if (request.decision.skipped !== undefined) return { kind: "start" };
  const shut = shutWindows(
    policy,
    {
      playbook: request.playbook,
      risks: operations.map(({ risk }) => risk),
      effects: effectsOfAll(operations),
    },
    context.now(),
    request.requester.timeZone,
  );
  if (shut.length > 0) {
    const opens = shut.map(({ opensAt }) => opensAt).filter((time) => time !== undefined);
    const until = new Date(Math.max(...opens.map((time) => time.getTime())));
    const reason = shut.map(({ sentence }) => sentence).join(" ");
    return { kind: "wait", reason, until: opens.length < shut.length ? undefined : until };
  }
  return request.decision.rules.length === 0
    ? { kind: "start" }
    : recount(context, request, decisions, concerned, takenOverBy);
}

/**
 * Who of those who approved a request may ask for it themselves: what takes someone's access outlives that whoever
 * asked for it loses their power, or a counter-attack would end it. Undefined where nobody may.
 */
async function whoTakesOver(
  context: CheckContext,
  request: Request,
  decisions: readonly StoredDecision[],
  judge: (standing: Standing) => Promise<Decision>,
): Promise<Standing | undefined> {
  if (!takesAccess(request.playbook, request.plan.steps)) return undefined;
  for (const { personId, verdict, planHash } of decisions) {
    if (verdict !== "approve" || planHash !== request.plan.hash) continue;
    const standing = await context.standing(personId);
    if ((await judge(standing)).kind !== "denied") return standing;
  }
  return undefined;
}

async function recount(
  context: CheckContext,
  request: Request,
  decisions: readonly StoredDecision[],
  concerned: KnownNames,
  takenOverBy: Standing | undefined,
): Promise<StartCheck> {
  const { policy } = context.loadedPolicy();
  const roleNames = rolesAskedBy(request.decision.rules, policy);
  const now = context.now();
  const people: { personId: string; reason: string }[] = [];
  const inForce = decisions.filter(({ planHash }) => planHash === request.plan.hash);
  const fresh = await Promise.all(
    inForce.map(async (decision) => {
      const standing = await context.standing(decision.personId, roleNames);
      return { decision, standing };
    }),
  );
  const namesOf = new Map(fresh.map(({ standing: { facts } }) => [facts.id, namesOfDecider(policy, facts)]));
  const known = new Map([...concerned, ...namesOf]);
  const still: StoredDecision[] = [];
  const lesser: typeof people = [];
  for (const { decision, standing } of fresh) {
    const held = standing.roles.map(({ role }) => role);
    // A role that Slack does not answer about now is not lost.
    if (decision.roles.some((role) => !held.includes(role))) requireAnswers(standing);
    const roles = decision.roles.filter((role) => held.includes(role));
    // An address of before shows nothing of whose the account is now.
    const isKnown = namesOf.get(decision.personId)?.some((name) => name.includes("@")) === true;
    const kept = { ...decision, roles, email: isKnown ? decision.email : undefined };
    const input = tallyInputOf(policy, request, [kept], now, known);
    const [made] = input.decisions;
    const answer =
      made && mayDecide(input, { ...made, person: { id: made.personId, aliases: made.aliases } });
    const gone = decision.roles.filter((role) => !held.includes(role));
    if (standing.barred === undefined && answer?.may === true) {
      still.push(kept);
      if (gone.length > 0)
        lesser.push({
          personId: decision.personId,
          reason: `They approved as ${gone.join(", ")}, and no longer hold it.`,
        });
    } else {
      const lost = answer?.may === false ? answer.reason : "";
      people.push({ personId: decision.personId, reason: standing.barred ?? lost });
    }
  }
  const count = tally(tallyInputOf(policy, request, still, now, known));
  // An approval that was written down with a role that is gone must not be counted with it again.
  return count.state === "approved"
    ? { kind: "start", takenOverBy }
    : { kind: "lapsed", people: [...people, ...lesser] };
}
