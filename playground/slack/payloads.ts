import { newId } from "./identifiers.ts";
import { messageShape } from "./message-shape.ts";
import {
  TEAM_DOMAIN,
  type Channel,
  type JsonObject,
  type Message,
  type OpenView,
  type SlackState,
  type User,
} from "./state.ts";
import { viewShape } from "./view-stack.ts";

/** The verification token that Slack still sends and nobody should trust. */
const LEGACY_TOKEN = "playground-legacy-token";

/** What every interaction says about who acted where. A person of another workspace acts in theirs. */
function common(state: SlackState, user: User): JsonObject {
  return {
    team: { id: user.teamId, domain: user.teamId === state.credentials.teamId ? TEAM_DOMAIN : "elsewhere" },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: state.credentials.appId,
    token: LEGACY_TOKEN,
    enterprise: enterpriseOf(state),
    is_enterprise_install: state.switches.orgWideInstall,
  };
}

function enterpriseOf({ credentials }: SlackState): JsonObject | null {
  return credentials.enterpriseId === "" ? null : { id: credentials.enterpriseId, name: "Deadbolt" };
}

function channelName(channel: Channel): JsonObject {
  return { id: channel.id, name: channel.kind === "private" ? "privategroup" : channel.name };
}

function actionTime(state: SlackState): string {
  return (state.clock().getTime() / 1_000).toFixed(6);
}

export function commandPayload(
  state: SlackState,
  act: {
    user: User;
    channel: Channel;
    command: string;
    text: string;
    triggerId: string;
    responseUrl: string;
  },
): Record<string, string> {
  return {
    token: LEGACY_TOKEN,
    team_id: act.user.teamId,
    team_domain: TEAM_DOMAIN,
    channel_id: act.channel.id,
    channel_name: act.channel.kind === "private" ? "privategroup" : act.channel.name,
    user_id: act.user.id,
    user_name: act.user.name,
    command: act.command,
    text: act.text,
    api_app_id: state.credentials.appId,
    is_enterprise_install: String(state.switches.orgWideInstall),
    ...(state.credentials.enterpriseId === ""
      ? {}
      : { enterprise_id: state.credentials.enterpriseId, enterprise_name: "Deadbolt" }),
    response_url: act.responseUrl,
    trigger_id: act.triggerId,
  };
}

export function submissionPayload(
  state: SlackState,
  user: User,
  view: OpenView,
  triggerId: string,
): JsonObject {
  return {
    type: "view_submission",
    ...common(state, user),
    trigger_id: triggerId,
    view: viewShape(state, view),
    response_urls: [],
  };
}

export function closedPayload(state: SlackState, user: User, view: OpenView, isCleared: boolean): JsonObject {
  return { type: "view_closed", ...common(state, user), view: viewShape(state, view), is_cleared: isCleared };
}

export function viewActionPayload(
  state: SlackState,
  act: { user: User; view: OpenView; action: JsonObject; triggerId: string },
): JsonObject {
  return {
    type: "block_actions",
    ...common(state, act.user),
    container: { type: "view", view_id: act.view.id },
    trigger_id: act.triggerId,
    view: viewShape(state, act.view),
    actions: [{ ...act.action, action_ts: actionTime(state) }],
  };
}

export function messageActionPayload(
  state: SlackState,
  act: {
    user: User;
    channel: Channel;
    message: Message;
    action: JsonObject;
    triggerId: string;
    responseUrl: string;
  },
): JsonObject {
  const { message } = act;
  return {
    type: "block_actions",
    ...common(state, act.user),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.ephemeralTo !== undefined,
      thread_ts: message.threadTs,
    },
    trigger_id: act.triggerId,
    channel: channelName(act.channel),
    message: messageShape(state, message),
    state: { values: {} },
    response_url: act.responseUrl,
    actions: [{ ...act.action, action_ts: actionTime(state) }],
  };
}

export function globalShortcutPayload(
  state: SlackState,
  user: User,
  callbackId: string,
  triggerId: string,
): JsonObject {
  const { api_app_id: _notSent, ...rest } = common(state, user);
  return {
    type: "shortcut",
    ...rest,
    action_ts: actionTime(state),
    callback_id: callbackId,
    trigger_id: triggerId,
  };
}

export function messageShortcutPayload(
  state: SlackState,
  act: {
    user: User;
    channel: Channel;
    message: Message;
    callbackId: string;
    triggerId: string;
    responseUrl: string;
  },
): JsonObject {
  const { api_app_id: _notSent, ...rest } = common(state, act.user);
  return {
    type: "message_action",
    ...rest,
    action_ts: actionTime(state),
    callback_id: act.callbackId,
    trigger_id: act.triggerId,
    response_url: act.responseUrl,
    message_ts: act.message.ts,
    channel: channelName(act.channel),
    message: messageShape(state, act.message),
  };
}

export function homeOpenedPayload(state: SlackState, user: User, directChannel: string): JsonObject {
  const { teamId, appId, botUserId } = state.credentials;
  const home = state.homes.get(user.id);
  return {
    token: LEGACY_TOKEN,
    team_id: teamId,
    api_app_id: appId,
    event: {
      type: "app_home_opened",
      user: user.id,
      channel: directChannel,
      tab: "home",
      ...(home === undefined ? {} : { view: viewShape(state, home) }),
      event_ts: actionTime(state),
    },
    type: "event_callback",
    event_id: newId("Ev0"),
    event_time: Math.floor(state.clock().getTime() / 1_000),
    authorizations: [
      {
        enterprise_id: state.credentials.enterpriseId || null,
        team_id: teamId,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: state.switches.orgWideInstall,
      },
    ],
    is_ext_shared_channel: false,
    event_context: newId("4-"),
  };
}
