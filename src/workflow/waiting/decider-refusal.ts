import type { Refusal } from "../../deps/refusal.ts";
import { mayDecide } from "../../approval/may-decide.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import type { LoadedPolicy } from "../../permission/policy-file/policy.ts";
import { requireAnswers, type Standing } from "../../permission/decide/roles.ts";
import { decisionsOf } from "../../request/decision-store.ts";
import type { Request } from "../../request/request.ts";
import type { MadeDecision, TallyInput } from "../../approval/tally.ts";
import { cannotHelp } from "./missing-text.ts";
import { closedRefusal } from "./closed-refusal.ts";
import {
  concernedNow,
  knownNamesOf,
  namesOfDecider,
  rolesAskedBy,
  tallyInputOf,
  type KnownNames,
} from "../judge/tally-input.ts";

/** What judging a decider reaches. Roles are asked afresh. */
export interface DeciderContext {
  database: DatabaseClient;
  loadedPolicy(): LoadedPolicy;
  /** The person's roles now, of these role names. @throws DirectoryError */
  standing(personId: string, roleNames: readonly string[]): Promise<Standing>;
  now(): Date;
}

export const DECIDED_BEFORE: Refusal = {
  rule: "each person decides once",
  reason: "You have decided this request before. Your click changed nothing.",
};

/** A decision that someone would make now, and what it would be counted with. */
export interface JudgedDecider {
  standing: Standing;
  made: MadeDecision;
  input: TallyInput;
  /** How often they have decided about this plan. */
  before: number;
  /** Who the person, the requester, and whoever it is about are now. */
  known: KnownNames;
}

/**
 * Whether someone may decide a request now at all; whose turn it is comes after.
 * @param asked what was asked of Slack just now, where it was
 * @throws DirectoryError, or UnansweredGroupError when Slack cannot be asked
 */
export async function judgeDecider(
  context: Pick<DeciderContext, "loadedPolicy" | "standing" | "now">,
  client: DatabaseClient,
  request: Request,
  decider: { personId: string; verdict: "approve" | "deny"; planHash: string },
  asked?: Pick<JudgedDecider, "standing" | "known">,
): Promise<{ refusal: Refusal } | JudgedDecider> {
  const over = closedRefusal(request);
  if (over !== undefined) return { refusal: over };
  const { policy } = context.loadedPolicy();
  const { personId, verdict, planHash } = decider;
  const { standing, known } = asked ?? (await askAbout(context, request, personId));
  const now = context.now();
  const made: MadeDecision = {
    personId,
    aliases: namesOfDecider(policy, standing.facts),
    verdict,
    roles: standing.roles.map(({ role }) => role),
    planHash,
    at: now,
  };
  const decisions = await decisionsOf(client, request.id);
  const input = tallyInputOf(policy, request, decisions, now, known);
  const answer = mayDecide(input, { ...made, person: { id: made.personId, aliases: made.aliases } });
  if (!answer.may) {
    if (answer.lacksRole !== undefined) requireAnswers(standing);
    // Someone barred could be named in a rule by their id: they hold no power all the same.
    const barred = standing.barred === undefined ? "" : ` ${standing.barred}`;
    const wanted = answer.lacksRole && [{ ...answer.lacksRole, not: [...cannotHelp(input), personId] }];
    return {
      refusal: { rule: answer.rule, reason: `${answer.reason}${barred} Nothing was changed.`, wanted },
    };
  }
  if (standing.barred !== undefined)
    return {
      refusal: {
        rule: "guests, bots and outsiders hold no role",
        reason: `${standing.barred} Nothing was changed.`,
      },
    };
  const before = decisions.filter(
    (one) => one.personId === personId && one.planHash === request.plan.hash,
  ).length;
  if (before > 0 && verdict === "deny") return { refusal: DECIDED_BEFORE };
  return { standing, made, input, before, known };
}

/** Asks Slack who someone is now, and who is concerned. */
async function askAbout(
  context: Pick<DeciderContext, "loadedPolicy" | "standing">,
  request: Request,
  personId: string,
): Promise<Pick<JudgedDecider, "standing" | "known">> {
  const roles = rolesAskedBy(request.decision.rules, context.loadedPolicy().policy);
  const [standing, concerned] = await Promise.all([
    context.standing(personId, roles),
    concernedNow((id, roleNames) => context.standing(id, roleNames), request),
  ]);
  return { standing, known: new Map([...concerned, ...knownNamesOf([standing])]) };
}

/** Why someone may not decide a request now; undefined where they may. @throws DirectoryError */
export async function deciderRefusal(
  context: DeciderContext,
  request: Request,
  personId: string,
): Promise<Refusal | undefined> {
  const decider = { personId, verdict: "deny", planHash: request.plan.hash } as const;
  const judged = await judgeDecider(context, context.database, request, decider);
  return "refusal" in judged ? judged.refusal : undefined;
}
