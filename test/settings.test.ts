import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../src/catalogue/registry.ts";
import { ConfigError, loadConfig, SECRET_NAMES } from "../src/config.ts";
import { KNOWN_PLAYBOOKS } from "../src/workflow/judge/known-playbooks.ts";
import { OFFBOARD_ACTIONS } from "../src/playbook/zoom-offboard.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");
const readme = read("README.md");

/** Every setting that the program knows, from where it declares them. */
const known = [...read("src/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)]
  .map(([, name = ""]) => name)
  .toSorted();

const required = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_SIGNING_SECRET: "signing-secret",
  DEADBOLT_CHANNEL: "C0OFFBOARD",
  ZOOM_ACCOUNT_ID: "account",
  ZOOM_CLIENT_ID: "client",
  ZOOM_CLIENT_SECRET: "secret",
};

/** What each setting is when nobody sets it; those that are then absent or empty are left out. */
const defaults = Object.fromEntries(
  Object.entries(loadConfig(required))
    .filter(([name, value]) => !Object.hasOwn(required, name) && value !== undefined && String(value) !== "")
    .map(([name, value]) => [name, String(value)]),
);

interface Row {
  name: string;
  standard: string;
  meaning: string;
}

const rows = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, name = "", standard = "", meaning = ""]): Row => ({ name, standard, meaning }),
);

const example = [...read(".env.example").matchAll(/^(# )?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, comment, name = "", value = ""]) => ({ name, value, isRequired: comment === undefined }),
);

test("the README's table names every setting once, and no other", () => {
  expect(known.length).toBeGreaterThan(20);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known);
});

test("the README's table gives every default as it is", () => {
  const given = rows.filter(({ standard }) => standard.startsWith("`"));
  expect(Object.fromEntries(given.map(({ name, standard }) => [name, standard.slice(1, -1)]))).toEqual(
    defaults,
  );
});

test("the README marks exactly the secrets that may come from a file", () => {
  const marked = rows.filter(({ meaning }) => meaning.startsWith("_secret_")).map(({ name }) => name);
  expect(marked.toSorted()).toEqual(SECRET_NAMES.toSorted());
});

test(".env.example names every setting once, and no other, with its default", () => {
  expect(example.map(({ name }) => name).toSorted()).toEqual(known);
  const filled = example.filter(({ value }) => value !== "");
  expect(Object.fromEntries(filled.map(({ name, value }) => [name, value]))).toEqual(defaults);
});

test(".env.example leaves blank, and not commented out, what must be filled in", () => {
  const faults = (() => {
    try {
      loadConfig({});
      return [];
    } catch (error) {
      return error instanceof ConfigError ? error.faults : [];
    }
  })();
  const missing = faults.map((fault) => fault.split(" ", 1).join(""));
  expect(
    example
      .filter(({ isRequired }) => isRequired)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(missing.toSorted());
});

test.each([
  ["ZOOM_RATE_LIMIT_PERCENT", ["1", "10000"], ["0", "10001", "12.5", "half"]],
  ["CLOUDFLARE_RATE_LIMIT", ["1", "60000"], ["0", "-1", "1000001", "1.5", "many"]],
] as const)("%s takes whole numbers that make sense, and no others", (name, good, bad) => {
  for (const value of good) expect(loadConfig({ ...required, [name]: value })[name]).toBe(Number(value));
  for (const value of bad) expect(() => loadConfig({ ...required, [name]: value })).toThrow(name);
});

test("SLACK_ADMIN_TOKEN takes a user token that lasts, and nothing else", () => {
  const given = (token: string) => loadConfig({ ...required, SLACK_ADMIN_TOKEN: token }).SLACK_ADMIN_TOKEN;
  expect(given("xoxp-1")).toBe("xoxp-1");
  expect(given("")).toBeUndefined();
  for (const wrong of ["xoxb-1", "xapp-1", "xoxe.xoxp-1", "secret"])
    expect(() => given(wrong)).toThrow("SLACK_ADMIN_TOKEN is not a user token (xoxp-…)");
});

test("the README asks for the least scope or permission of every operation of a playbook, and no Zoom scope else", () => {
  const names = new Set(
    // What single operations need besides stands in docs/operations.md.
    KNOWN_PLAYBOOKS.filter(({ isOptional }) => isOptional !== true).flatMap((playbook) =>
      OFFBOARD_ACTIONS.flatMap((action) => playbook.operations(action).map(({ name }) => name)),
    ),
  );
  // Those that prove an effect, and the one that finds the person in Access.
  for (const { name, readBack } of operations) if (names.has(name) && readBack) names.add(readBack.operation);
  names.add("cloudflare.access.findUser");
  const used = operations.filter(({ name }) => names.has(name));
  for (const permission of used.flatMap(({ vendorPermission }) => vendorPermission ?? []))
    expect(readme).toContain(`| ${permission}`);
  const scopes = used.flatMap(({ scopes }) => scopes.granular).filter((scope) => scope.startsWith("user:"));
  const asked = [...readme.matchAll(/^\| `(user:[a-z_:]+)`/gm)].map(([, scope = ""]) => scope);
  expect(asked.toSorted()).toEqual([...new Set(scopes)].toSorted());
});
