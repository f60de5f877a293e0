import type { DeadboltDeps, RequestLine, RequestLists } from "../deps/explanation.ts";
import { UnansweredGroupError } from "../permission/decide/group-answers.ts";
import { isDirectoryError } from "../slack/directory.ts";
import type { EnteredTarget } from "../deps/person.ts";
import type { People } from "../people/people.ts";
import { lastHeldRoles } from "../request/last-held-roles.ts";
import { recentRequestsOf } from "../request/find-requests.ts";
import type { Request } from "../request/request.ts";
import { openRefused } from "../workflow/events/refusal-events.ts";
import { explainStanding } from "../workflow/judge/explain-permission.ts";
import { askedPerson, historyFor } from "../workflow/judge/judge-request.ts";
import type { ActContext } from "../workflow/waiting/act-context.ts";
import type { DecideContext } from "../workflow/waiting/decide-request.ts";
import { waitingFor, type WaitingContext } from "../workflow/waiting/waiting-for.ts";
import { restorePower } from "../workflow/waiting/restore-power.ts";
import type { FailClosed } from "./fail-closed.ts";

const LISTED_REQUESTS = 10;

export interface DeadboltParts {
  people: People;
  remembered: People;
  namesOf: (target: EnteredTarget) => Promise<string[]>;
  linksTo: (requestIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/**
 * What `/deadbolt` answers; every fault is a no.
 * @param people who someone is, asked of Slack every time; `remembered` may be a minute old
 * @param linksTo where requests are in Slack
 * @param namesOf finds someone in Slack by what was typed; throws DirectoryError
 */
export function createDeadboltDeps(
  context: DecideContext & ActContext,
  { people, remembered, namesOf, linksTo }: DeadboltParts,
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
    requestsOf: (personId) =>
      requestLists(
        { ...context, standing: (id, roles) => remembered.standing(id, roles) },
        linksTo,
        personId,
      ),
  };
}

/** What one person asked for and, where Slack answers who they are, what waits for them. */
async function requestLists(
  context: WaitingContext,
  linksTo: DeadboltParts["linksTo"],
  personId: string,
): Promise<RequestLists> {
  const [own, waiting] = await Promise.all([
    recentRequestsOf(context.database, personId, LISTED_REQUESTS),
    waitingFor(context, personId).catch((error: unknown) => {
      if (isDirectoryError(error) || error instanceof UnansweredGroupError) return undefined;
      throw error;
    }),
  ]);
  const { decisions = [], reviews = [] } = waiting ?? {};
  const links = await linksTo(
    [...own, ...decisions, ...reviews.map(({ request }) => request)].map(({ id }) => id),
  );
  const line = ({ id, plan, state, createdAt, requester }: Request, dueAt?: Date): RequestLine => ({
    id,
    title: plan.title,
    target: plan.target.name,
    state,
    createdAt,
    requesterId: requester.id,
    dueAt,
    link: links.get(id),
  });
  const forMe = {
    decisions: decisions.map((one) => line(one, one.expiresAt ?? undefined)),
    reviews: reviews.map(({ request, dueAt }) => line(request, dueAt)),
  };
  return { own: own.map((one) => line(one)), forMe: waiting === undefined ? undefined : forMe };
}
