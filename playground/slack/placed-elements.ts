import { newElementId } from "./identifiers.ts";
import { isObject } from "./rules.ts";
import type { JsonObject } from "./state.ts";

/** An interactive element and the block it stands in. */
export interface PlacedElement {
  blockId: string;
  block: JsonObject;
  element: JsonObject & { type: string };
  actionId: string;
}

const ELEMENT_FIELDS = ["element", "accessory", "elements", "actions"] as const;
const BLOCK_FIELDS = ["child_blocks", "elements", "tasks"] as const;

function objectsAt(block: JsonObject, fields: readonly string[]): JsonObject[] {
  return fields.flatMap((field) => {
    const content = block[field];
    if (Array.isArray(content)) return (content as unknown[]).filter(isObject);
    return isObject(content) ? [content] : [];
  });
}

function isInteractive(element: JsonObject): element is JsonObject & { type: string } {
  return typeof element["type"] === "string" && element["type"] !== "image";
}

/** Blocks that hold blocks: containers, carousels and plans. */
function childBlocks(block: JsonObject): JsonObject[] {
  return ["container", "carousel", "plan"].includes(String(block["type"]))
    ? objectsAt(block, BLOCK_FIELDS)
    : [];
}

function ownElements(block: JsonObject): (JsonObject & { type: string })[] {
  if (!["section", "actions", "input", "context_actions", "card"].includes(String(block["type"]))) return [];
  return objectsAt(block, ELEMENT_FIELDS).filter(isInteractive);
}

/** Every interactive element in these blocks, in order, also those inside containers. */
export function placedElements(blocks: readonly JsonObject[]): PlacedElement[] {
  return blocks.flatMap((block) => [
    ...ownElements(block).map((element) => ({
      blockId: String(block["block_id"]),
      block,
      element,
      actionId: String(element["action_id"]),
    })),
    ...placedElements(childBlocks(block)),
  ]);
}

/** A copy of the blocks in which every block and interactive element has an id, as Slack stores them. */
export function withIds(blocks: readonly JsonObject[]): JsonObject[] {
  const copy = structuredClone(blocks) as JsonObject[];
  const fill = (block: JsonObject) => {
    block["block_id"] ??= newElementId();
    for (const element of ownElements(block)) element["action_id"] ??= newElementId();
    for (const child of childBlocks(block)) fill(child);
  };
  for (const block of copy) fill(block);
  return copy;
}
