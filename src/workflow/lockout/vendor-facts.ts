import { findOperation } from "../../catalogue/registry.ts";
import { countSessions } from "../../catalogue/slack/session/list.ts";
import { faultText, isNoAnswer, isVendorError } from "../../connectors/vendor-error.ts";
import { SEVERAL_ACCESS_USERS } from "../../target/access-doubt.ts";
import type { ZoomFinding } from "../../target/find.ts";
import type { Target } from "../../target/target.ts";
import { OWNER, zoomRoleOf } from "../../target/zoom-role.ts";
import type { Sight } from "./prefetching-lookups.ts";
import type { LockoutContext } from "./submit-lockout.ts";

/** One sentence for each thing that is worth knowing before the press. What cannot be read is said. */
export async function factsOf(
  context: Pick<LockoutContext, "execute" | "playbookSettings">,
  target: Target,
  {
    zoom,
    refusals,
    onMeetings,
  }: {
    zoom: ZoomFinding | undefined;
    refusals: Sight["refusals"];
    /** Takes how many live meetings Zoom lists. */
    onMeetings: (live: number) => void;
  },
  mayLook: (operation: string) => boolean,
): Promise<string[]> {
  const { cloudflareAccountId: accountId, slackTeamId } = context.playbookSettings;
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
          ? [`“${title}” is not allowed to this app. ${faultText(error.facts)}`]
          : isVendorError(error) && !isNoAnswer(error.facts)
            ? [`“${title}” was refused. ${faultText(error.facts)}`]
            : [`“${title}” got no answer in time.`],
    );
  };
  const nothing = Promise.resolve<string[]>([]);
  const parts = await Promise.all([
    Promise.resolve(zoomFacts(zoom, target, mayLook("zoom.user.get"), refusals.get("zoom"))),
    userId === undefined || userId.includes("@")
      ? nothing
      : read(
          "zoom.meeting.list",
          { userId, type: "live" },
          ({ meetings }: { meetings?: unknown[] | null }) => {
            const live = meetings?.length ?? 0;
            onMeetings(live);
            return `${count(live, "live Zoom meeting")} Instant meetings are not listed.`;
          },
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
    : (refusals.get("cloudflare") ??
      "Cloudflare Access knows no user with this e-mail, or could not be asked.");
  return [...parts.flat(), ...(accountId === undefined || cloudflareUserId !== undefined ? [] : [place])];
}

function zoomFacts(
  zoom: ZoomFinding | undefined,
  target: Target,
  isShown: boolean,
  refusal = "Zoom does not answer now.",
): string[] {
  if (target.zoomUserId === undefined) return ["Zoom has no user with this e-mail."];
  if (zoom === undefined) return [`${refusal} Its steps go by the e-mail.`];
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
