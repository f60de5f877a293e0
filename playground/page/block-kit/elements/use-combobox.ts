import type { TargetedKeyboardEvent } from "preact";
import { useState } from "preact/hooks";
import { matching, type MenuOption } from "./match-options.ts";

/** More rows than these help nobody; typing narrows them down. */
const MOST_ROWS = 100;

export interface Choosing {
  options: readonly MenuOption[];
  values: readonly string[];
  choose: (values: readonly string[]) => void;
  isSeveral: boolean;
  /** How many can be chosen at most. */
  most?: number | undefined;
  /** Whether the last of what is chosen can be taken back. */
  canBeEmpty: boolean;
}

/** The behaviour of an editable combobox with a list: what is typed, which row is active, and what the keys do. */
export function useCombobox({ options, values, choose, isSeveral, most = Infinity, canBeEmpty }: Choosing) {
  const [query, setQuery] = useState<string | undefined>(undefined);
  const [isOpen, setOpen] = useState(false);
  const [activeValue, setActive] = useState<string | undefined>(undefined);

  const matches = matching(options, query ?? "");
  const rows = matches.slice(0, MOST_ROWS);
  const active = isOpen ? rows.findIndex(({ value }) => value === activeValue) : -1;
  const chosenLabel = options.find(({ value }) => value === values[0])?.label ?? values[0] ?? "";
  const isFull = isSeveral && values.length >= most;

  const open = (to: MenuOption | undefined) => {
    setOpen(true);
    setActive(to?.value);
  };
  const close = () => {
    setOpen(false);
    setQuery(undefined);
  };
  const remove = (value: string) => {
    const rest = values.filter((one) => one !== value);
    if (rest.length > 0 || canBeEmpty) choose(rest);
  };
  const take = ({ value }: MenuOption) => {
    setActive(value);
    setQuery(undefined);
    if (!isSeveral) {
      setOpen(false);
      if (value !== values[0]) choose([value]);
    } else if (values.includes(value)) remove(value);
    else if (!isFull) choose([...values, value]);
  };
  const leave = () => {
    const typed = query?.trim().toLowerCase();
    const [only, ...others] = options.filter(({ label }) => label.toLowerCase() === typed);
    if (only !== undefined && others.length === 0 && !values.includes(only.value)) take(only);
    else if (typed === "" && !isSeveral && canBeEmpty && values.length > 0) choose([]);
    close();
  };
  const step = (by: 1 | -1) => {
    const chosen = rows.find(({ value }) => values.includes(value));
    if (!isOpen) open(chosen ?? rows.at(by === 1 ? 0 : -1));
    else setActive(rows.at(active < 0 && by === -1 ? -1 : (active + by) % Math.max(rows.length, 1))?.value);
  };

  /** Keys that were used go no further: Enter must not submit a form, nor Escape close it. */
  const pressKey = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.isComposing) return;
    const row = rows[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && row !== undefined) take(row);
    else if (event.key === "Enter" && !isOpen) step(1);
    else if (event.key === "Escape" && isOpen) close();
    else if (event.key === "Backspace" && isSeveral && (query ?? "") === "") {
      const last = values.at(-1);
      if (last !== undefined) remove(last);
      return;
    } else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    text: query ?? (isSeveral ? "" : chosenLabel),
    type(text: string) {
      setQuery(text);
      open(text.trim() === "" ? undefined : matching(options, text)[0]);
    },
    rows,
    hidden: matches.length - rows.length,
    active,
    isOpen,
    isFull,
    open: () => open(rows.find(({ value }) => values.includes(value))),
    take,
    remove,
    leave,
    pressKey,
  };
}
