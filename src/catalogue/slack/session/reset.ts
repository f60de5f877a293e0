import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { adminErrors, refusal } from "../errors.ts";
import { teamId, userId } from "../fields.ts";
import { countSessions, listSlackSessions } from "./list.ts";

const primaryOwner = "Only the primary owner of the organization signs the primary owner out.";

/**
 * Signs a person out of Slack on every device. It prevents no new sign-in: that is for whoever they sign in with.
 * The method for many people at once only says that it has begun, so it is not used.
 */
export const resetSlackSessions = defineOperation({
  name: "slack.session.reset",
  vendor: "slack",
  title: "Sign a person out of Slack",
  scopes: { classic: [], granular: ["admin.users:write"] },
  // No session comes back, and none is missed: whoever may sign in has another one in a minute.
  risk: "reversible",
  effects: ["closes-slack"],
  rateLimit: "tier2",
  idempotent: true,
  about: "slackUser",
  current: {
    operation: listSlackSessions.name,
    input: ({ slackUserId: user, slackTeamId: team }) =>
      user === undefined || team === undefined ? undefined : { userId: user, teamId: team },
  },
  docs: "https://docs.slack.dev/reference/methods/admin.users.session.reset",
  input: z.strictObject({
    userId,
    /** Not sent: the read-back needs it to list the person's sessions. */
    teamId: teamId.meta({
      description: "Lets the result be proven: the person's sessions in it are listed afterwards.",
    }),
  }),
  output: z.looseObject({ ok: z.literal(true) }),
  call: ({ userId: user }) => ({
    method: "POST",
    path: "/admin.users.session.reset",
    body: { user_id: user },
  }),
  readBack: {
    operation: listSlackSessions.name,
    input: ({ userId: user, teamId: team }) => ({ userId: user, teamId: team }),
    // That Slack knows nobody of this id shows nothing.
    proves: (reading) => reading.found && countSessions(reading.output) === 0,
    denied: "the Slack token may not list sessions (it lacks admin.users:read).",
  },
  undo: "There is nothing to undo: anyone still allowed to can sign in again.",
  limits: [
    "It prevents no new sign-in: take the person out of the identity provider, or deactivate them in Slack.",
    "Slack ends the sessions in every workspace; read back are those in the workspace that Deadbolt serves.",
    "It does not end what apps do in the person's name: their tokens stay.",
  ],
  errors: [
    ...adminErrors,
    refusal("cannot_reset_bot", "This is a bot, and bots have no sessions."),
    refusal("cannot_reset_primary_owner", primaryOwner),
    refusal("session_reset_not_allowed", primaryOwner),
    refusal("restricted_action", "The organization's settings do not let the token's owner do this."),
    refusal("user_session_reset_failed", "Slack could not begin with it: try again."),
  ],
});
