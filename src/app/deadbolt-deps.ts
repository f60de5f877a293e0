import type { DeadboltDeps } from "../deps/explanation.ts";
import type { EnteredTarget } from "../deps/person.ts";
import type { People } from "../people/people.ts";
import { lastHeldRoles } from "../request/last-held-roles.ts";
import { recentRequestsOf } from "../request/find-requests.ts";
import { openRefused } from "../workflow/events/refusal-events.ts";
import { explainStanding } from "../workflow/judge/explain-permission.ts";
import { askedPerson, historyFor } from "../workflow/judge/judge-request.ts";
import type { ActContext } from "../workflow/waiting/act-context.ts";
import type { DecideContext } from "../workflow/waiting/decide-request.ts";
import { restorePower } from "../workflow/waiting/restore-power.ts";
import type { FailClosed } from "./fail-closed.ts";

const LISTED_REQUESTS = 10;

/**
 * What `/deadbolt` answers; every fault is a no.
 * @param people who somebody is, asked of Slack every time
 * @param namesOf finds somebody in Slack by what was typed; throws DirectoryError
 */
export function createDeadboltDeps(
  context: DecideContext & ActContext,
  people: People,
  namesOf: (target: EnteredTarget) => Promise<string[]>,
  failClosed: FailClosed,
): DeadboltDeps {
  const { database } = context;
  const policy = () => context.loadedPolicy().policy;
  return {
    explain: (askerId, personId, asked) =>
      failClosed.result(
        "explain",
        () =>
          explainStanding(
            {
              policy: policy(),
              standing: (id) => people.standing(id),
              targetOf: async (target) => askedPerson(people, policy(), await namesOf(target)),
              history: (standing) => historyFor(database, policy(), standing, context.now()),
              lastHeld: (id) => lastHeldRoles(database, id),
              now: () => context.now(),
            },
            { askerId, personId, ...asked },
          ),
        (refusal, at) => openRefused(askerId, "explain", refusal, at),
      ),
    restorePower: (askerId, personId, reason) =>
      failClosed.result(
        "restore",
        () => restorePower(context, askerId, personId, reason),
        (refusal, at) => openRefused(askerId, "restore", refusal, at),
      ),
    async recentRequests(personId) {
      const requests = await recentRequestsOf(database, personId, LISTED_REQUESTS);
      return requests.map(({ id, plan, state, createdAt }) => ({
        id,
        title: plan.title,
        target: plan.target.name,
        state,
        createdAt,
      }));
    },
  };
}
