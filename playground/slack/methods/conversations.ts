import { ApiFailure } from "../api-failure.ts";
import { conversationScopes, visibleChannel } from "../conversation-access.ts";
import { newId } from "../identifiers.ts";
import { messageShape } from "../message-shape.ts";
import { page, type Arguments, type Method } from "../method.ts";
import type { Channel, JsonObject, Message, SlackState } from "../state.ts";
import { directMessages } from "../workspace.ts";

function channelShape(state: SlackState, channel: Channel): JsonObject {
  const { botUserId, teamId } = state.credentials;
  const isDirect = channel.kind === "im";
  return {
    id: channel.id,
    ...(isDirect ? { user: [...channel.members].find((id) => id !== botUserId) } : { name: channel.name }),
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: isDirect,
    is_mpim: channel.kind === "mpim",
    is_private: channel.kind !== "public",
    is_archived: channel.isArchived,
    is_member: channel.members.has(botUserId),
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    context_team_id: teamId,
    created: 1_700_000_000,
    creator: "U0CREATOR",
  };
}

/** What everyone in a channel can read, oldest first, within the bounds that were asked for. */
function readable(state: SlackState, channel: Channel, args: Arguments): Message[] {
  const oldest = args.text("oldest") ?? "0";
  const latest = args.text("latest");
  const inclusive = args.flag("inclusive");
  const after = (ts: string) => (inclusive ? ts >= oldest : ts > oldest);
  const before = (ts: string) => latest === undefined || (inclusive ? ts <= latest : ts < latest);
  return state.messages.filter(
    (message) =>
      message.channel === channel.id &&
      !message.deleted &&
      message.ephemeralTo === undefined &&
      after(message.ts) &&
      before(message.ts),
  );
}

function readableChannel(state: SlackState, args: Arguments): Channel {
  const channel = visibleChannel(state, args.required("channel"), "history");
  if (!channel.members.has(state.credentials.botUserId)) throw new ApiFailure("not_in_channel");
  return channel;
}

function messagePage(
  state: SlackState,
  messages: readonly Message[],
  args: Arguments,
  otherwise: number,
): JsonObject {
  const { items, next } = page(messages, args, otherwise);
  const withMetadata = args.flag("include_all_metadata");
  return {
    messages: items.map((message) => messageShape(state, message, withMetadata)),
    has_more: next !== "",
    ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function openWith(state: SlackState, userIds: readonly string[]): Channel {
  for (const id of userIds) {
    const user = state.users.get(id);
    if (user === undefined) throw new ApiFailure("user_not_found");
    if (user.deleted) throw new ApiFailure("user_disabled");
    if (user.isBot) throw new ApiFailure("cannot_dm_bot");
  }
  const [only, ...others] = userIds;
  if (only === undefined) throw new ApiFailure("users_list_not_supplied");
  if (others.length === 0) return directMessages(state, only);
  const members = new Set([...userIds, state.credentials.botUserId]);
  for (const channel of state.channels.values())
    if (channel.kind === "mpim" && channel.members.symmetricDifference(members).size === 0) return channel;
  const channel: Channel = {
    id: newId("G"),
    name: `mpdm-${userIds.join("-")}`,
    kind: "mpim",
    isArchived: false,
    members,
  };
  state.channels.set(channel.id, channel);
  return channel;
}

export const CONVERSATION_METHODS: Record<string, Method> = {
  "conversations.open": {
    scopes: conversationScopes("write"),
    limit: "tier3",
    run(args, state) {
      const ids = [...new Set(args.required("users").split(",").filter(Boolean))];
      const channel = openWith(state, ids);
      return { channel: args.flag("return_im") ? channelShape(state, channel) : { id: channel.id } };
    },
  },
  "conversations.info": {
    scopes: conversationScopes("read"),
    limit: "tier3",
    run(args, state) {
      const channel = visibleChannel(state, args.required("channel"), "read");
      const count = args.flag("include_num_members") ? { num_members: channel.members.size } : {};
      return { channel: { ...channelShape(state, channel), ...count } };
    },
  },
  "conversations.members": {
    scopes: conversationScopes("read"),
    limit: "tier4",
    run(args, state) {
      const channel = visibleChannel(state, args.required("channel"), "read");
      const { items, next } = page([...channel.members], args, 100);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  "conversations.history": {
    scopes: conversationScopes("history"),
    limit: "tier3",
    run(args, state) {
      const channel = readableChannel(state, args);
      const messages = readable(state, channel, args).filter((message) => message.threadTs === undefined);
      return messagePage(state, messages.toReversed(), args, 100);
    },
  },
  "conversations.replies": {
    scopes: conversationScopes("history"),
    limit: "tier3",
    run(args, state) {
      const channel = readableChannel(state, args);
      const ts = args.required("ts");
      const asked = state.messages.find((message) => message.channel === channel.id && message.ts === ts);
      if (asked === undefined || asked.ephemeralTo !== undefined) throw new ApiFailure("thread_not_found");
      const root = asked.threadTs ?? asked.ts;
      const messages = readable(state, channel, args).filter(
        (message) => message.ts === root || message.threadTs === root,
      );
      return messagePage(state, messages, args, 1_000);
    },
  },
};
