import { useRef } from "preact/hooks";
import type { Entry } from "./use-entry.ts";

/**
 * For the browser's own controls, which hold another value after each key: where they report, the app is told once
 * the reader is done, by Enter or by leaving; what is picked with a pointer or from the open list is told at once.
 */
export function useSettling({ enter, keep, settled }: Entry, reports: boolean) {
  const isOnItsWay = useRef(false);
  const report = (values: readonly string[]) => {
    isOnItsWay.current = false;
    if (reports && values[0] !== settled()[0]) enter(values);
  };
  return {
    take: (values: readonly string[]) => {
      if (reports && !isOnItsWay.current) report(values);
      else keep(values);
    },
    pressKey: (event: KeyboardEvent, values: readonly string[]) => {
      const { key, altKey } = event;
      // Space, Alt and Enter open the browser's list or calendar, which takes the keys from then on.
      if (key !== "Enter") isOnItsWay.current = key !== " " && !altKey;
      else if (reports && isOnItsWay.current) {
        event.preventDefault();
        report(values);
      }
    },
    leave: report,
  };
}
