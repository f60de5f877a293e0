import { mixesScripts } from "../target/person-key.ts";
import { namesOf, shareName } from "./people.ts";
import type { KnownPerson } from "./people.ts";
import { everyoneAsked, fitsAnywhere, type RuleToMeet } from "./rule.ts";

/** What a decision is about, and until when it may be made. */
export interface OpenRequest {
  rules: readonly RuleToMeet[];
  requester: KnownPerson;
  /** Every Slack id and e-mail of the person whom it concerns; `isPerson` is false where it concerns nobody. */
  target: { aliases: readonly string[]; isPerson?: boolean };
  planHash: string;
  expiresAt: Date;
}

/** Someone who wants to decide. */
export interface Decider {
  person: KnownPerson;
  /** The roles they hold at this moment. */
  roles: readonly string[];
  /** The hash of the plan that they were shown. */
  planHash: string;
  at: Date;
}

/** Which rules a decision speaks for, or the rule that forbids it with a sentence for the person. */
export type MayDecide =
  | { may: true; rules: string[] }
  | {
      may: false;
      rule: string;
      reason: string;
      /** Who could decide; with one of these roles the person could as well. */
      lacksRole?: { roles: string[]; people: string[] };
    };

/**
 * Whether someone may approve or deny. Nobody is exempt from these rules, whatever their role: not the one who
 * asked, not the one it is about, under any of their names; only with one of the roles or by name, for the plan that
 * was shown, and in time. Whose turn it is, is `tally`'s to say.
 */
export function mayDecide(request: OpenRequest, decider: Decider): MayDecide {
  const names = namesOf(decider.person);
  if (shareName(names, namesOf(request.requester)))
    return {
      may: false,
      rule: "nobody decides their own request",
      reason: "You asked for this yourself, so somebody else has to decide.",
    };
  if (shareName(names, namesOf(request.target)))
    return {
      may: false,
      rule: "nobody decides a request about themselves",
      reason: "This request is about you, so somebody else has to decide.",
    };
  const doubt = doubtAbout(decider.person);
  if (doubt !== undefined)
    return { may: false, rule: "only who is known to be somebody else decides", reason: doubt };
  // Written so that an invalid date counts as too late.
  if (!(decider.at.getTime() < request.expiresAt.getTime()))
    return {
      may: false,
      rule: "decisions are made before the request expires",
      reason: "This request has expired. If it is still wanted, it has to be asked for again.",
    };
  if (decider.planHash !== request.planHash)
    return {
      may: false,
      rule: "an approval is bound to the plan that was shown",
      reason: "What you were shown is not what would run now. Open the request again and look at it afresh.",
    };
  const voter = { personId: decider.person.id, roles: decider.roles };
  const rules = request.rules.filter((rule) => fitsAnywhere(rule, voter, decider.at));
  if (rules.length === 0) {
    const asked = everyoneAsked(request.rules, decider.at);
    return {
      may: false,
      rule: "only people whom the policy asks may decide",
      reason: whyNot(request.rules, voter),
      lacksRole: asked,
    };
  }
  return { may: true, rules: rules.map((rule) => rule.id) };
}

/** Why it cannot be ruled out that someone is one of those concerned; then they do not count. */
function doubtAbout({ id, aliases }: KnownPerson): string | undefined {
  const emails = [id, ...aliases].filter((name) => name.includes("@"));
  if (emails.length === 0)
    return "Slack shows no e-mail for you, so you could be one of those concerned. The policy's owner can link your Slack id to your e-mail in `identities`.";
  if (emails.some(mixesScripts))
    return "Your e-mail mixes letters of several scripts, so it could be made to look like another one.";
  return undefined;
}

function whyNot(rules: readonly RuleToMeet[], voter: { roles: readonly string[] }): string {
  const later = rules.find(({ escalation }) => voter.roles.some((role) => escalation?.roles.includes(role)));
  if (later !== undefined)
    return "You may decide this only when it has waited long enough to be escalated to your role.";
  return "You hold none of the roles that may decide this.";
}
