import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Who may import whom, as ARCHITECTURE.md says it. What a room imports of itself is its own matter. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  commands: "views, second-factor, deps, catalogue",
  views: "views, deps",
  "views/deadbolt": "views/blocks, second-factor, lockout, deps, plan, playbook, catalogue, audit/event",
  "views/offboard": "views/blocks, lockout, deps, plan, playbook, catalogue, audit/event",
  "views/operation": "views/blocks, lockout, deps, plan, playbook, catalogue, audit/event",
  "views/thread":
    "views/lockout, views/request, views/blocks, lockout, deps, plan, playbook, catalogue, audit/event",
  "views/lockout":
    "views/request, views/blocks, lockout, deps, plan, playbook, catalogue, target, audit/event",
  "views/request": "views/offboard, views/blocks, lockout, deps, plan, playbook, catalogue, audit/event",
  "views/blocks": "lockout, deps, plan, playbook, catalogue, audit/event",
  "second-factor": "database",
  lockout: "plan, playbook, catalogue, target, audit/event",
  deps: "request, playbook, catalogue, audit/event, target",
  "workflow/lockout":
    "workflow/release, workflow/waiting, workflow/submit, workflow/start, workflow/judge, workflow/step, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/operation":
    "workflow/submit, workflow/judge, workflow/step, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/run":
    "workflow/release, workflow/start, workflow/judge, workflow/step, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/release":
    "workflow/submit, workflow/judge, workflow/step, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/waiting":
    "workflow/submit, workflow/judge, workflow/events, second-factor, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/submit":
    "workflow/start, workflow/judge, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/start":
    "workflow/judge, workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/judge":
    "lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/step":
    "workflow/events, lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  "workflow/events":
    "lockout, deps, request, plan, playbook, permission, approval, connectors, catalogue, target, audit/event, database, concurrency",
  credentials: "workflow/judge, connectors, catalogue, config",
  checks: "credentials, slack, permission, connectors, catalogue, database, config, http-attempt",
  people: "slack, request, permission, connectors, catalogue, target, database, concurrency, config",
  slack: "request, audit, audit/event, database, concurrency, log, http-attempt",
  request: "plan, database",
  plan: "playbook, catalogue, target, canonical-json",
  playbook: "catalogue, target",
  "permission/simulate": "permission/decide, permission/schema, permission/calendar, catalogue",
  "permission/policy-file": "permission/decide, permission/schema, permission/calendar, catalogue",
  "permission/explain": "permission/decide, permission/schema, permission/calendar, catalogue",
  "permission/decide": "permission/schema, permission/calendar, catalogue, target",
  "permission/schema": "permission/calendar, catalogue",
  "permission/calendar": "nothing of ours",
  connectors: "catalogue, concurrency, http-attempt",
  audit: "audit/event, database, canonical-json",
  catalogue: "nothing of ours",
  target: "nothing of ours",
  approval: "target",
  "audit/event": "nothing of ours",
  database: "nothing of ours",
  concurrency: "nothing of ours",
  config: "nothing of ours",
  log: "nothing of ours",
  "http-attempt": "nothing of ours",
  "canonical-json": "nothing of ours",
  main: "app, config, database, permission",
  app: "all but cli and playground",
  cli: "all but commands, views and playground",
  playground: "nothing of ours",
};

