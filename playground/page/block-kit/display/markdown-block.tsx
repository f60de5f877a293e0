import type { ComponentChildren } from "preact";
import type { MarkdownBlock as SlackMarkdownBlock } from "@slack/types";
import type { PhrasingContent, RootContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { Picture } from "../image.tsx";
import { SafeLink } from "../safe-link.tsx";
import "./display.css";
import { ScrollRegion } from "./scroll-region.tsx";

/** Standard Markdown with GitHub's additions. HTML in it is shown as text, and pictures as their words. */
export function MarkdownBlock({ block }: { block: SlackMarkdownBlock }) {
  const tree = fromMarkdown(block.text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return <div class="bk-rich">{nodes(tree.children)}</div>;
}

function nodes(children: readonly (RootContent | PhrasingContent)[]): ComponentChildren {
  return children.map((node, index) => <MarkdownNode key={index} node={node} />);
}

function MarkdownNode({ node }: { node: RootContent | PhrasingContent }) {
  switch (node.type) {
    case "text":
      return <>{node.value}</>;
    case "paragraph":
      return <p>{nodes(node.children)}</p>;
    case "heading":
      return (
        <p class="bk-heading" role="heading" aria-level={Math.min(6, node.depth + 2)}>
          {nodes(node.children)}
        </p>
      );
    case "strong":
      return <strong>{nodes(node.children)}</strong>;
    case "emphasis":
      return <em>{nodes(node.children)}</em>;
    case "delete":
      return <s>{nodes(node.children)}</s>;
    case "inlineCode":
      return <code class="bk-code">{node.value}</code>;
    case "code":
      return <pre class="bk-preformatted">{node.value}</pre>;
    case "blockquote":
      return <blockquote class="bk-quote">{nodes(node.children)}</blockquote>;
    case "link":
      return <SafeLink url={node.url}>{nodes(node.children)}</SafeLink>;
    case "image":
      return <Picture alt={node.alt ?? node.url} size="block" />;
    case "thematicBreak":
      return <hr class="bk-divider" />;
    case "break":
      return <br />;
    case "list":
      return node.ordered === true ? (
        <ol class="bk-list" start={node.start ?? 1}>
          {nodes(node.children)}
        </ol>
      ) : (
        <ul class="bk-list">{nodes(node.children)}</ul>
      );
    case "listItem":
      return (
        <li>
          {typeof node.checked === "boolean" && (
            <input
              type="checkbox"
              checked={node.checked}
              disabled
              aria-label={node.checked ? "done" : "to do"}
            />
          )}
          {nodes(node.children)}
        </li>
      );
    case "table":
      return <MarkdownTable table={node} />;
    case "html":
      return <>{node.value}</>;
    default:
      return "children" in node ? <>{nodes(node.children)}</> : null;
  }
}

function MarkdownTable({ table }: { table: Table }) {
  const [head, ...rows] = table.children;
  const align = (index: number) => `bk-align-${table.align?.[index] ?? "left"}`;
  return (
    <ScrollRegion label="Table">
      <table class="bk-table">
        <thead>
          <tr>
            {head?.children.map((cell, index) => (
              <th key={index} scope="col" class={align(index)}>
                {nodes(cell.children)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.children.map((cell, column) => (
                <td key={column} class={align(column)}>
                  {nodes(cell.children)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
