import { parseSync } from "vite";
import { alternativesOf, isDroppable, isRemovable } from "./operators.ts";
import type { Syntax } from "./syntax.ts";

/** One small bug that can be switched on while the code runs. */
export interface Mutant {
  id: number;
  file: string;
  line: number;
  /** The code as it is, on one line. */
  original: string;
  /** What the bug makes of it. */
  replacement: string;
}

const MARK = "globalThis.__mutant";

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** What lies directly in a node, in the order of the text. Types and what is imported hold nothing that runs. */
function childrenOf(node: Syntax): Syntax[] {
  const children = Object.entries(node).flatMap(([key, value]) => {
    if (key === "key" && "computed" in node && !node.computed) return [];
    if (node.type === "Property" && node.shorthand && key === "key") return [];
    return (Array.isArray(value) ? value : [value]).filter(isSyntax);
  });
  return children
    .filter(({ type }) => !type.startsWith("TS") || /^TS(As|Satisfies|NonNull)/.test(type))
    .toSorted((left, right) => left.start - right.start);
}

const HOLDS_NO_CODE = /^(ImportDeclaration|ExportAllDeclaration|ImportExpression|TS(Interface|TypeAlias))/;

/**
 * The code of a file with every mutant in it, each behind a switch: `globalThis.__mutant(id)` says whether it is on.
 * With all of them off it does what the file does.
 * @param firstId the id of the first mutant; the others follow
 */
export function instrument(
  file: string,
  source: string,
  firstId: number,
): { code: string; mutants: Mutant[] } {
  const mutants: Mutant[] = [];
  const oneLine = (text: string) => text.replace(/\s+/g, " ");
  const add = (node: Syntax, replacement: string, original = source.slice(node.start, node.end)): string => {
    const id = firstId + mutants.length;
    const line = source.slice(0, node.start).split("\n").length;
    mutants.push({ id, file, line, original: oneLine(original), replacement: oneLine(replacement) });
    return `${MARK}(${id})`;
  };
  const textOf = (node: Syntax) => source.slice(node.start, node.end);

  /** @param isLink whether the node continues a chain of `?.`, which must not be put into brackets */
  const render = (node: Syntax, parent: Syntax, isLink: boolean): string => {
    if (HOLDS_NO_CODE.test(node.type)) return textOf(node);
    const alternatives = isLink ? [] : alternativesOf(node, parent, textOf);
    const switches = alternatives.map((alternative) => `${add(node, alternative)}?(${alternative}):`);
    const drop = isDroppable(node, parent) ? add(node, "(left out)") : undefined;
    const skip = isRemovable(node) ? add(node, "(left out)") : undefined;
    let text = "";
    let position = node.start;
    const inChain = node.type === "ChainExpression" || isLink;
    for (const child of childrenOf(node)) {
      const continues = inChain && /^(Call|Member|TSNonNull)/.test(child.type);
      const isHead = "object" in node ? node.object === child : "callee" in node && node.callee === child;
      const childIsLink = node.type === "ChainExpression" ? false : continues && isHead;
      text += source.slice(position, child.start) + render(child, node, childIsLink);
      position = child.end;
    }
    text += source.slice(position, node.end);
    if (switches.length > 0) text = `(${switches.join("")}${text})`;
    if (drop !== undefined)
      text = parent.type === "ArrayExpression" ? `...(${drop}?[]:[${text}])` : `...(${drop}?{}:{${text}})`;
    return skip === undefined ? text : `{if(!${skip}){${text}}}`;
  };

  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const root = program as Syntax;
  const before = source.slice(0, root.start);
  const code = before + render(root, root, false) + source.slice(root.end);
  return { code, mutants };
}
