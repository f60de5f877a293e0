import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PROJECT = join(import.meta.dirname, "..");
const NEEDS_DATABASE = "test/fresh-database.ts";

/** Every file of ours with the files of ours that it imports. */
function readImports(): Map<string, string[]> {
  const files = globSync("{src,commands,views,playground,test}/**/*.{ts,tsx}", { cwd: PROJECT });
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(PROJECT, file), "utf8");
      const imported = text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"(\.[^"]+)"/g);
      return [file, [...imported].map(([, name = ""]) => join(dirname(file), name))];
    }),
  );
}

/** How many imports lie between a file and each that it reaches. */
function distances(from: string, imports: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const found = new Map([[from, 0]]);
  for (const [file, distance] of found)
    for (const next of imports.get(file) ?? []) if (!found.has(next)) found.set(next, distance + 1);
  return found;
}

/**
 * The test files that reach one of some files by imports, nearest first.
 * @param withDatabase whether also those that need Postgres
 * @param most how many at most
 */
export function nearestTests(
  files: readonly string[],
  withDatabase: boolean,
  most: number,
): { file: string; distance: number }[] {
  const imports = readImports();
  return [...imports.keys()]
    .filter((file) => file.endsWith(".test.ts") && !/^test\/(playground|contracts|journeys)/.test(file))
    .flatMap((file) => {
      const reached = distances(file, imports);
      const near = files.flatMap((one) => reached.get(one) ?? []);
      if (near.length === 0 || (!withDatabase && reached.has(NEEDS_DATABASE))) return [];
      return [{ file, distance: Math.min(...near), size: reached.size }];
    })
    .toSorted((left, right) => left.distance - right.distance || left.size - right.size)
    .slice(0, most);
}
