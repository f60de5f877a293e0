import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

const rows = [
  ...read("docs/threat-model.md").matchAll(/^\| (?!threat |---)(.+?) +\| (.+?) +\| (.+?) +\|$/gm),
].map(([, threat = "", , cell = ""]) => ({ threat, cell }));

test("every threat names a test that exists", () => {
  expect(rows.length).toBeGreaterThan(20);
  const broken = rows.filter(({ cell }) => {
    const [, file = "", title = ""] = /^`(test\/[\w./-]+\.test\.ts)`: (.+)$/.exec(cell) ?? [];
    return file === "" || !read(file).includes(`"${title}"`);
  });
  expect(broken).toEqual([]);
});
