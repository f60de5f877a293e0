import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";
import type { App } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { registerCommands } from "../commands/register.ts";
import type { Deps } from "../src/deps/deps.ts";
import type { SecondFactorDeps } from "../src/second-factor/deps.ts";
import { registerViews } from "../views/register.ts";
import { findContract } from "./contracts/validating-proxy.ts";

interface Manifest {
  features: {
    shortcuts: { callback_id: string }[];
    slash_commands: { command: string; should_escape: boolean; url: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { interactivity: { is_enabled: boolean; request_url: string } };
}

/** The bot scopes that each Web API method needs, as Slack's reference of the method says. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "bots.info": ["users:read"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  // One scope for each kind of conversation in which messages are posted: public, private, direct.
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "files.completeUploadExternal": ["files:write"],
  "files.delete": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.info": ["files:read"],
  "usergroups.list": ["usergroups:read"],
  "usergroups.users.list": ["usergroups:read"],
  // The e-mail is left out of the answer without the second one.
  "users.info": ["users:read", "users:read.email"],
  "users.list": ["users:read", "users:read.email"],
  "users.lookupByEmail": ["users:read.email"],
  "views.open": [],
  "views.update": [],
};

const ROOT = join(import.meta.dirname, "..");
const manifest = parse(readFileSync(join(ROOT, "manifest.yml"), "utf8")) as Manifest;

/** The names of all methods that Slack's client has, such as `chat.postMessage`. */
function methodNames(of: object, prefix = ""): string[] {
  return Object.entries(of).flatMap(([name, member]: [string, unknown]) => {
    if (typeof member === "function") return prefix === "" ? [] : [prefix + name];
    const isGroup =
      typeof member === "object" && member !== null && Object.getPrototypeOf(member) === Object.prototype;
    return isGroup ? methodNames(member, `${prefix}${name}.`) : [];
  });
}

/** The Web API methods that the app's own code calls. */
function calledMethods(): string[] {
  const known = new Set(methodNames(new WebClient()));
  const called = new Set<string>();
  for (const file of globSync("{src,commands,views}/**/*.ts", { cwd: ROOT })) {
    const text = readFileSync(join(ROOT, file), "utf8").replaceAll(/\s*\??\.\s*/g, ".");
    expect(text, `${file} calls methods by a name that cannot be seen here`).not.toContain(".apiCall(");
    // The client's one call for all that an upload takes.
    if (text.includes(".filesUploadV2("))
      called.add("files.getUploadURLExternal").add("files.completeUploadExternal");
    for (const [, chain = ""] of text.matchAll(/([\w.]+)\(/g)) {
      const words = chain.split(".");
      const method = words.map((_, index) => words.slice(index).join(".")).find((name) => known.has(name));
      if (method !== undefined && method !== chain) called.add(method);
    }
  }
  return [...called].toSorted();
}

const schemaFile = findContract("slack-manifest.schema.json");

test.skipIf(schemaFile === undefined)("the manifest is valid against Slack's own schema", () => {
  const read = (name: string) => {
    const file = findContract(name);
    if (file === undefined) throw new Error(`${name} is missing.`);
    const schema = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    delete schema["$schema"];
    return schema;
  };
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const versions = "https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas";
  for (const name of ["manifest.schema.1.0.0.json", "manifest.schema.2.0.0.json"])
    ajv.addSchema(read(`slack-manifest/${name}`), `${versions}/${name}`);
  const validate = ajv.compile(read("slack-manifest.schema.json"));
  validate(manifest);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...manifest, nonsense: true })).toBe(false);
});

test("the manifest declares exactly the commands and shortcuts that are registered", () => {
  const commands: string[] = [];
  const shortcuts: string[] = [];
  const recorder = {
    command: (name: string) => void commands.push(name),
    shortcut: ({ callback_id: id }: { callback_id: string }) => void shortcuts.push(id),
    action: () => undefined,
    view: () => undefined,
  } as unknown as App;
  const lockoutForms = registerViews(recorder, {} as Deps);
  registerCommands(recorder, {} as Deps, { factor: {} as SecondFactorDeps, lockoutForms });
  expect(manifest.features.shortcuts.map(({ callback_id: id }) => id)).toEqual(shortcuts);
  const declared = manifest.features.slash_commands;
  expect(declared.map(({ command }) => command).toSorted()).toEqual(commands.toSorted());
  expect(declared.every((command) => command.should_escape)).toBe(true);
});

test("commands and buttons arrive where the app listens", () => {
  const { slash_commands: commands } = manifest.features;
  const { interactivity } = manifest.settings;
  expect(interactivity.is_enabled).toBe(true);
  const addresses = new Set([interactivity.request_url, ...commands.map(({ url }) => url)]);
  expect([...addresses].map((address) => new URL(address).pathname)).toEqual(["/slack/events"]);
});

test("every Web API method that is called is known with its scopes", () => {
  expect(calledMethods()).toEqual(Object.keys(SCOPES).toSorted());
});

test("the bot asks for nothing of Slack's administration: that is another app's, with a token of its own", () => {
  expect(JSON.stringify(manifest)).not.toContain("admin.");
  expect(Object.keys(manifest.oauth_config.scopes)).toEqual(["bot"]);
});

test("the manifest asks for the scopes that are used, and for no other", () => {
  const needed = new Set(["commands", ...Object.values(SCOPES).flat()]);
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
});
