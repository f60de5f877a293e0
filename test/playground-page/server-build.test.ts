import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCompany, type Company } from "../../playground/company.ts";
import type { PagePlaces } from "../../playground/page-server/build-page.ts";
import { startPageServer } from "../../playground/page-server/server.ts";

let company: Company;
let folder: string;
let page: PagePlaces;

beforeAll(async () => {
  company = await startCompany({ rateLimits: false });
  folder = await mkdtemp(join(tmpdir(), "deadbolt-page-"));
  page = { source: join(folder, "source"), cache: join(folder, "cache") };
  await mkdir(page.source);
  // Vite reads this at the start of every build: each one leaves a letter.
  const config = `import { appendFileSync } from "node:fs";
    appendFileSync(${JSON.stringify(join(folder, "begun"))}, "b");
    export default { root: import.meta.dirname, base: './', build: { assetsInlineLimit: 0 } };`;
  await writeFile(join(page.source, "vite.config.ts"), config);
  const html = '<!doctype html><title>A page</title><script type="module" src="./main.ts"></script>';
  await writeFile(join(page.source, "index.html"), html);
  await writeFile(join(page.source, "main.ts"), 'const word: string = "first"; document.title = word;');
});
afterAll(async () => {
  await company.close();
  await rm(folder, { recursive: true, force: true });
});

/** How many builds were begun. */
const buildsBegun = async () => (await readFile(join(folder, "begun"), "utf8")).length;

/** Starts the server, asks for the page, and answers what came. */
async function visit(path = "/") {
  const server = await startPageServer({ company, auditEnvironment: {}, page });
  try {
    const answer = await fetch(server.url + path);
    const text = await answer.text();
    const script = /src="\.(\/assets\/[^"]+)"/.exec(text)?.[1];
    const fetched = script === undefined ? undefined : await fetch(server.url + script);
    return {
      status: answer.status,
      type: answer.headers.get("content-type"),
      kept: answer.headers.get("cache-control"),
      text,
      script: await fetched?.text(),
      scriptKept: fetched?.headers.get("cache-control"),
    };
  } finally {
    await server.close();
  }
}

test("the page is built at the first start, and a second start serves it without building", async () => {
  const cold = await visit();
  expect(cold).toMatchObject({ status: 200, type: "text/html; charset=utf-8", kept: "no-cache" });
  expect(cold.script).toContain("first");
  expect(cold.scriptKept).toContain("immutable");
  const builds = await readdir(page.cache);
  expect(builds).toHaveLength(1);
  const builtAt = async () => (await stat(join(page.cache, builds[0] ?? ""))).mtimeMs;
  const before = await builtAt();
  expect(await buildsBegun()).toBe(1);
  const warm = await visit();
  expect(warm.text).toBe(cold.text);
  expect(await buildsBegun()).toBe(1);
  expect(await builtAt()).toBe(before);
  expect(await readdir(page.cache)).toEqual(builds);
});

test("a change of a source is a new build, and two starts at once do not disturb each other", async () => {
  await writeFile(join(page.source, "main.ts"), 'document.title = "second";');
  const [one, other] = await Promise.all([visit(), visit()]);
  expect(one.script).toContain("second");
  expect(other.text).toBe(one.text);
  expect(await readdir(page.cache)).toHaveLength(2);
});

test("no path leads out of the built page", async () => {
  for (const path of ["/../vite.config.ts", "/%2e%2e/vite.config.ts", "/assets/", "//etc/passwd"])
    expect((await visit(path)).status).toBe(404);
});

test("a page that cannot be built says why, and the next start tries again", async () => {
  await writeFile(join(page.source, "main.ts"), 'import "./not-there.ts";');
  const broken = await visit();
  expect(broken.status).toBe(500);
  expect(broken.text).toMatch(/^The page could not be built\./);
  expect(broken.text).toContain("not-there.ts");
  expect((await readdir(page.cache)).filter((name) => name.startsWith("building-"))).toEqual([]);
  await writeFile(join(page.source, "main.ts"), 'document.title = "third";');
  expect((await visit()).script).toContain("third");
});
