import type { AuditEvent } from "../../../src/audit/event.ts";
import type { Operation } from "../../../src/catalogue/operation.ts";
import { judgement } from "../../../src/lockout/judge.ts";
import { stateOf, verdictOf } from "../../../src/lockout/verdict.ts";
import { createLookups } from "../../../src/people/lookups.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { findTarget } from "../../../src/target/find.ts";
import type { Target } from "../../../src/target/target.ts";
import { planLockout } from "../../../src/workflow/lockout/plan-lockout.ts";
import { runFinished, runStarted } from "../../../src/workflow/events/run-events.ts";
import { runRequest } from "../../../src/workflow/run/run-request.ts";
import { runStep } from "../../../src/workflow/step/run-step.ts";
import { createPretendContext } from "../../workflow/pretend-context.ts";
import { createModelVendors, type ModelVendors } from "./vendors.ts";
import { LEAVER, MISSPELT, type World } from "./world.ts";

const SURROUNDINGS = {
  cloudflareAccountId: "account",
  cloudflareZoneIds: ["zone1"],
  cloudflareBlockListId: "list1",
  revokeAgainSeconds: 45,
  slackTeamId: "T0HOME",
};
const SLACK_PERSON = {
  id: LEAVER.slackId,
  teamId: "T0HOME",
  name: "Lee Leaver",
  email: LEAVER.email,
  isBot: false,
  isRestricted: false,
  isUltraRestricted: false,
  isExternal: false,
  deleted: false,
  isOwner: false,
  isAdmin: false,
};

/** A lockout from the request to its end, and what the vendors hold after it. */
export interface LockedOut {
  plan: Plan;
  events: AuditEvent[];
  state: string;
  vendors: ModelVendors;
}

/** What stands between the product and the vendors, or changes what it planned: for faults that are planted. */
export interface Planted {
  execute?(execute: ModelVendors["execute"], operation: Operation, input: unknown): Promise<unknown>;
  plan?(plan: Plan): Plan;
}

/** Plans and runs one lockout with the product's own code; undefined where it refuses to act on this person. */
export async function lockOut(world: World, planted: Planted = {}): Promise<LockedOut | undefined> {
  const { context, events } = createPretendContext({}, 0);
  const vendors = createModelVendors(world, () => context.clock.now());
  const execute = (operation: Operation, input: unknown) =>
    planted.execute?.((...call) => vendors.execute(...call), operation, input) ??
    vendors.execute(operation, input);
  const isKnown = world.asked !== "misspelt";
  const directory = {
    person: () => Promise.resolve(isKnown ? SLACK_PERSON : undefined),
    personByEmail: () => Promise.resolve(isKnown ? SLACK_PERSON : undefined),
  };
  const lookups = createLookups(directory as never, { execute }, "T0HOME", SURROUNDINGS.cloudflareAccountId);
  const asked =
    world.asked === "slack"
      ? { slackId: LEAVER.slackId }
      : { email: world.asked === "email" ? LEAVER.email : MISSPELT };
  const { verdict, zoom } = await findTarget(asked, lookups, { zoom: "may", cloudflare: "by-email" });
  if (!verdict.ok) return undefined;
  const { target } = verdict;
  const settings = { playbookSettings: SURROUNDINGS, loadedPolicy: () => ({ policy: {} }) as never };
  const planned = planLockout(settings, { parts: world.parts, reason: "Taken over" }, target, zoom);
  if (planned === undefined) throw new Error("There is no plan.");
  const plan = planted.plan?.(planned.plan) ?? planned.plan;
  const step = {
    ...context,
    execute,
    known: (person: Target) => ({
      ...context.known(person),
      cloudflareAccountId: "account",
      slackUserId: person.slackId,
      slackTeamId: "T0HOME",
    }),
  };
  await context.audit(runStarted("request1", plan, new Date(context.clock.now())));
  const summary = await runRequest(
    { step: (_name, work) => work() },
    {
      begin: () => Promise.resolve(plan),
      runStep: (run) => runStep(step, { ...run, target }),
      pause: () => (world.isImpatient ? Promise.resolve() : new Promise(() => undefined)),
      finish: () => Promise.resolve(),
    },
    { requestId: "request1", attempt: 0 },
  );
  if (summary === undefined) throw new Error("It did not run.");
  const at = new Date(context.clock.now());
  const judged = judgement("request1", plan, events, at);
  if (judged !== undefined) await context.audit(judged);
  const come = verdictOf(plan, events);
  const state = stateOf(come, summary.state === "done");
  await context.audit(runFinished("request1", { state, sentence: come.sentence }, at));
  return { plan, events: [...events], state, vendors };
}
