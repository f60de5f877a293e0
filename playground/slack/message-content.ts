import { ApiFailure, contentFailure } from "./api-failure.ts";
import { MESSAGE_LIMITS } from "./limits.ts";
import type { Arguments } from "./method.ts";
import { withIds } from "./placed-elements.ts";
import { isObject } from "./rules.ts";
import type { JsonObject } from "./state.ts";
import { textLength, validateBlocks } from "./validate-blocks.ts";

/** The blocks of a message, checked and with ids. @throws ApiFailure `invalid_blocks`, `msg_blocks_too_long` */
export function checkedBlocks(blocks: unknown): JsonObject[] {
  const faults = validateBlocks(blocks, "message");
  if (faults.length > 0) throw contentFailure("invalid_blocks", faults);
  if (textLength(blocks) > MESSAGE_LIMITS.textOverAllBlocks) throw new ApiFailure("msg_blocks_too_long");
  return withIds(blocks as JsonObject[]);
}

function checkedMetadata(metadata: unknown): JsonObject {
  if (!isObject(metadata)) throw new ApiFailure("invalid_metadata_format");
  if (Object.keys(metadata).length === 0) return metadata;
  if (
    typeof metadata["event_type"] !== "string" ||
    metadata["event_type"] === "" ||
    !isObject(metadata["event_payload"])
  )
    throw new ApiFailure("invalid_metadata_format");
  if (JSON.stringify(metadata).length > MESSAGE_LIMITS.metadata) throw new ApiFailure("metadata_too_large");
  return metadata;
}

export interface MessageContent {
  text: string | undefined;
  blocks: JsonObject[] | undefined;
  metadata: JsonObject | undefined;
}

/**
 * What a call wants a message to say; undefined where it says nothing about a part.
 * @param maximumText in characters
 * @throws ApiFailure `no_text`, `msg_too_long`, `invalid_blocks`, `invalid_blocks_format`, and for metadata
 */
export function messageContent(args: Arguments, maximumText: number): MessageContent {
  const text = args.text("text");
  const blocks = args.has("blocks")
    ? checkedBlocks(args.structure("blocks", "invalid_blocks_format"))
    : undefined;
  const metadata = args.has("metadata")
    ? checkedMetadata(args.structure("metadata", "invalid_metadata_format"))
    : undefined;
  if ((text ?? "") === "" && (blocks ?? []).length === 0) throw new ApiFailure("no_text");
  if ((text ?? "").length > maximumText) throw new ApiFailure("msg_too_long");
  return { text, blocks, metadata };
}
