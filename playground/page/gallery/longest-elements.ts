import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { plain, type Part } from "./parts.ts";
import { eitherOf, many, textOf, unbrokenOf } from "./words.ts";

/** A different text of the same length for each number, as the values of options must differ. */
function numbered(length: number, number: number): string {
  const start = `${number} `;
  return start + eitherOf(length - start.length, number);
}

/** How many of the longest options. */
export function longOptions(count: number, extra: Record<string, string> = {}): Part["options"] {
  return many(count, (number) => ({
    text: plain(numbered(L.option.text.max_length, number)),
    value: numbered(L.option.value.max_length, number),
    description: plain(eitherOf(L.option.description.max_length, number)),
    ...extra,
  }));
}

/** A question with as much in it as there may be. */
export const LONG_CONFIRM = {
  title: plain(textOf(L.confirmation.title.max_length)),
  text: plain(unbrokenOf(L.confirmation.text.max_length)),
  confirm: plain(textOf(L.confirmation.confirm.max_length)),
  deny: plain(unbrokenOf(L.confirmation.deny.max_length)),
};

/** The longest words inside of an empty menu. */
export const LONG_PLACEHOLDER = { placeholder: plain(textOf(L.select.placeholder.max_length)) };

/** A button with as much in it as there may be. */
export function longButton(number: number, extra: Record<string, Part | string> = {}): Part {
  return {
    type: "button",
    action_id: `button-${number}`,
    text: plain(eitherOf(L.button.text.max_length, number)),
    value: textOf(L.button.value.max_length),
    ...extra,
  };
}
