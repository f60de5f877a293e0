import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Snapshot } from "../../page-api.ts";

/** Something that went wrong, told in plain words until it is put away. */
export interface Notice {
  key: string;
  words: string;
  /** Slack's error code, where there is one. */
  code?: string;
}

export interface Notices {
  shown: readonly Notice[];
  tell: (words: string) => void;
  putAway: (key: string) => void;
  /** Takes back what was told of acts that failed: one has gone well since, or someone else is looking. */
  forgetTold: () => void;
}

const MOST = 3;
const TOLD = "told-";

/** Keeps what the page tells, and tells every refusal of Slack that happens while the page is open. */
export function useNotices(snapshot: Snapshot | undefined): Notices {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const known = useRef<Set<string>>(undefined);
  const told = useRef(0);

  const add = useCallback((notice: Notice) => {
    setShown((before) =>
      // The same words twice are one thing to read.
      [...before.filter(({ words }) => words !== notice.words), notice].slice(-MOST),
    );
  }, []);

  useEffect(() => {
    if (snapshot === undefined) return;
    const fresh = snapshot.refusals.filter(({ key }) => known.current?.has(key) === false);
    known.current = new Set([...(known.current ?? []), ...snapshot.refusals.map(({ key }) => key)]);
    for (const { key, words, code } of fresh) add({ key, words, code });
  }, [snapshot, add]);

  return useMemo(
    () => ({
      shown,
      tell(words) {
        told.current += 1;
        add({ key: `${TOLD}${told.current}`, words });
      },
      forgetTold() {
        setShown((before) =>
          before.every(({ key }) => !key.startsWith(TOLD))
            ? before
            : before.filter(({ key }) => !key.startsWith(TOLD)),
        );
      },
      putAway(key) {
        setShown((before) => before.filter((notice) => notice.key !== key));
      },
    }),
    [shown, add],
  );
}
