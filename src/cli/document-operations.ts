import { operationsPage } from "../catalogue/operations-page.ts";
import { operations } from "../catalogue/registry.ts";

/** `docs operations`: the page of every operation, as Markdown. */
export function documentOperations(): Promise<{ text: string; code: number }> {
  return Promise.resolve({ text: operationsPage(operations), code: 0 });
}
