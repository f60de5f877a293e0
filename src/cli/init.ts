import { join } from "node:path";
import { UsageError, type Command } from "./command.ts";
import { readEnvironmentFile } from "./environment-file.ts";
import { LeftError } from "./init-dialog.ts";
import { noMoreWords } from "./options.ts";

/**
 * `init`: asks for one setting at a time, says where it is found, checks it at once, and writes it to `.env`. What is
 * there and right is kept, so that it can be left and taken up again. Code 1 where it is left.
 * @throws UsageError where nobody can be asked
 */
export const setUp: Command = async (environment, words) => {
  noMoreWords(words);
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError("This command asks questions: run it in a terminal, or follow docs/setup.md.");
  const folder = process.cwd();
  const { runInit } = await import("./init-steps.ts");
  try {
    const file = await readEnvironmentFile(join(folder, ".env"));
    await runInit({ folder, values: { ...definedOnly(environment), ...file } });
    return { text: "", code: 0 };
  } catch (error) {
    if (!(error instanceof LeftError)) throw error;
    return { text: "", code: 1 };
  }
};

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
