import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { runCommand } from "../../../src/cli/run-command.ts";
import { readTestedPolicy } from "../../../src/permission/policy-file/keep-policy.ts";
import { warningsOf } from "../../../src/permission/policy-file/warnings.ts";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const examples = globSync("docs/policy/*.yml", { cwd: ROOT }).toSorted();

async function validator() {
  const { output } = await runCommand(["policy", "schema"], {});
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return { schema: JSON.parse(output) as object, validate: ajv.compile(JSON.parse(output) as object) };
}

test("there are ten examples, and docs/policy.md names each", () => {
  expect(examples).toHaveLength(10);
  const page = read("docs/policy.md");
  for (const file of examples) expect(page).toContain(`](${file.replace("docs/", "")})`);
});

test.each(examples)("%s is valid, passes its own tests, and warns of nothing", async (file) => {
  const { policy } = await readTestedPolicy(join(ROOT, file), KNOWN_PLAYBOOKS);
  expect(policy.tests?.length).toBeGreaterThan(1);
  expect(new Set(policy.tests?.map(({ expect: wanted }) => wanted)).size).toBeGreaterThan(1);
  expect(warningsOf(read(file), KNOWN_PLAYBOOKS)).toEqual([]);
});

test("the schema for editors is the one of the program", async () => {
  const { schema } = await validator();
  expect(JSON.parse(read("docs/policy/policy.schema.json"))).toEqual(schema);
});

test.each(["policy.yml", "playground/policy.yml", ...examples])("the schema takes %s", async (file) => {
  const { validate } = await validator();
  validate(parse(read(file)));
  expect(validate.errors ?? []).toEqual([]);
});

test("the schema refuses what the program refuses: other keys, other words, other kinds", async () => {
  const { validate } = await validator();
  const good = parse(read("policy.yml")) as Record<string, unknown>;
  expect(validate(good)).toBe(true);
  for (const wrong of [
    { ...good, aprovals: [] },
    { ...good, version: 2 },
    { ...good, approvals: [{ for: { risk: "grave" } }] },
    { ...good, roles: { security: { members: { usergroups: ["it"] }, scopes: [] } } },
  ])
    expect(validate(wrong)).toBe(false);
});

test("an editor finds the schema by the first line of each policy", () => {
  for (const file of ["policy.yml", ...examples]) {
    const [, path = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(file)) ?? [];
    expect(join(ROOT, file, "..", path)).toBe(join(ROOT, "docs", "policy", "policy.schema.json"));
  }
});
