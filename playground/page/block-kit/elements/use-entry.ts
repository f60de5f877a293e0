import type { Action, Confirmable } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { EnteredValue } from "../../../page-api.ts";
import { useBlockContext } from "../context.ts";
import { useConfirmation } from "./confirmation.tsx";
import type { ElementProps } from "./element-props.ts";
import { heldValues } from "./held.ts";

export interface Entry {
  /** What the field shows; none when it is empty, and one at most where it takes one. */
  values: readonly string[];
  /** Takes an edit, and tells the app where the element reports. */
  enter: (values: readonly string[]) => void;
  /** Takes an edit that the app is not told of yet. */
  keep: (values: readonly string[]) => void;
  /** What the app was told last; what the view held before it was told anything. */
  settled: () => readonly string[];
  /** Has to be rendered beside the field. */
  confirmation: ComponentChildren;
}

interface Options {
  isSeveral?: boolean;
  /** What can be chosen now; what is no longer among it falls back to what the view holds. */
  offered?: readonly string[];
}

/**
 * What is in a field: at first what the view holds, from then on what the reader makes of it, whatever the view
 * says later.
 */
export function useEntry(props: ElementProps<Action & Confirmable>, options: Options = {}): Entry {
  const { element, blockId, reports = false } = props;
  const { isSeveral = false, offered } = options;
  const context = useBlockContext();
  const { ask, dialog } = useConfirmation(element.confirm);
  const held = () => heldValues(element, blockId, context.state);
  const [values, setValues] = useState<readonly string[]>(held);
  const settled = useRef(values);
  /** Whether the view holds an edit that the app was not told of. */
  const isKept = useRef(false);
  const actionId = element.action_id ?? "";

  const asEntered = (all: readonly string[]): EnteredValue => (isSeveral ? [...all] : all[0]);
  const keep = (next: readonly string[]) => {
    if (reports) isKept.current = true;
    else settled.current = next;
    setValues(next);
    context.onChange(blockId, actionId, asEntered(next));
  };
  const report = (next: readonly string[]) => {
    setValues(next);
    ask(
      () => {
        settled.current = next;
        isKept.current = false;
        context.onDispatch(blockId, actionId, asEntered(next));
      },
      () => {
        setValues(settled.current);
        if (isKept.current) context.onChange(blockId, actionId, asEntered(settled.current));
        isKept.current = false;
      },
    );
  };

  const isGone = offered !== undefined && values.some((value) => !offered.includes(value));
  useEffect(() => {
    if (isGone) keep(held());
  }, [isGone]);

  return {
    values: isGone ? held() : values,
    enter: (next) => (reports ? report(next) : keep(next)),
    keep,
    settled: () => settled.current,
    confirmation: dialog,
  };
}
