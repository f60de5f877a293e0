import type { OutcomeFacts } from "../../audit/event.ts";
import type { Operation, Reading } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import { isVendorError, VendorError } from "../../connectors/vendor-error.ts";
import { factsOf } from "../events/outcome-facts.ts";

export interface ReadBackClock {
  /** Unix milliseconds. */
  now(): number;
  /** Milliseconds since any one moment; setting the machine's clock does not change how it goes. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
}

interface ReadBackContext {
  execute: Execute;
  clock: ReadBackClock;
  readBackMilliseconds: number;
}

/** What reading back has shown. */
export interface Proof {
  proven: boolean;
  /** There was nothing that could be asked. */
  nothingToRead?: boolean;
  /** Our credentials may not read it. */
  isDenied?: boolean;
  sentence: string;
  facts: OutcomeFacts;
}

/** At once, then soon, then patiently: most effects show at once, a Cloudflare logout takes 20 to 30 s. */
const PAUSES = [250, 500, 1_000, 2_000, 3_000, 5_000];

async function read(execute: Execute, operation: Operation, input: unknown): Promise<Reading<unknown>> {
  try {
    const output = await execute(operation, input);
    if (isAboutAnother(input, output)) throw answeredAboutAnother(operation);
    return { found: true, output };
  } catch (error) {
    if (isVendorError(error) && error.facts.kind === "not_found") return { found: false };
    throw error;
  }
}

/** Whether an answer names another account than the one that was asked about: it proves nothing about either. */
function isAboutAnother(question: unknown, output: unknown): boolean {
  const { userId } = (question ?? {}) as { userId?: unknown };
  const { id, email } = (output ?? {}) as { id?: unknown; email?: unknown };
  if (typeof userId !== "string") return false;
  if (userId.includes("@")) return typeof email === "string" && email.toLowerCase() !== userId.toLowerCase();
  return typeof id === "string" && id !== userId;
}

function answeredAboutAnother({ vendor, name }: Operation): VendorError {
  return new VendorError({
    vendor,
    operation: name,
    kind: "unreadable",
    mayHaveHappened: false,
    attempts: 1,
    advice: `${VENDOR_NAMES[vendor]} answered about another account than the one asked about. Check the person in its console.`,
  });
}

/** Asks once whether an effect has taken hold. */
export async function isProven(
  context: Pick<ReadBackContext, "execute">,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<"proven" | "not_proven" | "unreadable"> {
  const readBack = operation.readBack;
  const question = readBack?.input(input);
  if (readBack === undefined || question === undefined) return "unreadable";
  try {
    const reading = await read(context.execute, findOperation(readBack.operation), question);
    return readBack.proves(reading, input) ? "proven" : "not_proven";
  } catch (error) {
    if (isVendorError(error)) return "unreadable";
    throw error;
  }
}

/** Reads back until the effect shows or the time is over. Vendor failures on the way are waited out. */
export async function readBackUntil(
  context: ReadBackContext,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<Proof> {
  const readBack = operation.readBack;
  const question = readBack?.input(input);
  if (readBack === undefined || question === undefined)
    return { proven: false, nothingToRead: true, sentence: "there is nothing to read back.", facts: {} };
  const reader = findOperation(readBack.operation);
  const begun = context.clock.elapsed();
  let facts: OutcomeFacts = {};
  for (let attempt = 0; ; attempt += 1) {
    try {
      const reading = await read(context.execute, reader, question);
      if (readBack.proves(reading, input))
        return { proven: true, sentence: "Read back: it took hold.", facts: {} };
      facts = {};
    } catch (error) {
      if (!isVendorError(error)) throw error;
      // It will not be allowed in a minute either.
      if (error.facts.kind === "missing_scope" && readBack.denied !== undefined)
        return { proven: false, nothingToRead: true, isDenied: true, sentence: readBack.denied, facts: {} };
      facts = factsOf(error);
    }
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)] ?? 5_000;
    const spent = context.clock.elapsed() - begun;
    if (spent + pause > context.readBackMilliseconds) {
      const seconds = Math.round(context.readBackMilliseconds / 1_000);
      const sentence =
        facts.advice === undefined
          ? `after ${seconds} s of reading back it has not taken hold.`
          : `it could not be read back within ${seconds} s.`;
      return { proven: false, sentence, facts };
    }
    await context.clock.sleep(pause);
  }
}
