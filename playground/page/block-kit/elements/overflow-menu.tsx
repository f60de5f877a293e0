import type { Overflow, PlainTextOption } from "@slack/types";
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useBlockContext } from "../context.ts";
import { safeAddress } from "../safe-link.tsx";
import { TextObject } from "../text.tsx";
import { useConfirmation } from "./confirmation.tsx";
import { usePopup } from "./use-popup.ts";

function itemsIn(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

/** A button with three dots that opens a menu. */
export function OverflowMenu({ element, blockId }: { element: Overflow; blockId: string }) {
  const context = useBlockContext();
  const { ask, dialog } = useConfirmation(element.confirm);
  const [isOpen, setOpen] = useState(false);
  const { anchor, popup } = usePopup<HTMLButtonElement>(isOpen, false);
  const menuId = useId();

  useEffect(() => {
    if (isOpen) itemsIn(popup.current)[0]?.focus();
  }, [isOpen]);

  const close = () => {
    anchor.current?.focus();
    setOpen(false);
  };
  const choose = ({ value, url }: PlainTextOption) => {
    close();
    ask(() => {
      context.onPress(element.action_id ?? "", blockId, value);
      const address = url === undefined ? undefined : safeAddress(url);
      if (address !== undefined) window.open(address, "_blank", "noopener,noreferrer");
    });
  };
  const pressKey = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const items = itemsIn(event.currentTarget);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const { key } = event;
    if (key === "Tab") return close();
    if (key === "Escape") close();
    else if (key === "ArrowDown") items.at((at + 1) % items.length)?.focus();
    else if (key === "ArrowUp") items.at(at - 1)?.focus();
    else if (key === "Home") items[0]?.focus();
    else if (key === "End") items.at(-1)?.focus();
    else if (key.length === 1 && key !== " ")
      [...items.slice(at + 1), ...items]
        .find(({ textContent }) => textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
        ?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="bk-button bk-overflow"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen ? "true" : "false"}
        aria-controls={isOpen ? menuId : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span aria-hidden="true">•••</span>
      </button>
      <div
        ref={popup}
        popover="manual"
        class="bk-popup"
        onKeyDown={pressKey}
        onFocusOut={({ currentTarget, relatedTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOpen(false);
        }}
      >
        <div role="menu" id={menuId} aria-label="More actions">
          {element.options.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="bk-option"
              onClick={() => choose(option)}
            >
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
            </button>
          ))}
        </div>
      </div>
      {dialog}
    </>
  );
}
