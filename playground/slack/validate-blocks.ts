import { BLOCKS, type Surface } from "./block-rules.ts";
import { plainText } from "./composition-rules.ts";
import { BLOCK_LIMITS, MESSAGE_LIMITS, VIEW_LIMITS } from "./limits.ts";
import { boolean, byType, isObject, list, object, string, type Fault } from "./rules.ts";

function objects(values: readonly unknown[]): Record<string, unknown>[] {
  return values.filter(isObject);
}

/** Ids may stand once: block ids in the whole surface, action ids in their block. */
function repeatedIds(blocks: readonly unknown[], pointer: string): Fault[] {
  const faults: Fault[] = [];
  const blockIds = new Set<unknown>();
  blocks.forEach((block, index) => {
    if (!isObject(block)) return;
    const id = block["block_id"];
    if (id !== undefined && blockIds.has(id))
      faults.push({
        pointer: `${pointer}/${index}/block_id`,
        message: `\`block_id\` ${JSON.stringify(id)} already exists`,
      });
    blockIds.add(id);
    const actionIds = new Set<unknown>();
    const elements = Array.isArray(block["elements"]) ? (block["elements"] as unknown[]) : [];
    elements.forEach((element, position) => {
      const actionId = isObject(element) ? element["action_id"] : undefined;
      if (actionId !== undefined && actionIds.has(actionId))
        faults.push({
          pointer: `${pointer}/${index}/elements/${position}/action_id`,
          message: `\`action_id\` ${JSON.stringify(actionId)} already exists`,
        });
      actionIds.add(actionId);
    });
  });
  return faults;
}

/** At most one element may ask for the focus. */
function focusFaults(blocks: readonly unknown[], pointer: string): Fault[] {
  const focused = (JSON.stringify(blocks).match(/"focus_on_load":true/g) ?? []).length;
  return focused > 1 ? [{ pointer, message: "only one element may have focus_on_load" }] : [];
}

function markdownFaults(blocks: readonly unknown[], pointer: string): Fault[] {
  const total = objects(blocks)
    .filter((block) => block["type"] === "markdown" && typeof block["text"] === "string")
    .reduce((sum, block) => sum + String(block["text"]).length, 0);
  return total > BLOCK_LIMITS.markdown.text.max_length
    ? [
        {
          pointer,
          message: `markdown blocks must be less than ${BLOCK_LIMITS.markdown.text.max_length + 1} characters together`,
        },
      ]
    : [];
}

/**
 * Everything that Slack would refuse in these blocks on this surface; an empty list when it would take them.
 * @param pointer the JSON pointer at which the blocks stand, e.g. `/blocks`
 */
export function validateBlocks(blocks: unknown, surface: Surface, pointer = "/blocks"): Fault[] {
  const faults: Fault[] = [];
  const max = surface === "message" ? MESSAGE_LIMITS.blocks : BLOCK_LIMITS.view.blocks.max_items;
  list(byType(BLOCKS[surface]), { max })(blocks, pointer, faults);
  if (!Array.isArray(blocks)) return faults;
  return [
    ...faults,
    ...repeatedIds(blocks, pointer),
    ...focusFaults(blocks, pointer),
    ...markdownFaults(blocks, pointer),
  ];
}

const TEXT_FIELDS = new Set(["text", "title", "caption"]);

/** Characters of all text that blocks show, which is what `msg_blocks_too_long` counts. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + textLength(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, content]) =>
      sum + (typeof content === "string" && TEXT_FIELDS.has(name) ? content.length : textLength(content)),
    0,
  );
}

const { view: limits } = BLOCK_LIMITS;

const shared = {
  blocks: list(() => {}, { min: limits.blocks.min_items }),
  private_metadata: string({ max: limits.private_metadata.max_length }),
  callback_id: string({ max: limits.callback_id.max_length }),
  external_id: string({ max: VIEW_LIMITS.externalId }),
};

const VIEWS = byType({
  modal: object(
    {
      ...shared,
      title: plainText(limits.title.max_length),
      submit: plainText(limits.submit.max_length),
      close: plainText(limits.close.max_length),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    ["title", "blocks"],
  ),
  home: object(shared, ["blocks"]),
});

/** Everything that Slack would refuse in this view, which must be of the given kind. */
export function validateView(view: unknown, kind: "modal" | "home"): Fault[] {
  const pointer = "/view";
  const faults: Fault[] = [];
  VIEWS(view, pointer, faults);
  if (!isObject(view)) return faults;
  if (view["type"] !== kind) {
    faults.push({ pointer: `${pointer}/type`, message: `must be "${kind}"` });
    return faults;
  }
  if (Array.isArray(view["blocks"])) {
    faults.push(...validateBlocks(view["blocks"], kind, `${pointer}/blocks`));
    const hasInput = objects(view["blocks"]).some((block) => block["type"] === "input");
    if (kind === "modal" && hasInput && view["submit"] === undefined)
      faults.push({ pointer, message: "missing required field: submit, as there are input blocks" });
  }
  return faults;
}
