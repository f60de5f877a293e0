import { describe, expect, test } from "vitest";
import { SAMPLES } from "../../playground/page/gallery/samples.ts";
import { STRANGE_BLOCKS } from "../../playground/page/gallery/strange.ts";
import { BLOCKS, type Surface } from "../../playground/slack/block-rules.ts";
import { ACCESSORIES, ACTIONS, CONTEXT_ACTIONS, INPUTS } from "../../playground/slack/element-rules.ts";
import { MESSAGE_LIMITS, VIEW_LIMITS } from "../../playground/slack/limits.ts";
import { isObject } from "../../playground/slack/rules.ts";
import { textLength, validateBlocks } from "../../playground/slack/validate-blocks.ts";

const named = SAMPLES.map((sample) => [sample.id, sample] as const);

/** The types of what blocks of one type hold under one name. */
function typesUnder(blockType: string, name: string): Set<unknown> {
  const held: unknown[] = SAMPLES.flatMap(({ blocks }) => blocks)
    .filter(({ type }) => type === blockType)
    .flatMap((block) => [block[name]].flat());
  return new Set(held.filter(isObject).map((one) => one["type"]));
}

const missing = (wanted: Readonly<Record<string, unknown>>, shown: Set<unknown>) =>
  Object.keys(wanted).filter((type) => !shown.has(type));

describe("the gallery", () => {
  test.each(named)("%s is what Slack takes, as a whole", (_, { blocks, surface }) => {
    expect(validateBlocks(blocks, surface)).toEqual([]);
  });

  test.each(named.filter(([, { surface }]) => surface === "message"))(
    "%s is short enough for one message",
    (id, { blocks }) => {
      // The content that a data table may hold is longer than what a message may, which counts tables too here.
      const most = id === "longest-data-table" ? Infinity : MESSAGE_LIMITS.textOverAllBlocks;
      expect(textLength(blocks)).toBeLessThanOrEqual(most);
    },
  );

  test.each(named.filter(([, { surface }]) => surface !== "message"))(
    "%s is short enough for one view",
    (_, { blocks }) => {
      expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(VIEW_LIMITS.json);
    },
  );

  test.each(Object.keys(BLOCKS) as Surface[])("shows every block that a %s takes", (surface) => {
    const shown = SAMPLES.filter((sample) => sample.surface === surface).flatMap(({ blocks }) => blocks);
    expect(missing(BLOCKS[surface], new Set(shown.map(({ type }) => type)))).toEqual([]);
  });

  test("shows every element in every block that may hold it", () => {
    expect(missing(INPUTS, typesUnder("input", "element"))).toEqual([]);
    expect(missing(ACTIONS, typesUnder("actions", "elements"))).toEqual([]);
    expect(missing(ACCESSORIES, typesUnder("section", "accessory"))).toEqual([]);
    expect(missing(CONTEXT_ACTIONS, typesUnder("context_actions", "elements"))).toEqual([]);
  });

  test("has an anchor of its own for each sample", () => {
    expect(new Set(SAMPLES.map(({ id }) => id)).size).toBe(SAMPLES.length);
  });

  test.each(STRANGE_BLOCKS.map((block) => [block.block_id, block] as const))(
    "calls %s what no app can send, and Slack refuses it",
    (_, block) => {
      expect(validateBlocks([block], "message")).not.toEqual([]);
    },
  );
});
