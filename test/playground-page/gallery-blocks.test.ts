import { describe, expect, test } from "vitest";
import { SAMPLES } from "../../playground/page/gallery/samples.ts";
import { textOf } from "../../playground/page/gallery/words.ts";
import { BLOCKS } from "../../playground/slack/block-rules.ts";
import { ACTIONS, CONTEXT_ACTIONS, INPUTS } from "../../playground/slack/element-rules.ts";
import { BLOCK_LIMITS } from "../../playground/slack/limits.ts";
import { validateBlocks } from "../../playground/slack/validate-blocks.ts";

function typesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn);
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value && typeof value.type === "string" ? [value.type] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

const shown = new Set(SAMPLES.flatMap(({ blocks }) => typesIn(blocks)));

describe("the gallery", () => {
  test.each(SAMPLES.map((sample) => [sample.id, sample] as const))("%s is what Slack takes", (_, sample) => {
    // The samples of one surface are many blocks; each must be taken by itself.
    expect(sample.blocks.flatMap((block) => validateBlocks([block], sample.surface))).toEqual([]);
  });

  test("shows every block of every surface, and every element", () => {
    const blocks = Object.values(BLOCKS).flatMap((rules) => Object.keys(rules));
    const elements = [INPUTS, ACTIONS, CONTEXT_ACTIONS].flatMap((rules) => Object.keys(rules));
    // The chart block has no documented shape in the SDK's types.
    const wanted = new Set([...blocks, ...elements].filter((type) => type !== "data_visualization"));
    expect([...wanted].filter((type) => !shown.has(type))).toEqual([]);
  });

  test.each([
    ["header", BLOCK_LIMITS.header.text.max_length],
    ["section", BLOCK_LIMITS.section.text.max_length],
    ["field", BLOCK_LIMITS.section.fields.item_max_length],
    ["markdown", BLOCK_LIMITS.markdown.text.max_length],
    ["button", BLOCK_LIMITS.button.text.max_length],
    ["label", BLOCK_LIMITS.input.label.max_length],
    ["card", BLOCK_LIMITS.card.body.max_length],
    ["alert", BLOCK_LIMITS.alert.text.max_length],
    ["title of a confirmation", BLOCK_LIMITS.confirmation.title.max_length],
  ])("holds a %s of exactly %i characters", (_, length) => {
    const text = textOf(length);
    expect(text).toHaveLength(length);
    expect(JSON.stringify(SAMPLES)).toContain(JSON.stringify(text).slice(1, -1));
  });
});
