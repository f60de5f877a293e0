import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Who may import whom, as ARCHITECTURE.md says it. What a room imports of itself is its own matter. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  commands: "views, catalogue, second-factor, deps",
  views: "catalogue, playbook, plan, lockout, second-factor, audit/event, deps",
  "second-factor": "database",
  lockout: "plan, playbook, target, audit/event",
  deps: "catalogue, playbook, request, audit/event",
  workflow:
    "request, target, plan, playbook, lockout, permission, approval, second-factor, catalogue, connectors, audit/event, database, deps, concurrency",
  people: "request, target, permission, catalogue, connectors, slack, config, database, concurrency",
  app: "all but cli and playground",
  slack: "request, permission, audit, audit/event, database, log, http-attempt, concurrency",
  request: "plan, database",
  plan: "playbook, target, catalogue, canonical-json",
  playbook: "target, catalogue",
  permission: "catalogue",
  connectors: "catalogue, http-attempt, concurrency",
  audit: "audit/event, database, canonical-json",
  catalogue: "nothing of ours",
  target: "nothing of ours",
  approval: "nothing of ours",
  "audit/event": "nothing of ours",
  database: "nothing of ours",
  config: "nothing of ours",
  log: "nothing of ours",
  "canonical-json": "nothing of ours",
  concurrency: "nothing of ours",
  "http-attempt": "nothing of ours",
  main: "all but cli and playground",
  cli: "all but commands, views and playground",
  playground: "nothing of ours",
};

/** Rooms that only compute: no clock, no chance, no network, no database, no files. */
const PURE = /^(catalogue|playbook|plan|lockout|permission|approval|target|audit\/event|canonical-json)$/;
/** The two files of a pure room that read the policy for it. */
const READS_FILES = /^src\/permission\/policy-file\/(load|keep)-policy\.ts$/;
const IMPURE_IMPORT = /^(node:(?!crypto$|util$)|pg$|pino$|keyv$|@keyv\/|@slack\/|@dbos-inc\/)/;
const IMPURE_WORDS = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bfetch\(|\bprocess\./;

/** The top-level files of `src` that others may import; the rest put the parts together. */
const LEAVES = ["config", "log", "canonical-json", "http-attempt"];

function roomOf(file: string): string {
  const [top = "", second = "", third] = file.replace(/\.tsx?$/, "").split("/");
  if (top !== "src") return top;
  if (third === undefined) return LEAVES.includes(second) ? second : "main";
  return file === "src/audit/event.ts" ? "audit/event" : second;
}

const ROOT = join(import.meta.dirname, "..");
const sources = globSync("{src,commands,views,playground}/**/*.{ts,tsx}", { cwd: ROOT }).map((file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const imported = [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  return { file, room: roomOf(file), text, imported };
});

function mayImport(room: string, other: string): boolean {
  const rule = MAY_IMPORT[room] ?? "nothing of ours";
  if (rule === "nothing of ours") return false;
  const names = rule.replace("all but ", "").split(/, | and /);
  return rule.startsWith("all but ") ? !names.includes(other) : names.includes(other);
}

/** One line for each import that breaks a rule. */
function imports(breaks: (file: string, room: string, name: string) => boolean): string[] {
  return sources.flatMap(({ file, room, imported }) =>
    imported.filter((name) => breaks(file, room, name)).map((name) => `${file} imports ${name}`),
  );
}

test("every room imports only the rooms that it may", () => {
  const broken = imports((file, room, name) => {
    if (!name.startsWith(".")) return false;
    const other = roomOf(join(dirname(file), name));
    return other !== room && !mayImport(room, other);
  });
  expect(broken).toEqual([]);
});

test("every room stands in the table, and the table names no room that is gone", () => {
  expect(Object.keys(MAY_IMPORT).toSorted()).toEqual(
    [...new Set(sources.map(({ room }) => room))].toSorted(),
  );
});

test("ARCHITECTURE.md shows the same table", () => {
  const rows = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8").matchAll(
    /^\| `([a-z/-]+)` +\| (.+?) +\|$/gm,
  );
  expect(Object.fromEntries([...rows].map(([, room, rule]) => [room, rule]))).toEqual(MAY_IMPORT);
});

test("Bolt stays where Slack is spoken to, and the engine has one door", () => {
  const bolt = imports(
    (_, room, name) => name === "@slack/bolt" && !/^(commands|views|slack|log)$/.test(room),
  );
  const engine = imports(
    (file, _, name) => name.startsWith("@dbos-inc/") && file !== "src/workflow/run/engine.ts",
  );
  expect([...bolt, ...engine]).toEqual([]);
});

test("the page in the browser knows of its server only what they say to each other", () => {
  const broken = imports((file, _, name) => {
    if (!file.startsWith("playground/page/") || !name.startsWith(".")) return false;
    const other = join(dirname(file), name);
    const isShared = other === "playground/page-api.ts" || other === "playground/slack/limits.ts";
    return !other.startsWith("playground/page/") && !isShared;
  });
  expect(broken).toEqual([]);
});

test("the rooms that decide are pure", () => {
  const imported = imports(
    (file, room, name) => PURE.test(room) && !READS_FILES.test(file) && IMPURE_IMPORT.test(name),
  );
  const said = sources.flatMap(({ file, room, text }) => {
    const word = PURE.test(room) && !READS_FILES.test(file) ? IMPURE_WORDS.exec(text)?.[0] : undefined;
    return word === undefined ? [] : [`${file} says ${word}`];
  });
  expect([...imported, ...said]).toEqual([]);
});
