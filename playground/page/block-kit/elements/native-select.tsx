import { useId } from "preact/hooks";
import { described, named, type Place } from "./element-props.ts";
import { grouped, type MenuOption } from "./match-options.ts";
import type { Entry } from "./use-entry.ts";
import { useSettling } from "./use-settling.ts";

interface Props extends Place {
  options: readonly MenuOption[];
  entry: Entry;
  /** What the empty menu says. */
  words: string;
}

/** The browser's own menu, for a few options; below it their descriptions, for which such a menu has no room. */
export function NativeSelect(props: Props) {
  const { options, entry, words, fieldId, isRequired = false, reports = false } = props;
  const { take, pressKey, leave } = useSettling(entry, reports);
  const chosenId = useId();
  const [value = ""] = entry.values;
  const entered = (chosen: string) => (chosen === "" ? [] : [chosen]);
  const explained = options.filter(({ detail }) => detail !== undefined);
  return (
    <>
      <select
        id={fieldId}
        class={`bk-field ${value === "" ? "bk-unset" : ""}`}
        value={value}
        onKeyDown={(event) => pressKey(event, entered(event.currentTarget.value))}
        onChange={({ currentTarget }) => take(entered(currentTarget.value))}
        onBlur={({ currentTarget }) => leave(entered(currentTarget.value))}
        {...named(props, words)}
        {...described(props, explained.some((one) => one.value === value) && chosenId)}
      >
        <option value="" disabled={isRequired || reports}>
          {words}
        </option>
        {grouped(options).map(({ group, options: members }, index) =>
          group === undefined ? (
            members.map(choice)
          ) : (
            <optgroup key={`${index} ${group}`} label={group}>
              {members.map(choice)}
            </optgroup>
          ),
        )}
      </select>
      {explained.length > 0 && (
        <ul class="bk-details">
          {explained.map((option) => (
            <li
              key={option.value}
              id={option.value === value ? chosenId : undefined}
              class={option.value === value ? "bk-detail-chosen" : ""}
            >
              <strong>{option.label}</strong> {option.detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function choice({ value, label }: MenuOption) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
