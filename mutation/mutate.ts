import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createVitest } from "vitest/node";
import type { Job, KnownTest, Report } from "./job.ts";
import { instrument, type Mutant } from "./mutants.ts";
import { nearestTests } from "./nearest-tests.ts";

/** The quick tests come first, and the slow ones only to what all others let live: from how many milliseconds on. */
const TIERS = [0, 20, 200];
/** Tests that take longer are left out unless they import what is mutated: a slow test far away holds it by luck. */
const SLOW = 200;
const PROJECT = join(import.meta.dirname, "..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    database: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    tests: { type: "string", default: "16" },
    list: { type: "boolean", default: false },
  },
});
if (positionals.length === 0) {
  console.error("npm run mutate -- PATH… [--database] [--quick] [--tests 40] [--list]");
  process.exit(2);
}

const files = positionals.flatMap((path) =>
  statSync(join(PROJECT, path)).isDirectory() ? globSync(`${path}/**/*.ts`, { cwd: PROJECT }) : [path],
);
const mutants: Mutant[] = [];
const instrumented = new Map<string, string>();
for (const file of files) {
  const made = instrument(file, readFileSync(join(PROJECT, file), "utf8"), mutants.length + 1);
  instrumented.set(join(PROJECT, file), made.code);
  mutants.push(...made.mutants);
}
const near = nearestTests(files, values.database, Number(values.tests));
const testFiles = near.map(({ file }) => file);
const direct = new Set(near.filter(({ distance }) => distance === 1).map(({ file }) => file));
console.log(
  `${mutants.length} mutants in ${files.length} files; ${testFiles.length} test files, nearest first.`,
);
if (values.list) console.log(testFiles.join("\n"));

const folder = mkdtempSync(join(tmpdir(), "deadbolt-mutation-"));
const jobFile = join(folder, "job.json");
const reports = join(folder, "reports.jsonl");
process.env["MUTATION_JOB"] = jobFile;
const vitest = await createVitest(
  "test",
  {
    config: false,
    root: PROJECT,
    include: testFiles,
    globalSetup: values.database ? ["./test/database-server.ts"] : [],
    runner: join(import.meta.dirname, "runner.ts"),
    watch: false,
    maxWorkers: 1,
    isolate: false,
    // What is kept on disk does not know the mutants, nor their numbers.
    fsModuleCache: false,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    dangerouslyIgnoreUnhandledErrors: true,
    reporters: [{}],
    silent: true,
  },
  {
    logLevel: "error",
    plugins: [
      {
        name: "mutants",
        enforce: "pre",
        transform: (_code, id) => instrumented.get(id.split("?")[0] ?? id),
      },
    ],
  },
);

async function run(job: Job, only: readonly string[] = testFiles): Promise<Report[]> {
  writeFileSync(jobFile, JSON.stringify(job));
  writeFileSync(reports, "");
  const specifications = await vitest.globTestSpecifications(only.map((file) => join(PROJECT, file)));
  const inOrder = only.flatMap((file) =>
    specifications.filter(({ moduleId }) => moduleId.endsWith(`/${file}`)),
  );
  await vitest.runTestSpecifications(inOrder, false);
  return readFileSync(reports, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Report);
}

const killed = new Map<number, string>();
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);

const found = await run({ reports, kind: "find" });
const atLoad = new Set(found.flatMap((one) => (one.kind === "at load" ? one.mutants : [])));
const tests = found.filter((one) => one.kind === "test");
const red = tests.filter(({ isRed }) => isRed);
if (red.length > 0)
  console.log(`Red without any mutant, and left out: ${red.map(({ name }) => name).join("; ")}`);
const reachedByTests = new Set(tests.flatMap((test) => test.mutants));
console.log(`${tests.length} tests reach ${reachedByTests.size} mutants (${seconds()} s).`);

for (const [tier, from] of TIERS.entries()) {
  const to = TIERS[tier + 1] ?? Number.POSITIVE_INFINITY;
  const chosen = tests.filter(
    (test) =>
      test.duration >= from &&
      test.duration < to &&
      (from < SLOW || (!values.quick && direct.has(test.file))),
  );
  if (chosen.length === 0) continue;
  const known = Object.fromEntries(
    chosen.map(({ id, duration, calls, mutants: reached }): [string, KnownTest] => [
      id,
      { duration, calls, mutants: reached.filter((mutant) => !killed.has(mutant)) },
    ]),
  );
  for (const one of await run({ reports, kind: "try", tests: known })) {
    if (one.kind === "killed") killed.set(one.mutant, one.by);
    if (one.kind === "doubted") for (const mutant of one.mutants) killed.delete(mutant);
  }
  console.log(`${killed.size} killed by the tests under ${to} ms (${seconds()} s).`);
}

for (const { id } of mutants) {
  if (killed.has(id) || !atLoad.has(id)) continue;
  const result = await run({ reports, kind: "one", mutant: id }, testFiles.slice(0, 6));
  const first = result.find((one) => one.kind === "killed");
  const failed = vitest.state.getTestModules().filter((module) => !module.ok());
  if (first?.kind === "killed") killed.set(id, first.by);
  else if (failed.length > 0) killed.set(id, failed[0]?.relativeModuleId ?? "");
}

for (const { id, file, line, original, replacement } of mutants) {
  if (killed.has(id)) continue;
  const unseen = !reachedByTests.has(id) && !atLoad.has(id) ? " [no test comes here]" : "";
  console.log(`${file}:${line}: ${original.slice(0, 100)} → ${replacement.slice(0, 100)}${unseen}`);
}
for (const file of files) {
  const own = mutants.filter((mutant) => mutant.file === file);
  const dead = own.filter(({ id }) => killed.has(id)).length;
  if (own.length > 0) console.log(`${file}: ${dead} of ${own.length} killed`);
}
const share = (100 * killed.size) / Math.max(mutants.length, 1);
console.log(`${killed.size} of ${mutants.length} killed, ${share.toFixed(1)} % (${seconds()} s).`);
await vitest.close();
rmSync(folder, { recursive: true });
