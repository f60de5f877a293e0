import type { MarkdownBlock as SlackMarkdownBlock } from "@slack/types";
import type { ListItem, Table } from "mdast";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { Picture } from "../image.tsx";
import { SafeLink } from "../safe-link.tsx";
import "./display.css";
import { readMarkdown, type MarkdownPiece, type MarkdownTree } from "./markdown-tree.ts";
import { ScrollRegion } from "./scroll-region.tsx";

const Definitions = createContext<MarkdownTree["definitions"]>(new Map());

/** Standard Markdown with GitHub's additions. HTML in it is shown as text, and pictures as their words. */
export function MarkdownBlock({ block }: { block: SlackMarkdownBlock }) {
  const { children, definitions } = useMemo(() => readMarkdown(block.text), [block.text]);
  return (
    <Definitions.Provider value={definitions}>
      <div class="bk-rich">{pieces(children)}</div>
    </Definitions.Provider>
  );
}

function pieces(children: readonly MarkdownPiece[]): ComponentChildren {
  return children.map((piece, index) => <Piece key={index} piece={piece} />);
}

function Piece({ piece }: { piece: MarkdownPiece }) {
  const definitions = useContext(Definitions);
  switch (piece.type) {
    case "text":
    case "html":
      return <>{piece.value}</>;
    case "paragraph":
      // A picture is a block of its own, which a paragraph cannot hold.
      return piece.children.some(({ type }) => type === "image" || type === "imageReference") ? (
        <div>{pieces(piece.children)}</div>
      ) : (
        <p>{pieces(piece.children)}</p>
      );
    case "heading":
      return (
        <p
          class={`bk-heading bk-heading-${piece.depth}`}
          role="heading"
          aria-level={Math.min(6, piece.depth + 2)}
        >
          {pieces(piece.children)}
        </p>
      );
    case "strong":
      return <strong>{pieces(piece.children)}</strong>;
    case "emphasis":
      return <em>{pieces(piece.children)}</em>;
    case "delete":
      return <s>{pieces(piece.children)}</s>;
    case "inlineCode":
      return <code class="bk-code">{piece.value}</code>;
    case "code":
      return <pre class="bk-preformatted">{piece.value}</pre>;
    case "blockquote":
      return <blockquote class="bk-quote bk-rich">{pieces(piece.children)}</blockquote>;
    case "link":
      return <SafeLink url={piece.url}>{pieces(piece.children)}</SafeLink>;
    case "linkReference":
      return <SafeLink url={definitions.get(piece.identifier)?.url ?? ""}>{pieces(piece.children)}</SafeLink>;
    case "image":
    case "imageReference":
      return <Picture alt={piece.alt || "A picture without words"} size="block" />;
    case "thematicBreak":
      return <hr class="bk-divider" />;
    case "break":
      return <br />;
    case "list":
      return piece.ordered === true ? (
        <ol class="bk-list" start={piece.start ?? 1}>
          {pieces(piece.children)}
        </ol>
      ) : (
        <ul class="bk-list">{pieces(piece.children)}</ul>
      );
    case "listItem":
      return <Item item={piece} />;
    case "table":
      return <MarkdownTable table={piece} />;
    case "footnoteReference":
      return <sup>[{piece.label ?? piece.identifier}]</sup>;
    case "footnoteDefinition":
      return (
        <div class="bk-footnote">
          <span>[{piece.label ?? piece.identifier}]</span>
          <div class="bk-rich">{pieces(piece.children)}</div>
        </div>
      );
    default:
      return null;
  }
}

function Item({ item }: { item: ListItem }) {
  if (typeof item.checked !== "boolean") return <li>{pieces(item.children)}</li>;
  return (
    <li class="bk-to-do">
      <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? "done" : "to do"} />
      <div class="bk-rich">{pieces(item.children)}</div>
    </li>
  );
}

function MarkdownTable({ table }: { table: Table }) {
  const [head, ...rows] = table.children;
  const align = (column: number) => `bk-align-${table.align?.[column] ?? "left"}`;
  return (
    <ScrollRegion label="Table">
      <table class="bk-table">
        <thead>
          <tr>
            {head?.children.map((cell, column) => (
              <th key={column} scope="col" class={align(column)}>
                <div class="bk-cell">{pieces(cell.children)}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.children.map((cell, column) => (
                <td key={column} class={align(column)}>
                  <div class="bk-cell">{pieces(cell.children)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
