import { readFileSync } from "node:fs";
import type { VendorCall } from "../../src/catalogue/operation.ts";

/** One operation as Zoom publishes it. */
export interface ContractOperation {
  operationId: string;
  method: string;
  /** With names in braces where ids stand. */
  path: string;
}

interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

/** Every operation of a published contract. */
export function readContract(file: string): ContractOperation[] {
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) =>
      operationId === undefined ? [] : [{ operationId, method: method.toUpperCase(), path }],
    ),
  );
}

function fits(template: string, path: string): boolean {
  const names = template.split("/");
  const segments = path.split("/");
  return (
    names.length === segments.length &&
    names.every((name, index) => name.startsWith("{") || name === segments[index])
  );
}

/** Which operation of the contract a call is: where several fit, the one that names most of the path. */
export function findInContract(
  contract: readonly ContractOperation[],
  { method, path }: Pick<VendorCall, "method" | "path">,
): ContractOperation | undefined {
  const countNames = (template: string) => template.split("{").length;
  return contract
    .filter((one) => one.method === method && fits(one.path, path))
    .toSorted((one, other) => countNames(one.path) - countNames(other.path))[0];
}
