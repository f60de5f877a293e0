import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Document, Node } from "yaml";
import type { PolicyFault } from "./policy-error.ts";
import type { FaultAtPath } from "./policy-error.ts";

// A policy is written by hand; more than this is a mistake or an attempt to exhaust memory.
const LONGEST_TEXT = 256 * 1024;
const MOST_ALIASES = 50;

/** A parsed YAML text that still knows where everything stands in it. */
export interface PolicyDocument {
  /** The plain value; undefined when the text is not usable YAML, and then `faults` says why. */
  value: unknown;
  faults: PolicyFault[];
  /** Turns a fault at a path into one with line and column. */
  locate(fault: FaultAtPath): PolicyFault;
}

/** Reads YAML 1.2 with unique plain keys and few aliases; every fault in the syntax is reported. */
export function readDocument(text: string): PolicyDocument {
  const lines = new LineCounter();
  function at(offset: number): { line: number; column: number } {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
  if (text.length > LONGEST_TEXT)
    return unusable([{ path: "", message: `The file is longer than ${LONGEST_TEXT / 1024} KiB.` }]);

  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const faults: PolicyFault[] = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    path: "",
    message: `${error.message.split("\n")[0] ?? "not YAML"}${/[.!?]$/.test(error.message) ? "" : "."}`,
  }));
  let aliases = 0;
  visit(document, {
    Alias: () => void aliases++,
    Pair(_, { key }) {
      // Such keys become something else, or nothing at all, in a plain object.
      if (!isScalar(key) || typeof key.value !== "string" || key.value === "__proto__")
        faults.push({ ...at(offsetOf(key) ?? 0), path: "", message: "A key must be plain text." });
    },
  });
  if (aliases > MOST_ALIASES)
    faults.push({ line: 1, column: 1, path: "", message: `More than ${MOST_ALIASES} aliases (\`*name\`).` });
  if (faults.length > 0) return unusable(faults);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value, faults: [], locate };
  } catch (error) {
    return unusable([{ line: 1, column: 1, path: "", message: `${(error as Error).message}.` }]);
  }

  function locate({ path, message, suggestion, atKey = false }: FaultAtPath): PolicyFault {
    return {
      ...at(offsetAlong(document, path, atKey)),
      path: writePath(path),
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  }
}

function unusable(faults: PolicyFault[]): PolicyDocument {
  return { value: undefined, faults, locate: ({ path, message }) => ({ path: writePath(path), message }) };
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

/** Where the value (or key) at a path starts; for what is absent, where its nearest parent does. */
function offsetAlong(document: Document, path: readonly (string | number)[], atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const isLast = depth === path.length - 1;
    if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) return offset;
      node = item;
    } else if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && item.key.value === String(step),
      );
      if (!pair) return offset;
      offset = offsetOf(pair.key) ?? offset;
      if (isLast && atKey) return offset;
      node = pair.value;
      // A list or a map starts on a later line than the key that people look for.
      if (isMap(node) || isSeq(node)) continue;
    } else return offset;
    offset = offsetOf(node) ?? offset;
  }
  return offset;
}

function writePath(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`))
    .join("");
}
