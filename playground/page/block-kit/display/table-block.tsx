import type { TableBlock as SlackTableBlock } from "@slack/types";
import "./tables.css";
import { ScrollRegion } from "./scroll-region.tsx";
import { CellContent } from "./table-cell.tsx";

/** A plain table; its first row is the head. */
export function TableBlock({ block }: { block: SlackTableBlock }) {
  const [head = [], ...rows] = block.rows;
  const look = (column: number) => {
    const { align = "left", is_wrapped: isWrapped = false } = block.column_settings?.[column] ?? {};
    return `bk-align-${align} ${isWrapped ? "" : "bk-unwrapped"}`;
  };
  return (
    <ScrollRegion label="Table">
      <table class="bk-table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" class={look(column)}>
                <CellContent cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={look(column)}>
                  <CellContent cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
