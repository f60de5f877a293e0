import {
  CANCEL_SYMBOL,
  cancel,
  confirm,
  log,
  multiselect,
  password,
  select,
  spinner,
  text,
} from "@clack/prompts";
import type { Finding } from "../checks/finding.ts";

/** The person who was asked has left. */
export class LeftError extends Error {
  override readonly name = "LeftError";
}

function answered<Value>(answer: Value | typeof CANCEL_SYMBOL): Value {
  if (answer !== CANCEL_SYMBOL) return answer;
  cancel("Left. What was answered is in .env: run npx deadbolt init again to go on.");
  throw new LeftError("left");
}

/** What is known so far: the settings of `.env` and of the environment. */
export interface InitState {
  folder: string;
  values: Record<string, string>;
}

/** One setting, and where a person finds it. */
export interface Question {
  setting: string;
  message: string;
  /** What may be typed; the fault in words otherwise. */
  pattern: RegExp;
  fault: string;
  isSecret?: true;
}

/** Asks until what is typed has the right form. @throws LeftError */
export async function askFor(question: Question, before: string | undefined): Promise<string> {
  const { message, pattern, fault } = question;
  const validate = (value: string | undefined) => (pattern.test((value ?? "").trim()) ? undefined : fault);
  const answer =
    question.isSecret === true
      ? answered(await password({ message, validate }))
      : answered(await text({ message, validate, initialValue: before }));
  return answer.trim();
}

/** @throws LeftError */
export async function askWhether(message: string, isUsual: boolean): Promise<boolean> {
  return answered(await confirm({ message, initialValue: isUsual }));
}

/** @throws LeftError */
export async function choose(
  message: string,
  options: { value: string; label: string; hint?: string }[],
): Promise<string> {
  return answered(await select({ message, options }));
}

/** Any number of them, also none. @throws LeftError */
export async function chooseSome(
  message: string,
  options: { value: string; label: string; hint?: string }[],
): Promise<string[]> {
  return answered(await multiselect({ message, options, required: false }));
}

/**
 * Checks with a vendor, and shows each fault with its mend.
 * @returns whether all is well
 */
export async function check(what: string, look: () => Promise<readonly Finding[]>): Promise<boolean> {
  const waiting = spinner();
  waiting.start(`Checking ${what}`);
  const found = (await look()).filter(({ severity }) => severity !== "unchecked");
  const faults = found.filter(({ severity }) => severity === "fault");
  if (faults.length > 0) waiting.error(`${what}: at fault`);
  else waiting.stop(`${what}: checked`);
  for (const { severity, where, fault, mend } of found) {
    const lines = `${where}: ${fault}\n${mend}`;
    if (severity === "fault") log.error(lines);
    else log.warn(lines);
  }
  return faults.length === 0;
}
