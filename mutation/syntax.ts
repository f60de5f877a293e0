import type { ESTree } from "vite";

/** Anything of the syntax tree, with its place in the text. */
export type Syntax = ESTree.Node & { start: number; end: number };
