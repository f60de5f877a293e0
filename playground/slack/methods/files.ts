import { ApiFailure } from "../api-failure.ts";
import { writableChannel } from "../conversation-access.ts";
import { beginUpload, fileShape } from "../files.ts";
import type { SlackFile, SlackState } from "../state.ts";
import { checkedBlocks } from "../message-content.ts";
import type { Arguments, Method } from "../method.ts";
import { isObject } from "../rules.ts";
import { threadRoot } from "../thread-root.ts";

const LARGEST_BYTES = 1_000_000_000;

function uploadedFiles(state: SlackState, args: Arguments): SlackFile[] {
  const listed = args.structure("files", "invalid_arguments");
  if (!Array.isArray(listed) || listed.length === 0) throw new ApiFailure("invalid_arguments");
  return listed.map((one: unknown) => {
    const file = isObject(one) ? state.files.get(String(one["id"])) : undefined;
    // Another's file, or one whose bytes never came, is not the app's to share.
    if (file === undefined || file.user !== state.credentials.botUserId || file.bytes.length === 0)
      throw new ApiFailure("file_not_found");
    if (isObject(one) && typeof one["title"] === "string") file.title = one["title"];
    return file;
  });
}

/** Uploading as Slack wants it since 2025: an address, the bytes, and the completion that shares. */
export const FILE_METHODS: Record<string, Method> = {
  "files.getUploadURLExternal": {
    scopes: ["files:write"],
    limit: "tier4",
    run(args, state) {
      const length = Number(args.required("length"));
      if (!Number.isInteger(length) || length < 1 || length > LARGEST_BYTES)
        throw new ApiFailure("invalid_arguments");
      const { file, url } = beginUpload(state, args.required("filename"), length);
      return { upload_url: url, file_id: file.id };
    },
  },
  "files.completeUploadExternal": {
    scopes: ["files:write"],
    limit: "tier4",
    run(args, state) {
      const files = uploadedFiles(state, args);
      const channelId = args.text("channel_id");
      if (channelId !== undefined && channelId !== "") {
        const channel = writableChannel(state, channelId);
        const threadTs = threadRoot(state, channel.id, args.text("thread_ts"));
        const blocks = args.has("blocks")
          ? checkedBlocks(args.structure("blocks", "invalid_blocks_format"))
          : [];
        state.messages.push({
          channel: channel.id,
          ts: state.nextTimestamp(),
          threadTs,
          user: state.credentials.botUserId,
          botId: state.credentials.botId,
          text: args.text("initial_comment") ?? "",
          blocks,
          files: files.map(({ id }) => id),
          edits: 0,
          deleted: false,
        });
      }
      for (const file of files) file.isComplete = true;
      return { files: files.map((file) => fileShape(state, file)) };
    },
  },
  "files.delete": {
    scopes: ["files:write"],
    limit: "tier3",
    run(args, state) {
      const file = state.files.get(args.required("file"));
      if (file === undefined) throw new ApiFailure("file_not_found");
      // A bot may delete only what it uploaded.
      if (file.user !== state.credentials.botUserId) throw new ApiFailure("cant_delete_file");
      state.files.delete(file.id);
      return {};
    },
  },
  "files.info": {
    scopes: ["files:read"],
    limit: "tier4",
    run(args, state) {
      const file = state.files.get(args.required("file"));
      if (file === undefined || !file.isComplete) throw new ApiFailure("file_not_found");
      return { file: fileShape(state, file) };
    },
  },
};
