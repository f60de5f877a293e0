import { fileShape } from "./files.ts";
import type { JsonObject, Message, SlackState } from "./state.ts";

function filesOf(state: SlackState, ids: readonly string[]): JsonObject[] {
  return ids.flatMap((id) => {
    const file = state.files.get(id);
    return file === undefined ? [] : [fileShape(state, file)];
  });
}

/** A message as Slack's API and payloads show it; metadata only where it was asked for. */
export function messageShape(state: SlackState, message: Message, withMetadata = false): JsonObject {
  const { teamId, appId, botUserId } = state.credentials;
  const replies = state.messages.filter(
    (one) =>
      one.threadTs === message.ts && one.channel === message.channel && !one.deleted && one.ts !== message.ts,
  );
  return {
    type: "message",
    ...(message.ephemeralTo === undefined ? {} : { is_ephemeral: true }),
    user: message.user,
    ...(message.botId === undefined ? {} : { bot_id: message.botId, app_id: message.appId ?? appId }),
    text: message.text,
    ts: message.ts,
    team: teamId,
    ...(message.blocks.length === 0 ? {} : { blocks: structuredClone(message.blocks) }),
    ...(message.files === undefined ? {} : { files: filesOf(state, message.files) }),
    ...(message.edits === 0 ? {} : { edited: { user: botUserId, ts: message.ts } }),
    ...(withMetadata && message.metadata ? { metadata: structuredClone(message.metadata) } : {}),
    thread_ts: message.threadTs,
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: replies.at(-1)?.ts,
          subscribed: false,
        }),
  };
}
