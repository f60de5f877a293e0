import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../src/catalogue/registry.ts";
import { ConfigError, loadConfig, SECRET_NAMES } from "../src/config.ts";
import { KNOWN_PLAYBOOKS } from "../src/workflow/judge/known-playbooks.ts";
import { OFFBOARD_ACTIONS } from "../src/playbook/zoom-offboard.ts";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");
const settings = read("docs/settings.md");
const setup = read("docs/setup.md");

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

const rows = [...settings.matchAll(/^\| `([A-Z][A-Z_]+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, name = "", standard = "", meaning = ""]): Row => ({ name, standard, meaning }),
);

const example = [...read(".env.example").matchAll(/^(# )?([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, comment, name = "", value = ""]) => ({ name, value, isRequired: comment === undefined }),
);

test("the table of settings names every setting once, and no other", () => {
  expect(known.length).toBeGreaterThan(20);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known);
});

test("the table of settings gives every default as it is", () => {
  const given = rows.filter(({ standard }) => standard.startsWith("`"));
  expect(Object.fromEntries(given.map(({ name, standard }) => [name, standard.slice(1, -1)]))).toEqual(
    defaults,
  );
});

test("the table of settings marks exactly the secrets that may come from a file", () => {
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

/** The operations that playbooks of these names may need, with those that confirm an effect or find what it is about. */
function operationsOf(playbooks: readonly string[], lookups: readonly string[]) {
  const names = new Set(
    KNOWN_PLAYBOOKS.filter(({ name }) => playbooks.includes(name)).flatMap((playbook) =>
      [undefined, ...OFFBOARD_ACTIONS].flatMap((action) =>
        playbook.operations(action).map(({ name }) => name),
      ),
    ),
  );
  for (const { name, readBack } of operations) if (names.has(name) && readBack) names.add(readBack.operation);
  for (const name of lookups) names.add(name);
  return operations.filter(({ name }) => names.has(name));
}

const offboarding = operationsOf(["zoom-offboard"], ["cloudflare.access.findUser"]);
// A lockout finds the live meetings that it ends, and who else administers the account.
const lockout = operationsOf(["lockout", "release"], ["zoom.meeting.list", "zoom.role.listMembers"]);

const zoomScopes = (of: typeof operations) =>
  [
    ...new Set(of.filter(({ vendor }) => vendor === "zoom").flatMap(({ scopes }) => scopes.granular)),
  ].toSorted();

test("the table of Zoom's scopes ticks what offboardings and lockouts need, and no other scope", () => {
  const ticks = [...setup.matchAll(/^\| `([a-z_:]+)` +\| +(✓?) +\| +(✓?) +\| [^|]+\|$/gm)];
  const ticked = (column: 2 | 3) =>
    ticks
      .filter((row) => row[column] === "✓")
      .map(([, scope = ""]) => scope)
      .toSorted();
  expect(ticked(2)).toEqual(zoomScopes(offboarding));
  expect(ticked(3)).toEqual(zoomScopes(lockout));
  expect(ticks.filter(([, , one, other]) => one !== "✓" && other !== "✓")).toEqual([]);
});

test("the table beside it has the scope of every other operation of Zoom's, once", () => {
  const listed = [...setup.matchAll(/^\| `([a-z_]+:[a-z_]+:[a-z_:]+)` +\| [^|✓]+\|$/gm)];
  const needed = new Set([...zoomScopes(offboarding), ...zoomScopes(lockout)]);
  expect(listed.map(([, scope = ""]) => scope).toSorted()).toEqual(
    zoomScopes(operations).filter((scope) => !needed.has(scope)),
  );
});

test("the table of Cloudflare's permissions has what offboardings and lockouts need, and no other", () => {
  const used = new Set(
    [...offboarding, ...lockout].flatMap(({ vendorPermission }) => vendorPermission ?? []),
  );
  // What may write may read.
  const least = [...used].filter(
    (permission) => !permission.endsWith(" Read") || !used.has(permission.replace(/ Read$/, " Write")),
  );
  const listed = [...setup.matchAll(/^\| ((?:Access|Zero Trust)\b[^|]*?) +\| [^|]+\|$/gm)];
  expect(listed.map(([, permission = ""]) => permission).toSorted()).toEqual(least.toSorted());
});
