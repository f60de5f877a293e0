import { findOperation } from "../../catalogue/registry.ts";
import type { AskedPreview, LockoutPreview, LockoutPreviewResult } from "../../deps/lockout.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { AuditEvent } from "../../audit/event.ts";
import { askedOperation } from "../../permission/decide/asked-operation.ts";
import { decide } from "../../permission/decide/decide.ts";
import { verdictIfAllHolds } from "../../lockout/expected.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockoutsOf } from "../../request/lockout-store.ts";
import { namesOfTarget, type Target } from "../../target/target.ts";
import { OWNER, zoomRoleOf } from "../../target/zoom-role.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { lastOfKind } from "./last-administrator.ts";
import { createSight } from "./prefetching-lookups.ts";
import { findForLockout, helpToFind, nowhereFault } from "./find-person.ts";
import { factsOf } from "./vendor-facts.ts";
import { within } from "../../concurrency/timeout.ts";
import { addressWarnings, domainOf } from "../../target/address-warnings.ts";
import type { ListedAccount } from "../../target/near-matches.ts";
import { refusalFrom } from "../submit/request-result.ts";
import { submissionRefused } from "../events/refusal-events.ts";
import { planLockout } from "./plan-lockout.ts";
import type { LockoutContext } from "./submit-lockout.ts";

/**
 * What a lockout with these parts would do to someone and whether it would hold. Only for those who may ask for it;
 * what the vendors show of the person only as far as the policy lets them look.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function previewLockout(
  context: LockoutContext,
  personId: string,
  asked: AskedPreview,
): Promise<LockoutPreviewResult> {
  const { viewId, target: entered } = asked;
  const drawing = context.formMemory.begin({ viewId, personId, target: entered });
  const sight = createSight(context, { drawing });
  const [requester, found] = await Promise.all([
    context.standing(personId),
    findForLockout(sight.lookups, personId, asked),
  ]);
  if (found.kind === "refused") return found;
  if (found.kind !== "found") {
    const known = found.kind === "nowhere" ? found.target : undefined;
    const { candidates } = await helpToFind(context, requester, asked.target, known);
    const faults = found.kind === "nowhere" ? [nowhereFault(asked.target, [])] : found.faults;
    return { kind: "invalid", faults, candidates };
  }
  const { target, zoom } = found;
  const planned = planLockout(context, { ...asked, reason: "Preview" }, target, zoom);
  if (planned === undefined)
    return {
      kind: "invalid",
      faults: [{ field: "preset", message: "The policy no longer has this playbook." }],
      candidates: [],
    };
  const { plan, leftOut } = planned;
  const { policy } = context.loadedPolicy();
  const judged = await judgeRequest(context, policy, requester, {
    playbook: plan.playbook,
    operations: askedOfPlan(plan),
    target,
  });
  const { decision } = judged;
  if (decision.kind === "denied") {
    const refusal: Refusal = refusalFrom(decision, judged.question);
    const submission = { viewId: `preview:${personId}`, requesterId: personId, target: asked.target };
    await context.audit(submissionRefused(submission, plan.playbook, refusal, context.now()));
    return { kind: "refused", refusal };
  }
  const onMeetings = (live: number) => drawing.noteMeetings(live, context.now());
  const mayLook = (name: string) =>
    decide({
      ...judged.question,
      playbook: name,
      operations: [askedOperation(findOperation(name))],
    }).kind === "allowed";
  const [facts, guard, inForce, { candidates, earlier }, colleagues, wrongAccount] = await Promise.all([
    factsOf(context, target, { zoom, refusals: sight.refusals, onMeetings }, mayLook),
    lastOfKind(context, requester.facts, plan, zoom?.user),
    lockoutsOf(context.database, namesOfTarget(target)),
    helpToFind(context, requester, asked.target, target),
    colleaguesOf(context, requester.facts.email, target),
    sight.wrongAccount(),
  ]);
  await context.audit(previewed(personId, target, decision.kind, context.now()));
  const owns = zoomRoleOf(zoom?.user)?.id === OWNER;
  const preview: LockoutPreview = {
    person: {
      name: target.name,
      email: target.email ?? "",
      slackId: target.slackId,
    },
    facts,
    steps: plan.steps.filter(({ isSnapshot }) => isSnapshot !== true).map(({ title }) => title),
    leftOut,
    expected: asked.playbook === undefined ? expectedOf(plan, owns) : undefined,
    permission: { needsApproval: decision.kind === "needs_approval", because: decision.because },
    guard: guard.sentences.length === 0 ? undefined : guard.sentences.join(" "),
    inForce: inForce.map(({ requestId, since }) => ({ requestId, since })),
    warnings: [
      ...(wrongAccount === undefined ? [] : [wrongAccount]),
      ...addressWarnings(target, { requesterEmail: requester.facts.email, earlier, colleagues }),
      ...(decision.unchecked === undefined ? [] : [decision.unchecked]),
    ],
  };
  return { kind: "previewed", preview, candidates };
}

/** What the lockout would come to if every step took hold. Zoom deactivates nobody who owns the account. */
function expectedOf(plan: Plan, ownsAccount: boolean): NonNullable<LockoutPreview["expected"]> {
  const { kind, sentence, temporary, beyond } = verdictIfAllHolds(plan);
  const staysActive = ownsAccount && plan.steps.some(({ id }) => id === "deactivate");
  return {
    holds: kind === "locked" && !staysActive,
    temporary: staysActive ? [...temporary, OWNER_STAYS] : temporary,
    unproven: kind === "not_locked" || kind === "no_account" ? sentence : undefined,
    beyond,
  };
}

/** Everyone in Slack, asked for only where the address is of another domain than the requester's own. */
async function colleaguesOf(
  { accountLists }: LockoutContext,
  requesterEmail: string | undefined,
  { email }: Target,
): Promise<readonly ListedAccount[] | undefined> {
  if (email === undefined || (requesterEmail !== undefined && domainOf(email) === domainOf(requesterEmail)))
    return undefined;
  try {
    return await within(accountLists.slack(), LOOK_MILLISECONDS);
  } catch {
    return undefined;
  }
}

const LOOK_MILLISECONDS = 2_500;

const OWNER_STAYS = "Zoom deactivates nobody who owns the account";

function previewed(personId: string, target: Target, rule: string, at: Date): AuditEvent {
  return {
    id: `preview:${personId}:${at.getTime()}`,
    requestId: null,
    type: "look.answered",
    actor: personId,
    at,
    data: {
      operation: "lockout.preview",
      target: {
        name: target.name,
        email: target.email ?? "",
        ...(target.slackId === undefined ? {} : { slackId: target.slackId }),
      },
      rule,
      revealedSecret: false,
    },
  };
}
