/** What every element is given besides itself. */
export interface Place {
  blockId: string;
  /** Id for the control that a `<label>` points at. */
  fieldId?: string;
  /** Id of what names the element; without it, it names itself. */
  labelledBy?: string;
  /** Ids of what is said about it: hint and error. */
  describedBy?: string;
  isInvalid?: boolean;
  isRequired?: boolean;
  /** Whether a change is told to the app at once: in a section or actions, or with `dispatch_action`. */
  reports?: boolean;
}

export type ElementProps<Element> = Place & { element: Element };

/** A list of ids for `aria-describedby`; undefined when there is none. */
export function ids(...parts: (string | false | undefined)[]): string | undefined {
  const present = parts.filter((part) => typeof part === "string");
  return present.length === 0 ? undefined : present.join(" ");
}

/** What names a control: its label, or where it has none, these words. */
export function named({ labelledBy }: Place, words: string) {
  return labelledBy === undefined ? { "aria-label": words } : { "aria-labelledby": labelledBy };
}

/** What a control says of itself to assistive technology. */
export function described({ describedBy, isInvalid, isRequired }: Place, ...more: (string | false)[]) {
  return {
    "aria-describedby": ids(describedBy, ...more),
    "aria-invalid": isInvalid === true ? ("true" as const) : undefined,
    "aria-required": isRequired === true ? ("true" as const) : undefined,
  };
}
