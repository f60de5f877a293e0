import { ApiFailure } from "../api-failure.ts";
import { visibleChannel, writableChannel } from "../conversation-access.ts";
import { MESSAGE_LIMITS } from "../limits.ts";
import { messageContent } from "../message-content.ts";
import { messageShape } from "../message-shape.ts";
import type { Arguments, Method } from "../method.ts";
import { threadRoot } from "../thread-root.ts";
import { findMessage, TEAM_DOMAIN, type Message, type SlackState } from "../state.ts";

function ownMessage(state: SlackState, args: Arguments, refusal: string): Message {
  const channel = visibleChannel(state, args.required("channel"));
  const message = findMessage(state, channel.id, args.required("ts"));
  if (message === undefined || message.ephemeralTo !== undefined) throw new ApiFailure("message_not_found");
  if (message.botId !== state.credentials.botId) throw new ApiFailure(refusal);
  if (channel.isArchived) throw new ApiFailure("is_archived");
  return message;
}

export const CHAT_METHODS: Record<string, Method> = {
  "chat.postMessage": {
    scopes: ["chat:write"],
    limit: "posting",
    run(args, state) {
      const channel = writableChannel(state, args.required("channel"));
      const content = messageContent(args, MESSAGE_LIMITS.text);
      const threadTs = threadRoot(state, channel.id, args.text("thread_ts"));
      const message: Message = {
        channel: channel.id,
        ts: state.nextTimestamp(),
        threadTs,
        user: state.credentials.botUserId,
        botId: state.credentials.botId,
        text: content.text ?? "",
        blocks: content.blocks ?? [],
        metadata: content.metadata,
        edits: 0,
        deleted: false,
      };
      state.messages.push(message);
      return { channel: channel.id, ts: message.ts, message: messageShape(state, message, true) };
    },
  },
  "chat.postEphemeral": {
    scopes: ["chat:write"],
    limit: "tier4",
    run(args, state) {
      const channel = visibleChannel(state, args.required("channel"));
      if (channel.isArchived) throw new ApiFailure("is_archived");
      if (!channel.members.has(state.credentials.botUserId)) throw new ApiFailure("not_in_channel");
      const toUser = args.required("user");
      if (!channel.members.has(toUser)) throw new ApiFailure("user_not_in_channel");
      const content = messageContent(args, MESSAGE_LIMITS.text);
      const threadTs = threadRoot(state, channel.id, args.text("thread_ts"));
      const message: Message = {
        channel: channel.id,
        ts: state.nextTimestamp(),
        threadTs,
        user: state.credentials.botUserId,
        botId: state.credentials.botId,
        text: content.text ?? "",
        blocks: content.blocks ?? [],
        ephemeralTo: toUser,
        edits: 0,
        deleted: false,
      };
      state.messages.push(message);
      const { text, blocks } = message;
      state.notices.push({ toUser, channel: channel.id, text, blocks, source: "postEphemeral" });
      return { message_ts: message.ts };
    },
  },
  "chat.update": {
    scopes: ["chat:write"],
    limit: "tier3",
    run(args, state) {
      const message = ownMessage(state, args, "cant_update_message");
      const content = messageContent(args, MESSAGE_LIMITS.updatedText);
      if (content.text !== undefined) message.text = content.text;
      // Text without blocks takes the old blocks away.
      if (content.blocks !== undefined || content.text !== undefined) message.blocks = content.blocks ?? [];
      if (content.metadata !== undefined) {
        if (Object.keys(content.metadata).length === 0) delete message.metadata;
        else message.metadata = content.metadata;
      }
      message.edits += 1;
      return {
        channel: message.channel,
        ts: message.ts,
        text: message.text,
        message: messageShape(state, message, true),
      };
    },
  },
  "chat.delete": {
    scopes: ["chat:write"],
    limit: "tier3",
    run(args, state) {
      const message = ownMessage(state, args, "cant_delete_message");
      message.deleted = true;
      return { channel: message.channel, ts: message.ts };
    },
  },
  "chat.getPermalink": {
    scopes: [],
    limit: "none",
    run(args, state) {
      const channel = visibleChannel(state, args.required("channel"));
      const message = findMessage(state, channel.id, args.required("message_ts"));
      if (message === undefined || message.ephemeralTo !== undefined)
        throw new ApiFailure("message_not_found");
      const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
      const place = `archives/${channel.id}/p${message.ts.replace(".", "")}`;
      return { channel: channel.id, permalink: `https://${TEAM_DOMAIN}.slack.com/${place}${thread}` };
    },
  },
};
