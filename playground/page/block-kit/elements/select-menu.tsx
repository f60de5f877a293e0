import type { MultiSelect, Select } from "@slack/types";
import { useBlockContext } from "../context.ts";
import { Combobox } from "./combobox.tsx";
import type { ElementProps } from "./element-props.ts";
import { menuOptions } from "./menu-options.ts";
import { NativeSelect } from "./native-select.tsx";
import { placeholderWords } from "./plain-words.ts";
import { useEntry } from "./use-entry.ts";

/** More options than these are easier to find by typing, and more descriptions than these in a list. */
const FEW = { options: 12, descriptions: 5 };

const WORDS: Record<string, string> = {
  static_select: "Choose an option",
  external_select: "Choose an option",
  users_select: "Choose a person",
  conversations_select: "Choose a conversation",
  channels_select: "Choose a channel",
};

const NOT_ASKED = "The app is asked for no options here: the playground knows only what it preset.";

/** Every kind of select menu, for one or several, with one list for all that is too much for the browser's own. */
export function SelectMenu(props: ElementProps<Select | MultiSelect>) {
  const { element, blockId } = props;
  const options = menuOptions(element, blockId, useBlockContext());
  const kind = element.type.replace(/^multi_/, "");
  const isSeveral = kind !== element.type;
  const isStatic = kind === "static_select";
  const entry = useEntry(props, {
    isSeveral,
    ...(isStatic ? { offered: options.map(({ value }) => value) } : {}),
  });
  const words = placeholderWords(element) ?? WORDS[kind] ?? "Choose";
  const isShort =
    options.length <= FEW.options &&
    options.filter(({ detail }) => detail !== undefined).length <= FEW.descriptions;
  return (
    <>
      {isStatic && !isSeveral && isShort ? (
        <NativeSelect {...props} options={options} entry={entry} words={words} />
      ) : (
        <Combobox
          {...props}
          words={words}
          options={options}
          values={entry.values}
          choose={entry.enter}
          isSeveral={isSeveral}
          most={"max_selected_items" in element ? element.max_selected_items : undefined}
          emptyWords={kind === "external_select" ? NOT_ASKED : "Nothing matches."}
        />
      )}
      {entry.confirmation}
    </>
  );
}
