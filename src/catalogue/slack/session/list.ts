import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { adminErrors, refusal } from "../errors.ts";
import { teamId, userId } from "../fields.ts";

const device = z.looseObject({
  device_hardware: z.string().nullish(),
  os: z.string().nullish(),
  ip: z.string().nullish(),
});

/** Reads the sessions that a person has open in a workspace; after a reset there is none. */
export const listSlackSessions = defineOperation({
  name: "slack.session.list",
  vendor: "slack",
  title: "List a person's open Slack sessions",
  scopes: { classic: [], granular: ["admin.users:read"] },
  risk: "read",
  rateLimit: "tier2",
  idempotent: true,
  about: "slackUser",
  docs: "https://docs.slack.dev/reference/methods/admin.users.session.list",
  input: z.strictObject({ userId, teamId }),
  output: z.looseObject({
    // Neither null nor absence is taken for an empty list.
    active_sessions: z.array(
      z.looseObject({
        session_id: z.union([z.number(), z.string()]).nullish(),
        user_id: z.string().nullish(),
        created: device.nullish(),
        recent: device.nullish(),
      }),
    ),
    response_metadata: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
  }),
  // Without both ids Slack lists the sessions of the whole organization.
  call: ({ userId: user, teamId: team }) => ({
    method: "POST",
    path: "/admin.users.session.list",
    body: { user_id: user, team_id: team, limit: 1_000 },
  }),
  limits: [
    "Slack lists the sessions in one workspace: those in others of the organization are not among them.",
    "It does not say when a session began.",
  ],
  errors: [
    ...adminErrors,
    refusal("admin_unauthorized", "The token's owner may not list sessions."),
    refusal("bots_not_allowed", "This is a bot, and bots have no sessions."),
    refusal("team_not_found", "Slack knows no such workspace: check SLACK_TEAM_ID."),
  ],
});

/** How many sessions an answer shows; undefined where it is none, or where there may be more on another page. */
export function countSessions(output: unknown): number | undefined {
  const parsed = listSlackSessions.output.safeParse(output).data;
  if (parsed === undefined || parsed.response_metadata?.next_cursor) return undefined;
  return parsed.active_sessions.length;
}
