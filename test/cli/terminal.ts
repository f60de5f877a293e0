import { spawn, type ChildProcess } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { basicEnvironment } from "../../playground/app-process.ts";

/** A program in a pseudo-terminal, with someone who reads and types. */
export interface Terminal {
  /** Waits until this is shown, after all that was waited for before. @throws Error with what is shown instead */
  sees(words: string | RegExp): Promise<void>;
  type(keys: string): void;
  /** Everything shown so far, without control characters. */
  shown(): string;
  /** Waits for the end; the exit code. */
  ended: Promise<number | null>;
}

export const ENTER = "\r";
export const CONTROL_C = "\u0003";
export const DOWN = "\u001B[B";

const PATIENCE_MILLISECONDS = 30_000;

/** Runs a command line in a pseudo-terminal, which `script` of util-linux makes. */
export function openTerminal(line: string, folder: string, environment: Record<string, string>): Terminal {
  const child: ChildProcess = spawn(
    "script",
    ["--quiet", "--return", "--command", `stty cols 200 rows 60; ${line}`, "/dev/null"],
    {
      cwd: folder,
      env: { ...basicEnvironment(), TERM: "xterm", ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  let raw = "";
  let shown = "";
  let read = 0;
  let look: () => void = () => undefined;
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    raw += chunk;
    shown = stripVTControlCharacters(raw);
    look();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      resolve(code);
      look();
    });
  });
  return {
    ended,
    shown: () => shown,
    type: (keys) => void child.stdin?.write(keys),
    sees: (words) =>
      new Promise((resolve, reject) => {
        const giveUp = () => reject(new Error(`Not shown: ${String(words)}. Shown:\n${shown.slice(-3_000)}`));
        const timer = setTimeout(giveUp, PATIENCE_MILLISECONDS);
        look = () => {
          const rest = shown.slice(read);
          const at = typeof words === "string" ? rest.indexOf(words) : rest.search(words);
          if (at < 0 && child.exitCode === null) return;
          clearTimeout(timer);
          if (at < 0) return giveUp();
          read += at + 1;
          look = () => undefined;
          return resolve();
        };
        look();
      }),
  };
}
