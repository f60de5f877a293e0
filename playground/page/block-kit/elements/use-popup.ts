import { useLayoutEffect, useRef } from "preact/hooks";

const GAP_PIXELS = 4;
const MARGIN_PIXELS = 8;
const ENOUGH_PIXELS = 220;

/**
 * Shows a popup in front of everything, under what it belongs to or above it where there is more room, and never
 * beyond the window.
 * @param isWide whether it is as wide as what it belongs to
 */
export function usePopup<Anchor extends HTMLElement>(isOpen: boolean, isWide: boolean) {
  const anchor = useRef<Anchor>(null);
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [beside, shown] = [anchor.current, popup.current];
    if (!isOpen || beside === null || shown === null) return undefined;
    const settle = () => place(shown, beside, isWide);
    shown.showPopover();
    settle();
    window.addEventListener("scroll", settle, true);
    window.addEventListener("resize", settle);
    return () => {
      window.removeEventListener("scroll", settle, true);
      window.removeEventListener("resize", settle);
      if (shown.matches(":popover-open")) shown.hidePopover();
    };
  }, [isOpen, isWide]);
  return { anchor, popup };
}

function place(popup: HTMLElement, anchor: HTMLElement, isWide: boolean): void {
  const { left, top, bottom, width } = anchor.getBoundingClientRect();
  const [wide, high] = [document.documentElement.clientWidth, window.innerHeight];
  const [above, below] = [top - GAP_PIXELS - MARGIN_PIXELS, high - bottom - GAP_PIXELS - MARGIN_PIXELS];
  const isBelow = below >= ENOUGH_PIXELS || below >= above;
  popup.style.width = isWide ? `${width}px` : "";
  popup.style.maxWidth = `${wide - 2 * MARGIN_PIXELS}px`;
  popup.style.maxHeight = `${Math.max(isBelow ? below : above, 80)}px`;
  popup.style.top = isBelow ? `${bottom + GAP_PIXELS}px` : "auto";
  popup.style.bottom = isBelow ? "auto" : `${high - top + GAP_PIXELS}px`;
  popup.style.left = `${Math.max(MARGIN_PIXELS, Math.min(left, wide - popup.offsetWidth - MARGIN_PIXELS))}px`;
}
