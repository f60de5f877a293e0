import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { textCell, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { eitherOf, many, textOf } from "./words.ts";

const { rows, columns, page_size: pageSize, content } = L.data_table;
/** Columns and rows of a plain table. */
const WIDEST = 20;
const TALLEST = 100;

/** As many rows as there may be; the second cell of the first holds all that the others leave. */
function tallRows(): Part[][] {
  const names = many(rows.max_items, (row) => [row === 1 ? "Number" : `Row ${row - 1}`, String(row)]);
  const taken = names.flat().join("").length - "2".length;
  return names.map(([name = "", words = ""], index) => [
    textCell(name),
    textCell(index === 1 ? textOf(content.max_length - taken) : words),
  ]);
}

/** The largest tables that Slack takes. */
export const LONGEST_TABLES: readonly Sample[] = [
  {
    id: "longest-data-table",
    title: "The longest data table",
    surface: "message",
    blocks: [{ type: "data_table", caption: textOf(300), page_size: pageSize.max, rows: tallRows() }],
  },
  {
    id: "longest-tables",
    title: "The widest tables",
    surface: "message",
    blocks: [
      {
        type: "data_table",
        caption: "Every column that there may be",
        rows: many(4, (row) =>
          many(columns.max_items, (column) => textCell(eitherOf(row === 1 ? 30 : 40, row + column))),
        ),
      },
      {
        type: "table",
        column_settings: many(WIDEST, (column) => ({
          align: ["left", "center", "right"][column % 3] ?? "left",
          is_wrapped: column % 2 === 1,
        })),
        rows: many(3, (row) => many(WIDEST, (column) => textCell(eitherOf(40, row + column)))),
      },
      {
        type: "table",
        rows: many(TALLEST, (row) => [
          textCell(`Row ${row}`),
          textCell(row <= 2 ? eitherOf(500, row) : String(row)),
        ]),
      },
    ],
  },
];
