import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { basicEnvironment, PROJECT } from "../../playground/app-process.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { runCommand } from "../../src/cli/run-command.ts";

const { version } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as { version: string };

async function run(program: string, words: readonly string[]) {
  const child = spawn(program, words, {
    cwd: PROJECT,
    env: basicEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
  const [code, output, error] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output, error };
}

/** A program of ours under a Node that says that it is of another version. */
const underNode = (named: string, file: string, words: readonly string[] = []) =>
  run(process.execPath, [
    "--input-type=module",
    "--eval",
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${named}" } });
     process.argv.splice(1, 0, "deadbolt");
     await import("./bin/${file}");`,
    "--",
    ...words,
  ]);

test("the help names every command, and is what nothing and every way of asking for it show", async () => {
  const { output } = await runCommand([], {});
  for (const { name } of COMMANDS) expect(output).toContain(`\n  ${name}`);
  for (const words of [["--help"], ["-h"], ["help"]])
    expect(await runCommand(words, {})).toEqual({ output, error: "", code: 0 });
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  "%s has a help of its own, wherever it is asked for",
  async (name, { help }) => {
    const words = name.split(" ");
    const asked = await runCommand([...words, "--help"], {});
    expect(asked).toMatchObject({ code: 0, error: "" });
    expect(asked.output).toMatch(new RegExp(`^Usage: npx deadbolt ${name}`));
    expect(asked.output).toContain(help[0]);
    for (const other of [
      [...words, "-h"],
      [...words, "PERSON", "--help"],
      ["help", ...words],
    ])
      expect(await runCommand(other, {})).toEqual(asked);
  },
);

test("a group of commands has a help, and what is none of them is a fault that shows it", async () => {
  const group = await runCommand(["policy", "--help"], {});
  expect(group).toMatchObject({ code: 0, output: expect.stringContaining("policy lint") });
  expect(group.output).not.toContain("audit verify");
  const wrong = await runCommand(["policy", "lnt"], {});
  expect(wrong).toMatchObject({ code: 64, error: expect.stringContaining("no command “policy lnt”") });
  expect(wrong.error).toContain("policy lint");
});

test("the version is that of the package", async () => {
  for (const word of ["--version", "-v"])
    expect(await runCommand([word], {})).toEqual({ output: `${version}\n`, error: "", code: 0 });
});

test("a reader who closes the pipe leaves no stack", async () => {
  const line = `"${process.execPath}" bin/deadbolt.mjs docs operations | head -n 1`;
  expect(await run("/bin/sh", ["-c", line])).toEqual({
    code: 0,
    output: expect.stringMatching(/^# .+\n$/),
    error: "",
  });
});

test("a Node that is too old gets one sentence before the app starts", async () => {
  const { code, output, error } = await underNode("20.20.2", "check-node.mjs");
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(error).toMatch(/^Deadbolt needs Node 24 or later, and this is Node 20\.20\.2: run "npm ci".*\n$/);
  expect(await underNode("24.0.0", "check-node.mjs")).toEqual({ code: 0, output: "", error: "" });
});

test("the command line finds the Node that npm installed where the other is too old", async () => {
  expect(await underNode("20.20.2", "deadbolt.mjs", ["--version"])).toEqual({
    code: 0,
    output: `${version}\n`,
    error: "",
  });
});
