import { askedPeople, likelyApprovers, type LikelyApprovers } from "./likely-approvers.ts";
import type { People } from "./people.ts";
import { keysOfPerson } from "../permission/decide/identities.ts";
import type { Policy } from "../permission/schema.ts";
import type { DecisionInput } from "../permission/decide/decide.ts";
import type { Request, RequestDecision } from "../request/request.ts";
import type { Directory } from "../slack/directory.ts";
import type { BeyondSlack } from "./identify.ts";
import type { Wanted } from "../request/wanted.ts";
import { whoToAsk } from "./who-to-ask.ts";
import { namesOfTarget } from "../target/target.ts";

/** An answer to a press must come within three seconds, and what the names rest on is remembered mostly. */
export const NAMING_MILLISECONDS = 300;

export interface ApproverPoolParts {
  policy: () => Policy;
  /** Both remember for a minute; undefined as long as Slack was not reached. */
  remembered: () => { directory: Directory; people: People } | undefined;
  onCall: BeyondSlack["onCall"];
}

/** Who is shown and written to as one who may decide; as far as Slack knows them, so it never throws. */
export interface ApproverPool {
  /** Those who may decide a new request, and those whom break-glass passes over. */
  approvers: (question: DecisionInput, decision: RequestDecision) => Promise<LikelyApprovers>;
  /** Those who hold these roles and may decide this request. */
  holders: (request: Request, roles: readonly string[]) => Promise<string[]>;
  /** A few of those who are wanted, by name; `patience` is the most that it may take, in milliseconds. */
  whoToAsk: (wanted: readonly Wanted[], patience?: number) => Promise<string>;
}

/** Nothing is decided by what it finds. */
export function createApproverPool({ policy, remembered, onCall }: ApproverPoolParts): ApproverPool {
  async function pool(
    asked: { roles: readonly string[]; people: readonly string[] },
    concerned: readonly (string | undefined)[],
    { isForAll, patience }: { isForAll?: boolean; patience?: number } = {},
  ): Promise<LikelyApprovers> {
    const known = remembered();
    const asksNobody = asked.roles.length === 0 && asked.people.length === 0;
    if (known === undefined || asksNobody) return { people: [], isComplete: known !== undefined };
    if (patience === 0) return { people: [], isComplete: false };
    const { directory, people } = known;
    const not = keysOfPerson(policy(), concerned);
    return likelyApprovers(
      { policy: policy(), directory, onCall, standing: (id, roles) => people.standing(id, roles) },
      asked,
      { not, isForAll, patience },
    );
  }
  return {
    async approvers({ requester, target }, { rules, skipped }) {
      const { id, email } = requester.facts;
      const { roles, people } = askedPeople([...rules, ...(skipped ?? [])]);
      const reviewers = skipped === undefined ? [] : (policy().break_glass?.review.by ?? []);
      // Everyone who is passed over is told.
      return pool(
        { roles: [...new Set([...roles, ...reviewers])], people },
        [id, email, ...target.slackIds, ...target.emails],
        { isForAll: skipped !== undefined },
      );
    },
    async holders({ requester, plan }, roles) {
      const concerned = [requester.id, requester.email, ...namesOfTarget(plan.target)];
      return (await pool({ roles, people: [] }, concerned)).people.map(({ facts }) => facts.id);
    },
    whoToAsk: (wanted, patience = NAMING_MILLISECONDS) =>
      whoToAsk(wanted, ({ roles, people = [], not = [] }) => pool({ roles, people }, not, { patience })),
  };
}
