import type { ComponentChildren } from "preact";
import "./display.css";

/** What may be wider than the page: it scrolls by itself, also by keyboard. */
export function ScrollRegion({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="bk-scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