/** Rooms that only compute: no clock, no chance, no network, no database, no files. */
const PURE = /^(catalogue|playbook|plan|lockout|permission\/.+|approval|target|audit\/event|canonical-json)$/;
/** The two files of a pure room that read the policy for it. */
const READS_FILES = /^src\/permission\/policy-file\/(load|keep)-policy\.ts$/;
const IMPURE_IMPORT = /^(node:(?!crypto$|util$)|pg$|pino$|keyv$|@keyv\/|@slack\/|@dbos-inc\/)/;
const IMPURE_WORDS = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bfetch\(|\bprocess\./;

/** A file that lies loose beside the rooms of a house is a room of its own; so is the audit log's list of events. */
const HOUSES = ["src", "src/workflow", "src/permission", "views"];
const LOOSE_ROOM = /^src\/(canonical-json|config|http-attempt|log|main|audit\/event|permission\/schema)\.ts$/;

/** The room of a file: `workflow/run` for `src/workflow/run/engine.ts`, `views/blocks` for `views/blocks/text.ts`. */
function roomOf(file: string): string {
  const loose = LOOSE_ROOM.exec(file)?.[1];
  if (loose !== undefined) return loose;
  const folder = dirname(file);
  const house = HOUSES.filter((name) => folder.startsWith(`${name}/`)).toSorted(
    (a, b) => b.length - a.length,
  )[0];
  if (house === undefined) return folder.split("/")[0] ?? folder;
  const room = folder.slice(house.length + 1).split("/")[0];
  return `${house}/${room}`.replace(/^src\//, "");
}

const ROOT = join(import.meta.dirname, "..");
const sources = globSync("{src,commands,views,playground}/**/*.{ts,tsx}", { cwd: ROOT }).map((file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const imported = [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  return { file, room: roomOf(file), text, imported };
});

/** Whether the row of a room lets it import another: by the other's name, or by the name of the house it is in. */
function mayImport(room: string, other: string): boolean {
  const rule = MAY_IMPORT[room] ?? "nothing of ours";
  if (rule === "nothing of ours") return false;
  const names = rule.replace("all but ", "").split(/, | and /);
  const isNamed = names.some((name) => other === name || other.startsWith(`${name}/`));
  return rule.startsWith("all but ") ? !isNamed : isNamed;
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

test("no room depends on itself by way of others", () => {
  const needs = new Map<string, Set<string>>();
  for (const { file, room, imported } of sources) {
    for (const name of imported.filter((one) => one.startsWith("."))) {
      const other = roomOf(join(dirname(file), name));
      if (other !== room) needs.set(room, (needs.get(room) ?? new Set()).add(other));
    }
  }
  // What needs nothing that is left is taken away, until nothing is left or a circle is.
  for (;;) {
    const free = [...needs].filter(([, others]) => [...others].every((other) => !needs.has(other)));
    if (free.length === 0) break;
    for (const [room] of free) needs.delete(room);
  }
  expect([...needs.keys()]).toEqual([]);
});

test("ARCHITECTURE.md shows the same table", () => {
  const rows = architecture.matchAll(/^\| `([a-z/-]+)` +\| (.+?) +\|$/gm);
  expect(Object.fromEntries([...rows].map(([, room, rule]) => [room, rule]))).toEqual(MAY_IMPORT);
});

test("Bolt stays where Slack is spoken to, and the engine has one door", () => {
  const bolt = imports(
    (_, room, name) => name === "@slack/bolt" && !/^(commands|views(\/.+)?|slack|log)$/.test(room),
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

const architecture = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");

/** Every path that the floor plan names: its lines are indented by folder, and a line may name several beside each other. */
function floorPlan(): string[] {
  const [, plan = ""] = /## Floor plan\n+```\n([^]*?)```/.exec(architecture) ?? [];
  const open: string[] = [];
  return plan.split("\n").flatMap((line) => {
    const [, indent = "", names] = /^( *)(\S+(?: \S+)*)/.exec(line) ?? [];
    if (names === undefined) return [];
    const parents = open.slice(0, indent.length / 2).join("");
    const named = names.split(" ").filter((name) => /^[\w-]+(\/|\.[a-z]+)$/.test(name));
    open.splice(indent.length / 2, open.length, named.at(-1) ?? "");
    return named.map((name) => `${parents}${name}`);
  });
}

test("the floor plan names every folder and every file that lies loose, and nothing that is gone", () => {
  const folders = globSync("{src,commands,views,playground}/**/", { cwd: ROOT }).map((folder) =>
    folder.replace(/\/?$/, "/"),
  );
  const loose = HOUSES.flatMap((house) => globSync(`${house}/*.ts`, { cwd: ROOT }));
  const named = floorPlan().filter((path) => /^(src|commands|views|playground)\//.test(path));
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect([...folders, ...loose].filter((path) => !named.includes(path))).toEqual([]);
});
