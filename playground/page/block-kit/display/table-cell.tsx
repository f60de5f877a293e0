import type { DataTableBlock } from "@slack/types";
import { RichText } from "./rich-text.tsx";
import { richTextWords } from "./rich-text-words.ts";

/** What a cell of a table holds. */
export type Cell = DataTableBlock["rows"][number][number];

/** A cell's content. */
export function CellContent({ cell }: { cell: Cell }) {
  return <div class="bk-cell">{cell.type === "rich_text" ? <RichText block={cell} /> : cellWords(cell)}</div>;
}

/** A cell as words; those of a rich text without its formatting. */
export function cellWords(cell: Cell): string {
  if (cell.type === "raw_text") return cell.text;
  if (cell.type === "rich_text") return richTextWords(cell);
  return "text" in cell && typeof cell.text === "string" ? cell.text : String(cell.value);
}
