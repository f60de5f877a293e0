import { ApiFailure } from "./api-failure.ts";
import { requireScope } from "./method.ts";
import type { Channel, SlackState } from "./state.ts";
import { directMessages } from "./workspace.ts";

const SCOPE_PREFIX = { public: "channels", private: "groups", im: "im", mpim: "mpim" } as const;

/** The scopes with which a method may look at each kind of conversation, e.g. for `read` or `history`. */
export function conversationScopes(right: "read" | "history" | "write"): string[] {
  return Object.values(SCOPE_PREFIX).map((prefix) => `${prefix}:${right}`);
}

/** @throws ApiFailure `channel_not_found`, also for private conversations that the app is not in; `missing_scope` */
export function visibleChannel(state: SlackState, id: string, right?: "read" | "history"): Channel {
  const channel = state.channels.get(id);
  const isMember = channel?.members.has(state.credentials.botUserId) ?? false;
  if (channel === undefined || (channel.kind !== "public" && !isMember))
    throw new ApiFailure("channel_not_found");
  if (right !== undefined) requireScope(state.scopes, [`${SCOPE_PREFIX[channel.kind]}:${right}`]);
  return channel;
}

/** The conversation a message goes to; a person's id stands for the direct messages with them. */
export function writableChannel(state: SlackState, id: string): Channel {
  const user = state.users.get(id);
  if (user !== undefined) {
    if (user.deleted) throw new ApiFailure("channel_not_found");
    return directMessages(state, id);
  }
  const channel = visibleChannel(state, id);
  if (channel.isArchived) throw new ApiFailure("is_archived");
  if (!channel.members.has(state.credentials.botUserId)) throw new ApiFailure("not_in_channel");
  return channel;
}
