import type { Checkboxes as SlackCheckboxes, Option, RadioButtons as SlackRadioButtons } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { TextObject } from "../text.tsx";
import { described, named, type ElementProps } from "./element-props.ts";
import { useEntry } from "./use-entry.ts";

function valuesOf(options: readonly Option[]): string[] {
  return options.map(({ value = "" }) => value);
}

/** One of a few options, all in sight. */
export function RadioButtons(props: ElementProps<SlackRadioButtons>) {
  const { options } = props.element;
  const { values, enter, confirmation } = useEntry(props, { offered: valuesOf(options) });
  const group = useId();
  return (
    <>
      <div
        role="radiogroup"
        class="bk-choices"
        tabIndex={-1}
        onFocus={({ target, currentTarget }) => {
          if (target !== currentTarget) return;
          const inputs = currentTarget.querySelectorAll("input");
          ([...inputs].find(({ checked }) => checked) ?? inputs[0])?.focus();
        }}
        {...named(props, "Choose one")}
        {...described(props)}
      >
        {options.map((option) => (
          <Choice key={option.value} option={option}>
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={values[0] === option.value}
              onChange={() => enter([option.value ?? ""])}
            />
          </Choice>
        ))}
      </div>
      {confirmation}
    </>
  );
}

/** Any of a few options, all in sight. */
export function Checkboxes(props: ElementProps<SlackCheckboxes>) {
  const offered = valuesOf(props.element.options);
  const { values, enter, confirmation } = useEntry(props, { isSeveral: true, offered });
  const { "aria-describedby": description, "aria-invalid": invalid } = described(props);
  return (
    <>
      <div role="group" class="bk-choices" aria-describedby={description} {...named(props, "Choose any")}>
        {props.element.options.map((option) => {
          const value = option.value ?? "";
          return (
            <Choice key={value} option={option}>
              <input
                type="checkbox"
                value={value}
                checked={values.includes(value)}
                aria-invalid={invalid}
                onChange={({ currentTarget: { checked } }) =>
                  enter(offered.filter((one) => (one === value ? checked : values.includes(one))))
                }
              />
            </Choice>
          );
        })}
      </div>
      {confirmation}
    </>
  );
}

function Choice({ option, children }: { option: Option; children: ComponentChildren }) {
  return (
    <label class="bk-choice">
      {children}
      <span class="bk-choice-words">
        <TextObject text={option.text} />
        {option.description !== undefined && (
          <>
            {" "}
            <span class="bk-choice-more">
              <TextObject text={option.description} />
            </span>
          </>
        )}
      </span>
    </label>
  );
}
