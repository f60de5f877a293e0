import { useId, useLayoutEffect } from "preact/hooks";
import { described, named, type Place } from "./element-props.ts";
import { grouped, type MenuOption } from "./match-options.ts";
import { useCombobox, type Choosing } from "./use-combobox.ts";
import { usePopup } from "./use-popup.ts";

interface Props extends Place, Omit<Choosing, "canBeEmpty"> {
  /** What the empty field says. */
  words: string;
  /** What is said when there is nothing to choose. */
  emptyWords: string;
}

/** A field that is filled by choosing from a list that narrows down while one types. */
export function Combobox(props: Props) {
  const { fieldId, options, values, isSeveral, most, words, emptyWords, reports = false } = props;
  const box = useCombobox({ ...props, canBeEmpty: isSeveral || !reports });
  const { anchor, popup } = usePopup<HTMLDivElement>(box.isOpen, true);
  const [listId, noteId] = [useId(), useId()];
  const rowId = (index: number) => `${listId}-${index}`;

  useLayoutEffect(() => {
    if (box.active >= 0) document.getElementById(rowId(box.active))?.scrollIntoView({ block: "nearest" });
  }, [box.active]);

  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  const detail = isSeveral ? undefined : options.find(({ value }) => value === values[0])?.detail;
  const note = most !== undefined && isSeveral ? `At most ${most}.` : detail;
  const isListed = box.isOpen && box.rows.length > 0;
  return (
    <>
      <div ref={anchor} class={`bk-field bk-combobox ${isSeveral ? "bk-several" : ""}`}>
        {values.length > 0 && isSeveral && (
          <ul class="bk-chips" aria-label="Chosen">
            {values.map((value) => (
              <li key={value} class="bk-chip">
                <span>{labelOf(value)}</span>
                <button
                  type="button"
                  aria-label={`Remove ${labelOf(value)}`}
                  onClick={() => {
                    anchor.current?.querySelector("input")?.focus();
                    box.remove(value);
                  }}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          id={fieldId}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-expanded={isListed ? "true" : "false"}
          aria-controls={isListed ? listId : undefined}
          aria-activedescendant={isListed && box.active >= 0 ? rowId(box.active) : undefined}
          placeholder={isSeveral && values.length > 0 ? undefined : words}
          value={box.text}
          onInput={({ currentTarget }) => box.type(currentTarget.value)}
          onKeyDown={box.pressKey}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onClick={() => {
            if (!box.isOpen) box.open();
          }}
          onBlur={box.leave}
          {...named(props, words)}
          {...described(props, note !== undefined && noteId)}
        />
      </div>
      {note !== undefined && (
        <p id={noteId} class="bk-note">
          {note}
        </p>
      )}
      <span role="status" class="bk-spoken">
        {box.isOpen && (isListed ? `${box.rows.length} to choose from` : emptyWords)}
      </span>
      <div
        ref={popup}
        popover="manual"
        class="bk-popup"
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {isListed ? (
          <div role="listbox" id={listId} aria-label="Options" aria-multiselectable={isSeveral || undefined}>
            {grouped(box.rows).map(({ group, options: rows }, index) => (
              <div
                key={group ?? index}
                class="bk-option-group"
                {...(group === undefined ? {} : { role: "group", "aria-label": group })}
              >
                {group !== undefined && <div aria-hidden="true">{group}</div>}
                {rows.map((option) => {
                  const at = box.rows.indexOf(option);
                  return (
                    <Row
                      key={option.value}
                      id={rowId(at)}
                      option={option}
                      isActive={at === box.active}
                      isChosen={values.includes(option.value)}
                      isOut={box.isFull && !values.includes(option.value)}
                      take={() => box.take(option)}
                    />
                  );
                })}
              </div>
            ))}
          </div>
        ) : (
          <p class="bk-none">{emptyWords}</p>
        )}
        {box.hidden > 0 && <p class="bk-none">{box.hidden} more. Type to find them.</p>}
      </div>
    </>
  );
}

interface RowProps {
  id: string;
  option: MenuOption;
  isActive: boolean;
  isChosen: boolean;
  /** Whether it cannot be chosen, as there are enough. */
  isOut: boolean;
  take: () => void;
}

function Row({ id, option, isActive, isChosen, isOut, take }: RowProps) {
  return (
    // The field takes the keys for its list.
    <div
      id={id}
      role="option"
      class={`bk-option ${isActive ? "bk-active" : ""}`}
      aria-selected={isChosen ? "true" : "false"}
      aria-disabled={isOut ? "true" : undefined}
      onClick={take}
    >
      <span class="bk-choice-words">
        <span>{option.label}</span>{" "}
        {option.detail !== undefined && <span class="bk-choice-more">{option.detail}</span>}
      </span>
      <span class="bk-option-mark" aria-hidden="true">
        {isChosen ? "✓" : ""}
      </span>
    </div>
  );
}
