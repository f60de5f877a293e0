import { findOperation } from "../../catalogue/registry.ts";
import { countSessions } from "../../catalogue/slack/session/list.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { LockoutPreview, LockoutPreviewResult } from "../../deps/lockout.ts";
import type { AskedTarget } from "../../deps/person.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { AuditEvent } from "../../audit/event.ts";
import { askedOperation } from "../../permission/decide/asked-operation.ts";
import { decide } from "../../permission/decide/decide.ts";
import { verdictIfAllHolds } from "../../lockout/expected.ts";
import type { LockoutPart } from "../../playbook/lockout-fields.ts";
import { lockoutsOf } from "../../request/lockout-store.ts";
import type { ZoomFinding } from "../../target/find.ts";
import { SEVERAL_ACCESS_USERS } from "../../target/access-doubt.ts";
import type { Target } from "../../target/target.ts";
import { OWNER, zoomRoleOf } from "../../target/zoom-role.ts";
import { askedOfPlan } from "../judge/required-permissions.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { lastAdministratorFault } from "./last-administrator.ts";
import { createSight } from "./prefetching-lookups.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { refusalFrom } from "../submit/request-result.ts";
import { submissionRefused } from "../events/refusal-events.ts";
import { planLockout } from "./plan-lockout.ts";
import { lockoutPlaces, type LockoutContext } from "./submit-lockout.ts";

/**
 * What a lockout with these parts would do to somebody and whether it would hold. Only for those who may ask for it;
 * what the vendors show of the person only as far as the policy lets them look.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function previewLockout(
  context: LockoutContext,
  personId: string,
  asked: { target: AskedTarget; parts: readonly LockoutPart[]; playbook?: string },
): Promise<LockoutPreviewResult> {
  const sight = createSight(context);
  const [requester, found] = await Promise.all([
    context.standing(personId),
    lookUpPerson(sight.lookups, asked.target, lockoutPlaces(asked)),
  ]);
  if (found.kind !== "found") return found;
  const { target, zoom } = found;
  const planned = planLockout(context, { ...asked, reason: "Preview" }, target, zoom);
  if (planned === undefined)
    return {
      kind: "invalid",
      faults: [{ field: "preset", message: "The policy no longer has this playbook." }],
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
    const refusal: Refusal = refusalFrom(decision);
    const submission = { viewId: `preview:${personId}`, requesterId: personId, target: asked.target };
    await context.audit(submissionRefused(submission, plan.playbook, refusal, context.now()));
    return { kind: "refused", refusal };
  }
  const mayLook = (name: string) =>
    decide({
      ...judged.question,
      playbook: name,
      operations: [askedOperation(findOperation(name))],
    }).kind === "allowed";
  const [facts, guard, standing] = await Promise.all([
    factsOf(context, target, zoom, mayLook),
    lastAdministratorFault(context, plan, zoom?.user),
    lockoutsOf(context.database, target.email ?? ""),
  ]);
  await context.audit(previewed(personId, target, decision.kind, context.now()));
  const expected = asked.playbook === undefined ? verdictIfAllHolds(plan) : undefined;
  // Zoom deactivates nobody who owns the account.
  const owns = zoomRoleOf(zoom?.user)?.id === OWNER && plan.steps.some(({ id }) => id === "deactivate");
  const temporary = [...(expected?.temporary ?? []), ...(owns ? [OWNER_STAYS] : [])];
  const preview: LockoutPreview = {
    person: {
      name: target.name,
      email: target.email ?? "",
      slackId: target.slackId,
    },
    facts,
    steps: plan.steps.filter(({ isSnapshot }) => isSnapshot !== true).map(({ title }) => title),
    leftOut,
    ...(expected === undefined
      ? {}
      : {
          expected: {
            holds: expected.kind === "locked" && !owns,
            temporary,
            ...(expected.kind === "not_locked" || expected.kind === "no_account"
              ? { unproven: expected.sentence }
              : {}),
            ...(expected.beyond === undefined ? {} : { beyond: expected.beyond }),
          },
        }),
    permission: { needsApproval: decision.kind === "needs_approval", because: decision.because },
    guard,
    standing: standing.map(({ requestId, since }) => ({ requestId, since })),
  };
  return { kind: "previewed", preview };
}

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

/** One sentence for each thing that is worth knowing before the press. What cannot be read is said. */
async function factsOf(
  context: LockoutContext,
  target: Target,
  zoom: ZoomFinding | undefined,
  mayLook: (operation: string) => boolean,
): Promise<string[]> {
  const { cloudflareAccountId: accountId, slackTeamId } = context.surroundings;
  const { zoomUserId: userId, cloudflareUserId, slackId } = target;
  const read = async (
    operation: string,
    input: Record<string, unknown>,
    say: (output: never) => string,
  ): Promise<string[]> => {
    if (!mayLook(operation)) return [];
    const { title } = findOperation(operation);
    return context.execute(findOperation(operation), input, { priority: 0 }).then(
      (output) => [say(output as never)],
      (error: unknown) =>
        isVendorError(error) && error.facts.kind === "missing_scope"
          ? [`“${title}” is not allowed to this app.`]
          : [`“${title}” got no answer in time.`],
    );
  };
  const nothing = Promise.resolve<string[]>([]);
  const parts = await Promise.all([
    Promise.resolve(zoomFacts(zoom, target, mayLook("zoom.user.get"))),
    userId === undefined || userId.includes("@")
      ? nothing
      : read("zoom.meeting.list", { userId, type: "live" }, ({ meetings }: { meetings?: unknown[] | null }) =>
          count(meetings?.length ?? 0, "live Zoom meeting"),
        ),
    accountId === undefined || cloudflareUserId === undefined
      ? nothing
      : read(
          "cloudflare.access.listActiveSessions",
          { accountId, userId: cloudflareUserId },
          (sessions: unknown[]) => count(sessions.length, "open Cloudflare Access session"),
        ),
    accountId === undefined || cloudflareUserId === undefined
      ? nothing
      : read(
          "cloudflare.registration.list",
          { accountId, userId: cloudflareUserId, status: "active" },
          (registrations: unknown[]) => count(registrations.length, "WARP device"),
        ),
    slackTeamId === undefined || slackId === undefined
      ? nothing
      : read("slack.session.list", { userId: slackId, teamId: slackTeamId }, (sessions: unknown) => {
          const number = countSessions(sessions);
          return number === undefined ? "Many open Slack sessions." : count(number, "open Slack session");
        }),
  ]);
  const place = target.found.includes(SEVERAL_ACCESS_USERS)
    ? SEVERAL_ACCESS_USERS
    : "Cloudflare Access knows no user with this e-mail, or could not be asked.";
  return [...parts.flat(), ...(accountId === undefined || cloudflareUserId !== undefined ? [] : [place])];
}

function zoomFacts(zoom: ZoomFinding | undefined, target: Target, isShown: boolean): string[] {
  if (target.zoomUserId === undefined) return ["Zoom has no user with this e-mail."];
  if (zoom === undefined) return ["Zoom does not answer now. Its steps go by the e-mail."];
  if (!isShown) return [];
  const role = zoomRoleOf(zoom.user);
  return [
    `Zoom user is ${zoom.status}${role === undefined ? "" : `, with the role ${role.name}`}.`,
    ...(role?.id === OWNER ? ["Zoom deactivates nobody who owns the account: that door stays open."] : []),
  ];
}

function count(number: number, what: string): string {
  return `${number === 0 ? "No" : number} ${what}${number === 1 ? "" : "s"}.`;
}
