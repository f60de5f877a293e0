import type { ComponentChildren } from "preact";
import "./tables.css";

interface Props {
  label: string;
  /** Without a frame around it. */
  isBare?: boolean;
  children: ComponentChildren;
}

/** What may be wider than the page: it scrolls by itself, also by keyboard. */
export function ScrollRegion({ label, isBare = false, children }: Props) {
  return (
    <div class="bk-scroll-place">
      <div class={`bk-scroll ${isBare ? "" : "bk-framed"}`} role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
