import "./tables.css";

interface Props {
  label: string;
  /** The first row that is shown, counted from 0. */
  first: number;
  /** Rows on a page, and in all. */
  size: number;
  total: number;
  turnTo: (page: number) => void;
}

/** Where in its pages a table is, and the ways to the next and the previous one. */
export function PageTurner({ label, first, size, total, turnTo }: Props) {
  const page = Math.floor(first / size);
  return (
    <nav class="bk-pages" aria-label={label}>
      <Turn words="Previous" isLast={first === 0} turn={() => turnTo(page - 1)} />
      <span aria-live="polite">
        {first + 1} to {Math.min(first + size, total)} of {total}
      </span>
      <Turn words="Next" isLast={first + size >= total} turn={() => turnTo(page + 1)} />
    </nav>
  );
}

/** Keeps the focus on the last page too, which a disabled button would lose. */
function Turn({ words, isLast, turn }: { words: string; isLast: boolean; turn: () => void }) {
  return (
    <button
      type="button"
      class="bk-page"
      aria-disabled={isLast ? "true" : undefined}
      onClick={isLast ? undefined : turn}
    >
      {words}
    </button>
  );
}
