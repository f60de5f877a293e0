import type { MultiSelect, Select } from "@slack/types";
import { useBlockContext } from "../context.ts";
import { Combobox } from "./combobox.tsx";
import { described, named, type ElementProps } from "./element-props.ts";
import { grouped } from "./match-options.ts";
import { menuOptions } from "./menu-options.ts";
import { placeholderWords } from "./plain-words.ts";
import { useEntry } from "./use-entry.ts";

/** More than these are easier to find by typing. */
const FEW = 12;

const WORDS: Record<string, string> = {
  static_select: "Choose an option",
  external_select: "Choose an option",
  users_select: "Choose a person",
  conversations_select: "Choose a conversation",
  channels_select: "Choose a channel",
};

/** Every kind of select menu, for one or several, with one list for all that is too much for the browser's own. */
export function SelectMenu(props: ElementProps<Select | MultiSelect>) {
  const { element, blockId, fieldId, reports = false } = props;
  const options = menuOptions(element, blockId, useBlockContext());
  const kind = element.type.replace(/^multi_/, "");
  const isSeveral = kind !== element.type;
  const isStatic = kind === "static_select";
  const { values, enter, confirmation } = useEntry(props, {
    isSeveral,
    ...(isStatic ? { offered: options.map(({ value }) => value) } : {}),
  });
  const words = placeholderWords(element) ?? WORDS[kind] ?? "Choose";
  // A list of the browser's shows no descriptions, and with the arrow keys it would report each option on the way.
  const isPlain =
    isStatic &&
    !isSeveral &&
    !reports &&
    options.length <= FEW &&
    options.every(({ detail }) => detail === undefined);
  if (!isPlain)
    return (
      <>
        <Combobox
          {...props}
          words={words}
          options={options}
          values={values}
          choose={enter}
          isSeveral={isSeveral}
          most={"max_selected_items" in element ? element.max_selected_items : undefined}
          emptyWords={
            kind === "external_select"
              ? "The app is asked for no options here: the playground knows only what it preset."
              : "Nothing matches."
          }
        />
        {confirmation}
      </>
    );
  return (
    <select
      id={fieldId}
      class={`bk-field ${values.length === 0 ? "bk-unset" : ""}`}
      value={values[0] ?? ""}
      onChange={({ currentTarget: { value } }) => enter(value === "" ? [] : [value])}
      {...named(props, words)}
      {...described(props)}
    >
      <option value="" disabled={props.isRequired === true}>
        {words}
      </option>
      {grouped(options).map(({ group, options }) =>
        group === undefined ? (
          options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))
        ) : (
          <optgroup key={group} label={group}>
            {options.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </optgroup>
        ),
      )}
    </select>
  );
}
