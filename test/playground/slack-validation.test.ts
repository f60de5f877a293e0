import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BLOCK_LIMITS } from "../../playground/slack/limits.ts";
import { textLength, validateBlocks, validateView } from "../../playground/slack/validate-blocks.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text = "hello") => ({ type: "section", text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: "button", action_id: "go", text: plain("Go"), ...more });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const input = (element: object, more: object = {}) => ({
  type: "input",
  block_id: "field",
  label: plain("Field"),
  element,
  ...more,
});
const option = (value: string) => ({ text: plain(value), value });
const said = (faults: { pointer: string; message: string }[]) =>
  faults.map((fault) => `${fault.pointer}: ${fault.message}`);

const SHARED_LIMITS = new URL("../../../shared/contracts/slack-block-limits.json", import.meta.url);

test.skipIf(!existsSync(SHARED_LIMITS))("the limits are those of the shared contract", () => {
  expect(BLOCK_LIMITS).toEqual(JSON.parse(readFileSync(SHARED_LIMITS, "utf8")));
});

test("an ordinary message passes", () => {
  const blocks = [
    { type: "header", text: plain("Offboard Sam") },
    { ...section(), fields: [mrkdwn("*Who*"), plain("Sam")], accessory: button() },
    { type: "divider" },
    {
      type: "context",
      elements: [mrkdwn("now"), { type: "image", image_url: "https://a.example/i.png", alt_text: "i" }],
    },
    actions(
      button({ action_id: "a", style: "danger", value: "1", confirm: { text: plain("Sure?") } }),
      button({ action_id: "b" }),
    ),
    { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "x" }] }] },
    { type: "markdown", text: "**done**" },
    { type: "alert", level: "warning", text: plain("This cannot be undone") },
    {
      type: "plan",
      title: "Steps",
      tasks: [{ type: "task_card", task_id: "1", title: "One", status: "pending" }],
    },
    { type: "container", child_blocks: [section()] },
    { type: "card", title: mrkdwn("Sam"), actions: [button()] },
  ];
  expect(validateBlocks(blocks, "message")).toEqual([]);
});

test.each([
  [
    "text past 3,000 characters",
    [section("x".repeat(3_001))],
    "/blocks/0/text/text: must be less than 3001 characters",
  ],
  ["empty text", [section("")], "/blocks/0/text/text: must be more than 0 characters"],
  ["a section without text", [{ type: "section" }], "/blocks/0: missing required field: text or fields"],
  [
    "a header in mrkdwn",
    [{ type: "header", text: mrkdwn("x") }],
    "/blocks/0/text/type: unsupported type: mrkdwn",
  ],
  [
    "a button in mrkdwn",
    [actions({ ...button(), text: mrkdwn("x") })],
    "/blocks/0/elements/0/text/type: unsupported type: mrkdwn",
  ],
  [
    "a long button value",
    [actions(button({ value: "x".repeat(2_001) }))],
    "/blocks/0/elements/0/value: must be less than 2001 characters",
  ],
  [
    "a button link that is none",
    [actions(button({ url: "javascript:x" }))],
    "/blocks/0/elements/0/url: must be a valid URL",
  ],
  [
    "a made-up style",
    [actions(button({ style: "blue" }))],
    '/blocks/0/elements/0/style: must be one of "primary", "danger"',
  ],
  [
    "a confirmation without text",
    [actions(button({ confirm: {} }))],
    "/blocks/0/elements/0/confirm: missing required field: text",
  ],
  ["an unknown block", [{ type: "sektion" }], "/blocks/0/type: unsupported type: sektion"],
  ["an unknown field", [{ ...section(), colour: "red" }], "/blocks/0: additional property: colour"],
  ["no elements", [actions()], "/blocks/0/elements: must have at least 1 items"],
  [
    "26 elements",
    [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))],
    "/blocks/0/elements: no more than 25 items allowed",
  ],
  [
    "51 blocks",
    Array.from({ length: 51 }, () => ({ type: "divider" })),
    "/blocks: no more than 50 items allowed",
  ],
  ["an input in a message", [input({ type: "plain_text_input" })], "/blocks/0/type: unsupported type: input"],
  [
    "one block id twice",
    [
      { ...section(), block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    '/blocks/1/block_id: `block_id` "a" already exists',
  ],
  [
    "one action id twice in a block",
    [actions(button(), button())],
    '/blocks/0/elements/1/action_id: `action_id` "go" already exists',
  ],
  [
    "six overflow options",
    [
      {
        ...section(),
        accessory: { type: "overflow", options: Array.from({ length: 6 }, (_, index) => option(`${index}`)) },
      },
    ],
    "/blocks/0/accessory/options: no more than 5 items allowed",
  ],
  [
    "two long markdown blocks",
    [
      { type: "markdown", text: "x".repeat(7_000) },
      { type: "markdown", text: "x".repeat(7_000) },
    ],
    "/blocks: markdown blocks must be less than 12001 characters together",
  ],
  [
    "an alert past 200 characters",
    [{ type: "alert", text: plain("x".repeat(201)) }],
    "/blocks/0/text/text: must be less than 201 characters",
  ],
])("%s is refused in a message", (_name, blocks, fault) => {
  expect(said(validateBlocks(blocks, "message"))).toContain(fault);
});

test("the validator answers to anything at all, and never throws", () => {
  fc.assert(
    fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
      for (const value of [anything, json, [anything], [json]]) {
        validateBlocks(value, "message");
        validateView(value, "modal");
        validateView({ type: "modal", blocks: value }, "modal");
      }
    }),
  );
});

test("text is refused exactly when it is longer than the limit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (length) => {
      const faults = validateBlocks([{ type: "header", text: plain("x".repeat(length)) }], "message");
      expect(faults.length > 0).toBe(length > BLOCK_LIMITS.header.text.max_length);
    }),
  );
});

test("all text that blocks show is counted together", () => {
  const blocks = [section("12345"), actions(button()), { type: "markdown", text: "123" }];
  expect(textLength(blocks)).toBe(5 + 2 + 3);
});
