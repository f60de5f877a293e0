import type { Action, Dispatchable } from "@slack/types";
import type { TargetedEvent, TargetedKeyboardEvent } from "preact";
import type { ElementProps } from "./element-props.ts";
import { useEntry } from "./use-entry.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * A text as it is typed. One that reports does so on Enter, or at each character where the app asks for that, and
 * never while it is of the wrong form.
 * @returns `enterNote` says what Enter does; empty where it does nothing of its own
 */
export function useTextEntry(props: ElementProps<Action & Dispatchable>, isMultiline: boolean) {
  const { element, reports = false } = props;
  const entry = useEntry(props);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const onEnter = reports && triggers.includes("on_enter_pressed");
  const onCharacter = reports && triggers.includes("on_character_entered");
  const values = (field: Field) => (field.value === "" ? [] : [field.value]);
  return {
    text: entry.values[0] ?? "",
    takeInput: (event: TargetedEvent<Field>) => {
      const field = event.currentTarget;
      if (onCharacter && field.validity.valid) entry.enter(values(field));
      else entry.keep(values(field));
    },
    takeKey: (event: TargetedKeyboardEvent<Field>) => {
      if (!onEnter || event.key !== "Enter" || event.isComposing || (isMultiline && event.shiftKey)) return;
      event.preventDefault();
      const field = event.currentTarget;
      if (field.validity.valid) entry.enter(values(field));
      else field.reportValidity();
    },
    enterNote: !onEnter
      ? ""
      : isMultiline
        ? "Enter sends it to the app, Shift+Enter begins a new line."
        : "Enter sends it to the app.",
  };
}
