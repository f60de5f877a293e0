import type { Definition, Nodes, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** A piece of Markdown. */
export type MarkdownPiece = RootContent | PhrasingContent;

/** Standard Markdown with GitHub's additions, as a tree; and what its links by reference lead to. */
export interface MarkdownTree {
  children: readonly MarkdownPiece[];
  /** By the identifier of a reference. */
  definitions: ReadonlyMap<string, Definition>;
}

/** Reads Markdown. Never throws: what is no markup is text. */
export function readMarkdown(text: string): MarkdownTree {
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const definitions = new Map<string, Definition>();
  collect(root, definitions);
  return { children: root.children, definitions };
}

/** Of several definitions with one identifier the first counts. */
function collect(node: Nodes, definitions: Map<string, Definition>): void {
  if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  if ("children" in node) for (const child of node.children) collect(child, definitions);
}
