import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./command.ts";

/**
 * Options and words of a command line, as `node:util` reads them.
 * @throws UsageError that says which option or word is at fault
 */
export function readOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  words: string[],
  options: Options,
) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(sentence.endsWith(".") ? sentence : `${sentence}.`, { cause: error });
  }
}

/** For a command that takes nothing more. @throws UsageError */
export function noMoreWords(words: string[]): void {
  const { positionals } = readOptions(words, {});
  if (positionals[0] !== undefined)
    throw new UsageError(`This command takes nothing more, and “${positionals[0]}” was given.`);
}

/** A whole number of an option, from 1. @throws UsageError */
export function wholeNumber(name: string, text: string, greatest: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > greatest)
    throw new UsageError(`--${name} is a whole number from 1 to ${greatest}, and “${text}” was given.`);
  return value;
}
