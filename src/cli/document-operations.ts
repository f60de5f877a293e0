import { operationsPage } from "../catalogue/operations-page.ts";
import { operations } from "../catalogue/registry.ts";
import type { Command } from "./command.ts";
import { noMoreWords } from "./options.ts";

/** `docs operations`: the page of every operation, as Markdown. */
export const documentOperations: Command = (_environment, words) => {
  noMoreWords(words);
  return Promise.resolve({ text: operationsPage(operations), code: 0 });
};
