import { readFile } from "node:fs/promises";
import { ConfigError } from "../config.ts";
import { PolicyError } from "../permission/policy-file/policy-error.ts";
import { UsageError } from "./command.ts";
import { commandUsage, findCommand, groupUsage, usage } from "./commands.ts";

/** sysexits: the command line is at fault. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

/** What a command line prints, and the exit code. */
export interface Outcome {
  output: string;
  error: string;
  code: number;
}

const HELP = new Set(["--help", "-h"]);
const VERSION = new Set(["--version", "-v"]);

const answer = (output: string): Outcome => ({ output, error: "", code: 0 });

/** Runs one command line. Faults come back as sentences: never an error, never a stack. */
export async function runCommand(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const [first = "--help"] = words;
  if (VERSION.has(first)) return answer(`${await version()}\n`);
  if (HELP.has(first) || first === "help") return answer(helpAbout(words.slice(1)) ?? usage());
  const found = findCommand(words);
  if (found === undefined) {
    const group = groupUsage(first);
    if (group !== undefined && words.slice(1).every((word) => HELP.has(word))) return answer(group);
    const error = `There is no command “${words.join(" ")}”.\n\n${group ?? usage()}`;
    return { output: "", error, code: EX_USAGE };
  }
  const { command, length } = found;
  const rest = words.slice(length);
  if (rest.some((word) => HELP.has(word))) return answer(commandUsage(command));
  try {
    const { text, code } = await command.run(environment, rest);
    return { output: `${text}\n`, error: "", code };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof UsageError ? `\n${commandUsage(command).split("\n", 1).join("")}` : "";
    return { output: "", error: `${message}${hint}\n`, code: exitCodeOf(error) };
  }
}

function helpAbout(words: readonly string[]): string | undefined {
  const found = findCommand(words);
  return found === undefined ? groupUsage(words[0] ?? "") : commandUsage(found.command);
}

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EX_USAGE;
  return error instanceof ConfigError || error instanceof PolicyError ? EX_CONFIG : 1;
}
