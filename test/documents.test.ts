import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const documents = globSync("{*,docs/*,docs/decisions/*}.md", { cwd: ROOT }).toSorted();

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** What a heading is called in an address, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

const anchorsOf = (file: string) =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** Links within the repository, each with the file and the heading that it leads to. */
const links = documents.flatMap((file) =>
  [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([link, path = "", anchor]) => ({
    link: `${file}: ${link}`,
    target: path === "" ? file : join(dirname(file), path),
    anchor,
  })),
);

test("every link in a document leads to a file or folder that exists, and to a heading in it", () => {
  expect(links.length).toBeGreaterThan(50);
  const broken = links.filter(
    ({ target, anchor }) =>
      !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor)),
  );
  expect(broken.map(({ link }) => link)).toEqual([]);
});

test("every file that a document names exists", () => {
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/`((?:src|views|commands|playground|test|bench|docs)\/[\w./-]+\.\w+)`/g)].map(
      ([, path = ""]) => ({ file, path }),
    ),
  );
  expect(named.length).toBeGreaterThan(100);
  const missing = named.filter(({ path }) => !existsSync(join(ROOT, path)));
  expect(missing.map(({ file, path }) => `${file}: ${path}`)).toEqual([]);
});

test("every decision has its number as heading and file name, a status and a date", () => {
  const decisions = documents.filter((file) => file.startsWith("docs/decisions/"));
  expect(decisions.length).toBeGreaterThan(20);
  const faults = decisions.filter((file, index) => {
    const number = Number(/\/(\d{4})-/.exec(file)?.[1]);
    const start = new RegExp(
      `^# ${number}\\. .+\\n\\nStatus: .+\\. Date: \\d{4}-\\d{2}-\\d{2}\\.\\n\\n## Context\\n`,
    );
    return number !== index + 1 || !start.test(read(file));
  });
  expect(faults).toEqual([]);
});
