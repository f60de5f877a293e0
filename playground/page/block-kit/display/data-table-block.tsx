import type { DataTableBlock as SlackDataTableBlock } from "@slack/types";
import { useState } from "preact/hooks";
import { sortRows, type Order } from "./data-table-order.ts";
import "./tables.css";
import { PageTurner } from "./page-turner.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { CellContent, cellWords, type Cell } from "./table-cell.tsx";

const USUAL_PAGE = 5;

/** A table that is read in pages and sorted by its columns. */
export function DataTableBlock({ block }: { block: SlackDataTableBlock }) {
  const [head = [], ...rows] = block.rows;
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const size = Math.max(1, block.page_size ?? USUAL_PAGE);
  // A changed block may have fewer rows than the page that was turned to.
  const first = Math.min(page, Math.max(0, Math.ceil(rows.length / size) - 1)) * size;
  const shown = sortRows(rows, order).slice(first, first + size);
  const rowHeader = block.row_header_column_index ?? 0;
  const look = (column: number) => (rows[0]?.[column]?.type === "raw_number" ? "bk-align-right" : "");
  const sortBy = (column: number) => {
    setOrder((now) => ({ column, isDescending: now?.column === column && !now.isDescending }));
    setPage(0);
  };
  return (
    <div class="bk-data">
      <ScrollRegion label={block.caption}>
        <table class="bk-table">
          <caption>
            <span class="bk-caption">{block.caption}</span>
          </caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th key={column} scope="col" class={look(column)} aria-sort={sortOf(order, column)}>
                  <SortHeader cell={cell} sort={sortOf(order, column)} choose={() => sortBy(column)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={first + index}>
                {row.map((cell, column) =>
                  column === rowHeader ? (
                    <th key={column} scope="row" class={look(column)}>
                      <CellContent cell={cell} />
                    </th>
                  ) : (
                    <td key={column} class={look(column)}>
                      <CellContent cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > size && (
        <PageTurner
          label={`Pages of ${block.caption}`}
          first={first}
          size={size}
          total={rows.length}
          turnTo={setPage}
        />
      )}
    </div>
  );
}

type Sort = "ascending" | "descending" | "none";

const SIGNS = { ascending: "▲", descending: "▼", none: "↕" } as const;

function sortOf(order: Order | undefined, column: number): Sort {
  if (order?.column !== column) return "none";
  return order.isDescending ? "descending" : "ascending";
}

/** A column's name that sorts by it; one in rich text keeps its links, and gets a button beside it. */
function SortHeader({ cell, sort, choose }: { cell: Cell; sort: Sort; choose: () => void }) {
  const sign = (
    <span class={`bk-sort-sign bk-sort-${sort}`} aria-hidden="true">
      {SIGNS[sort]}
    </span>
  );
  if (cell.type !== "rich_text")
    return (
      <button type="button" class="bk-sort" onClick={choose}>
        <CellContent cell={cell} />
        {sign}
      </button>
    );
  return (
    <div class="bk-sort">
      <CellContent cell={cell} />
      <button type="button" class="bk-sort" aria-label={`Sort by ${cellWords(cell)}`} onClick={choose}>
        {sign}
      </button>
    </div>
  );
}
