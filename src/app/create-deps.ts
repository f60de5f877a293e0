import type { Logger } from "pino";
import type { Deps } from "../deps/deps.ts";
import type { EnteredTarget } from "../deps/person.ts";
import type { Refusal } from "../deps/refusal.ts";
import { mayBreakGlass } from "../permission/decide/may-open.ts";
import { openingRefusal } from "../permission/decide/may-open.ts";
import type { PolicyKeeper } from "../permission/policy-file/keep-policy.ts";
import type { People } from "../people/people.ts";
import { openRefused } from "../workflow/events/refusal-events.ts";
import type { Contexts } from "./contexts.ts";
import { createDeadboltDeps } from "./deadbolt-deps.ts";
import { createFailClosed, createFaultReporter } from "./fail-closed.ts";
import { createLockoutDeps } from "./lockout-deps.ts";
import { createOffboardDeps } from "./offboard-deps.ts";
import { createOperationDeps } from "./operation-deps.ts";
import { createRequestDeps } from "./request-deps.ts";

export interface DepsParts extends Contexts {
  channel: string;
  cloudflareConfigured: boolean;
  slackSessionsConfigured: boolean;
  settingFaults(): readonly string[];
  policy: PolicyKeeper;
  /** Asked of Slack every time. */
  people: People;
  /** Remembered for a minute: only to spare someone a form. */
  remembered: People;
  /** Finds someone in Slack by what was typed. @throws DirectoryError */
  namesOf(target: EnteredTarget): Promise<string[]>;
  log: Logger;
}

/** What listeners may reach; whatever goes wrong in here comes out as a refusal. */
export function createDeps(parts: DepsParts): Deps {
  const { policy, people, remembered, operation, lockout, decide } = parts;
  const reportFault = createFaultReporter(parts.log);
  const failClosed = createFailClosed({
    reportFault,
    audit: (event) => operation.audit(event),
    now: () => operation.now(),
    whoToAsk: (wanted, patience) => decide.whoToAsk(wanted, patience),
  });

  async function mayOpen(personId: string, playbook: string): Promise<Refusal | undefined> {
    const refusal = async (of: People) =>
      openingRefusal(policy.current().policy, await of.standing(personId), playbook);
    if ((await refusal(remembered)) === undefined) return undefined;
    // Someone may just have been given the role: a no is asked for again.
    const refused = await refusal(people);
    if (refused !== undefined)
      await failClosed.record(openRefused(personId, playbook, refused, operation.now()));
    return refused;
  }

  return {
    channel: parts.channel,
    cloudflareConfigured: parts.cloudflareConfigured,
    slackSessionsConfigured: parts.slackSessionsConfigured,
    settingFaults: () => parts.settingFaults(),
    reportFault,
    mayOpen: (personId, playbook) =>
      failClosed.check(
        "open",
        () => mayOpen(personId, playbook),
        (refusal, at) => openRefused(personId, playbook, refusal, at),
      ),
    async mayBreakGlass(personId) {
      try {
        return mayBreakGlass(policy.current().policy, await remembered.standing(personId));
      } catch (error) {
        reportFault("break glass", error);
        return false;
      }
    },
    ...createOffboardDeps(operation, decide, failClosed),
    ...createOperationDeps(operation, remembered, failClosed),
    ...createRequestDeps(decide, failClosed),
    ...createLockoutDeps(lockout, mayOpen, failClosed),
    ...createDeadboltDeps(
      decide,
      {
        people,
        remembered,
        namesOf: (target) => parts.namesOf(target),
        linksTo: (requestIds) => operation.linksTo(requestIds),
      },
      failClosed,
    ),
  };
}
