import { ApiFailure } from "../api-failure.ts";
import { page, type Method } from "../method.ts";
import { TEAM_DOMAIN, type JsonObject, type SlackState, type User, type Usergroup } from "../state.ts";
import type { Caller } from "../switches.ts";

/** A person as `users.*` answer; the e-mail only with its own scope. */
function userShape(state: SlackState, user: User): JsonObject {
  const email = state.scopes.has("users:read.email") && user.email !== undefined ? { email: user.email } : {};
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: user.teamId,
      title: "",
      phone: "",
      status_text: "",
      status_emoji: "",
      avatar_hash: "g0000000000",
      ...email,
    },
    // Slack leaves these out of a deactivated account.
    ...(user.deleted
      ? {}
      : {
          color: "9f69e7",
          tz: user.timeZone,
          tz_label: user.timeZone,
          tz_offset: 0,
          is_admin: user.isAdmin,
          is_owner: user.isOwner,
          is_primary_owner: user.isPrimaryOwner,
          is_restricted: user.isRestricted,
          is_ultra_restricted: user.isUltraRestricted,
          is_email_confirmed: true,
          who_can_share_contact_card: "EVERYONE",
        }),
    ...(user.isStranger ? { is_stranger: true } : {}),
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
  };
}

function groupShape(state: SlackState, group: Usergroup, withUsers: boolean): JsonObject {
  const members = activeMembers(state, group);
  return {
    id: group.id,
    team_id: state.credentials.teamId,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: group.isDisabled ? 1_700_000_000 : 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: "",
    created_by: "U0CREATOR",
    updated_by: "U0CREATOR",
    deleted_by: group.isDisabled ? "U0CREATOR" : null,
    prefs: { channels: [], groups: [] },
    user_count: state.switches.userCountAsText ? String(members.length) : members.length,
    ...(withUsers ? { users: members } : {}),
  };
}

/** Slack takes deactivated people out of user groups. */
function activeMembers(state: SlackState, group: Usergroup): string[] {
  return [...group.members].filter((id) => state.users.get(id)?.deleted !== true);
}

/** What `auth.test` says of a token. That of an app says which app it is, and that of a bot does not. */
function whoCalls({ credentials, switches }: SlackState, caller: Caller): JsonObject {
  const { appId, botId, botUserId, enterpriseId, teamId } = credentials;
  if (caller === "app") return { app_name: "Deadbolt", app_id: appId };
  const isOrgWide = enterpriseId !== "" && (caller === "admin" || switches.orgWideInstall);
  return {
    url: `https://${TEAM_DOMAIN}.slack.com/`,
    team: "Deadbolt playground",
    ...(enterpriseId === "" ? {} : { enterprise_id: enterpriseId }),
    team_id: isOrgWide ? enterpriseId : teamId,
    is_enterprise_install: isOrgWide,
    ...(caller === "admin"
      ? { user: "administrator", user_id: "U0ADMINISTRATOR" }
      : { user: "deadbolt", user_id: botUserId, bot_id: botId }),
  };
}

function refuseOtherTeam(state: SlackState, teamId: string | undefined): void {
  if (teamId !== undefined && teamId !== state.credentials.teamId) throw new ApiFailure("team_not_found");
}

export const DIRECTORY_METHODS: Record<string, Method> = {
  "auth.test": {
    scopes: [],
    token: "any",
    limit: "none",
    run: (_args, state, caller) => whoCalls(state, caller),
  },
  "bots.info": {
    scopes: ["users:read"],
    limit: "tier3",
    run(args, { credentials }) {
      if (args.required("bot") !== credentials.botId) throw new ApiFailure("bot_not_found");
      return {
        bot: {
          id: credentials.botId,
          deleted: false,
          name: "deadbolt",
          updated: 1_700_000_000,
          app_id: credentials.appId,
          user_id: credentials.botUserId,
          icons: {},
        },
      };
    },
  },
  "users.info": {
    scopes: ["users:read"],
    limit: "tier4",
    run(args, state) {
      const user = state.users.get(args.required("user"));
      if (user === undefined) throw new ApiFailure("user_not_found");
      return { user: userShape(state, user) };
    },
  },
  "users.list": {
    scopes: ["users:read"],
    limit: "tier2",
    run(args, state) {
      refuseOtherTeam(state, args.text("team_id"));
      const { items, next } = page([...state.users.values()], args, 1_000);
      return {
        members: items.map((user) => userShape(state, user)),
        cache_ts: Math.floor(state.clock().getTime() / 1_000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  "users.lookupByEmail": {
    scopes: ["users:read.email"],
    limit: "tier3",
    run(args, state) {
      const email = args.required("email").toLowerCase();
      const user = [...state.users.values()].find(
        (one) => !one.deleted && one.email?.toLowerCase() === email,
      );
      if (user === undefined) throw new ApiFailure("users_not_found");
      return { user: userShape(state, user) };
    },
  },
  "usergroups.list": {
    scopes: ["usergroups:read"],
    limit: "tier2",
    run(args, state) {
      refuseOtherTeam(state, args.text("team_id"));
      const withUsers = args.flag("include_users");
      const withDisabled = args.flag("include_disabled");
      return {
        usergroups: [...state.usergroups.values()]
          .filter(({ isDisabled }) => withDisabled || !isDisabled)
          .map((group) => groupShape(state, group, withUsers)),
      };
    },
  },
  "usergroups.users.list": {
    scopes: ["usergroups:read"],
    limit: "tier2",
    run(args, state) {
      refuseOtherTeam(state, args.text("team_id"));
      const group = state.usergroups.get(args.required("usergroup"));
      if (group === undefined || (group.isDisabled && !args.flag("include_disabled")))
        throw new ApiFailure("no_such_subteam");
      return { users: activeMembers(state, group) };
    },
  },
};
