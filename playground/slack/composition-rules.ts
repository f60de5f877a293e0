import { BLOCK_LIMITS } from "./limits.ts";
import { all, boolean, byType, list, object, oneOf, relation, string, type Rule } from "./rules.ts";

/** Rules for Block Kit's composition objects; limits are in characters. */

const plain = (max: number, min = 1) => object({ text: string({ min, max }), emoji: boolean }, ["text"]);
const mrkdwn = (max: number, min = 1) => object({ text: string({ min, max }), verbatim: boolean }, ["text"]);

export function plainText(max: number): Rule {
  return byType({ plain_text: plain(max) });
}

export function mrkdwnText(max: number): Rule {
  return byType({ mrkdwn: mrkdwn(max) });
}

export function anyText(max: number): Rule {
  return byType({ plain_text: plain(max), mrkdwn: mrkdwn(max) });
}

export function webAddress(max: number): Rule {
  return string({ min: 1, max }, { pattern: /^(https?|slack|mailto):\S+$/, message: "must be a valid URL" });
}

export const style = oneOf("primary", "danger");

export const confirmation: Rule = object(
  {
    title: plainText(BLOCK_LIMITS.confirmation.title.max_length),
    text: anyText(BLOCK_LIMITS.confirmation.text.max_length),
    confirm: plainText(BLOCK_LIMITS.confirmation.confirm.max_length),
    deny: plainText(BLOCK_LIMITS.confirmation.deny.max_length),
    style,
  },
  ["text"],
);

const { option: optionLimits } = BLOCK_LIMITS;

function option(text: (max: number) => Rule, more: Record<string, Rule> = {}): Rule {
  return object(
    {
      text: text(optionLimits.text.max_length),
      value: string({ min: 1, max: optionLimits.value.max_length }),
      description: text(optionLimits.description.max_length),
      ...more,
    },
    ["text", "value"],
  );
}

/** An option of a menu: plain text only. */
export const menuOption = option(plainText);
/** An option of checkboxes or radio buttons: mrkdwn is allowed. */
export const choiceOption = option(anyText);
/** An option of an overflow menu: may carry an address. */
export const overflowOption = option(plainText, { url: webAddress(optionLimits.url.max_length) });

export const optionGroup: Rule = object(
  {
    label: plainText(BLOCK_LIMITS.option_group.label.max_length),
    options: list(menuOption, { min: 1, max: BLOCK_LIMITS.option_group.options.max_items }),
  },
  ["label", "options"],
);

export const placeholder = plainText(BLOCK_LIMITS.select.placeholder.max_length);

export const dispatchActionConfig: Rule = object({
  trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), { min: 1, max: 2 }),
});

export const conversationFilter: Rule = all(
  object({
    include: list(oneOf("im", "mpim", "private", "public"), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  }),
  relation((filter) => (Object.keys(filter).length === 0 ? "must have at least one property" : undefined)),
);

/** An image's source: exactly one of an address and a file in Slack. */
export const imageSource: Record<string, Rule> = {
  image_url: webAddress(BLOCK_LIMITS.image.image_url.max_length),
  slack_file: object({ id: string({ min: 1 }), url: string({ min: 1 }) }),
};

export const oneImageSource: Rule = relation((image) =>
  (image["image_url"] === undefined) === (image["slack_file"] === undefined)
    ? "must have exactly one of image_url and slack_file"
    : undefined,
);
