import { ApiFailure } from "../api-failure.ts";
import { page, type Arguments, type Method } from "../method.ts";
import type { JsonObject, SlackSession, SlackState, User } from "../state.ts";

/** The sessions of someone that are not over. */
export function liveSessions({ sessions, clock }: SlackState, userId: string): SlackSession[] {
  return (sessions.get(userId) ?? []).filter(({ endsAt }) => endsAt === undefined || endsAt > clock());
}

function refuseOutsideEnterprise({ credentials }: SlackState): void {
  if (credentials.enterpriseId === "") throw new ApiFailure("feature_not_enabled");
}

function knownUser(state: SlackState, userId: string): User {
  const user = state.users.get(userId);
  if (user === undefined || user.isStranger) throw new ApiFailure("user_not_found");
  return user;
}

/** Slack takes booleans here, and words for them in a form. */
function readFlag(args: Arguments, name: string): boolean {
  const value = args.text(name);
  if (value === undefined) return false;
  if (!["true", "false", "1", "0"].includes(value)) throw new ApiFailure("invalid_arguments");
  return args.flag(name);
}

function sessionShape({ credentials }: SlackState, userId: string, session: SlackSession): JsonObject {
  return {
    user_id: userId,
    team_id: credentials.teamId,
    session_id: session.id,
    created: {
      device_hardware: session.device,
      os: "macOS",
      os_version: "26.1",
      slack_client_version: "4.47.0",
      ip: session.ip,
    },
  };
}

export const ADMINISTRATION_METHODS: Record<string, Method> = {
  "admin.users.session.reset": {
    scopes: ["admin.users:write"],
    token: "admin",
    limit: "tier2",
    takes: ["user_id", "mobile_only", "web_only"],
    run(args, state) {
      refuseOutsideEnterprise(state);
      const user = knownUser(state, args.required("user_id"));
      if (user.isBot) throw new ApiFailure("cannot_reset_bot");
      if (user.isPrimaryOwner) throw new ApiFailure("cannot_reset_primary_owner");
      const [mobileOnly, webOnly] = [readFlag(args, "mobile_only"), readFlag(args, "web_only")];
      const endsAt = new Date(state.clock().getTime() + state.signOutMilliseconds);
      for (const session of liveSessions(state, user.id)) {
        const isMobile = session.device === "mobile";
        if ((mobileOnly && !isMobile) || (webOnly && isMobile)) continue;
        session.endsAt ??= endsAt;
      }
      return {};
    },
  },
  "admin.users.session.list": {
    scopes: ["admin.users:read"],
    token: "admin",
    limit: "tier2",
    takes: ["user_id", "team_id", "limit", "cursor"],
    run(args, state) {
      refuseOutsideEnterprise(state);
      const [userId, teamId] = [args.text("user_id"), args.text("team_id")];
      if (userId !== undefined && teamId === undefined) throw new ApiFailure("missing_team");
      if (teamId !== undefined && userId === undefined) throw new ApiFailure("missing_user");
      if (teamId !== undefined && teamId !== state.credentials.teamId) throw new ApiFailure("team_not_found");
      if (userId !== undefined && knownUser(state, userId).isBot) throw new ApiFailure("bots_not_allowed");
      const users = userId === undefined ? [...state.sessions.keys()] : [userId];
      const all = users.flatMap((id) =>
        liveSessions(state, id).map((session) => sessionShape(state, id, session)),
      );
      if (all.length === 0) throw new ApiFailure("no_active_sessions");
      const { items, next } = page(all, args, 1_000);
      return { active_sessions: items, response_metadata: { next_cursor: next } };
    },
  },
};
