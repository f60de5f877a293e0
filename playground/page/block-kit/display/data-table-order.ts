import { cellWords, type Cell } from "./table-cell.tsx";

/** By which column a table is sorted. */
export interface Order {
  column: number;
  isDescending: boolean;
}

/** The rows in their order; without one as they came. Numbers are compared as numbers, all else as words. */
export function sortRows(rows: readonly Cell[][], order: Order | undefined): readonly Cell[][] {
  if (order === undefined) return rows;
  const { column, isDescending } = order;
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((left, right) => compareCells(left[column], right[column]) * sign);
}

function compareCells(left: Cell | undefined, right: Cell | undefined): number {
  if (left?.type === "raw_number" && right?.type === "raw_number") return left.value - right.value;
  const [before, after] = [left, right].map((cell) => (cell === undefined ? "" : cellWords(cell)));
  return (before ?? "").localeCompare(after ?? "", "en", { numeric: true });
}
