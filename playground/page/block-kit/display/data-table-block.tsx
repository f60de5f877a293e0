import type { DataTableBlock as SlackDataTableBlock } from "@slack/types";
import { useState } from "preact/hooks";
import "./display.css";
import { ScrollRegion } from "./scroll-region.tsx";
import { CellContent, cellText, type Cell } from "./table-cell.tsx";

const USUAL_PAGE = 5;

interface Order {
  column: number;
  isDescending: boolean;
}

function compareCells(left: Cell | undefined, right: Cell | undefined): number {
  if (left?.type === "raw_number" && right?.type === "raw_number") return left.value - right.value;
  return (left === undefined ? "" : cellText(left)).localeCompare(
    right === undefined ? "" : cellText(right),
    "en",
    { numeric: true },
  );
}

/** A table that is read in pages and sorted by its columns. */
export function DataTableBlock({ block }: { block: SlackDataTableBlock }) {
  const [head = [], ...rows] = block.rows;
  const [order, setOrder] = useState<Order>();
  const [asked, setPage] = useState(0);
  const size = block.page_size ?? USUAL_PAGE;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(asked, pages - 1);
  const sorted =
    order === undefined
      ? rows
      : rows.toSorted(
          (left, right) =>
            compareCells(left[order.column], right[order.column]) * (order.isDescending ? -1 : 1),
        );
  const first = page * size;
  const shown = sorted.slice(first, first + size);
  const sortBy = (column: number) => {
    setOrder((now) => ({ column, isDescending: now?.column === column && !now.isDescending }));
    setPage(0);
  };
  return (
    <div class="bk-data">
      <ScrollRegion label={block.caption}>
        <table class="bk-table">
          <caption>{block.caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" aria-sort={sortOf(order, column)}>
                  <button type="button" class="bk-sort" onClick={() => sortBy(column)}>
                    <CellContent cell={cell} />
                    <span aria-hidden="true">{signOf(order, column)}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={first + index}>
                {row.map((cell, column) =>
                  column === block.row_header_column_index ? (
                    <th key={column} scope="row">
                      <CellContent cell={cell} />
                    </th>
                  ) : (
                    <td key={column} class={cell.type === "raw_number" ? "bk-align-right" : ""}>
                      <CellContent cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {pages > 1 && (
        <nav class="bk-pages" aria-label={`Pages of ${block.caption}`}>
          <button type="button" class="bk-page" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span aria-live="polite">
            {first + 1} to {Math.min(first + size, rows.length)} of {rows.length}
          </span>
          <button
            type="button"
            class="bk-page"
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            Next
          </button>
        </nav>
      )}
    </div>
  );
}

function sortOf(order: Order | undefined, column: number): "ascending" | "descending" | "none" {
  if (order?.column !== column) return "none";
  return order.isDescending ? "descending" : "ascending";
}

function signOf(order: Order | undefined, column: number): string {
  return { ascending: " ▲", descending: " ▼", none: "" }[sortOf(order, column)];
}
