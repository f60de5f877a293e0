import type { DataTableBlock } from "@slack/types";
import { RichText } from "./rich-text.tsx";

/** What a cell of a table holds. */
export type Cell = DataTableBlock["rows"][number][number];

/** A cell's content. */
export function CellContent({ cell }: { cell: Cell }) {
  if (cell.type === "rich_text") return <RichText block={cell} />;
  return <>{cellText(cell)}</>;
}

/** A cell as text, for sorting; rich text by its words. */
export function cellText(cell: Cell): string {
  if (cell.type === "raw_text") return cell.text;
  if (cell.type === "raw_number")
    return "text" in cell && typeof cell.text === "string" ? cell.text : String(cell.value);
  return JSON.stringify(cell.elements);
}
