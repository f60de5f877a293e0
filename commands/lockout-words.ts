import type { EnteredTarget } from "../src/deps/person.ts";
import { asksForHelp, plainWord, readTyped } from "./typed.ts";

interface Opens {
  kind: "open";
  target: EnteredTarget;
  /** What was typed after the person. */
  reason?: string;
}

/** What the words after `/lockout` or `/zoom-offboard` ask for. */
export type PersonCommand =
  | Opens
  | { kind: "release"; target: EnteredTarget; reason?: undefined }
  | { kind: "list" }
  | { kind: "help" }
  | NotUnderstood;

/** Words that open nothing: a release of nobody, several people, or neither a person nor a word that is known. */
export type NotUnderstood =
  | { kind: "whom_to_release" }
  | { kind: "unknown" }
  | { kind: "people"; count: number };

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const LIST = words("list ls who status now active current all");
const RELEASE = words("release unlock unlockout lift undo end free restore reinstate unblock");
/** Words that say no more than the command does. */
const SAME = words(
  "lock out lockout block suspend offboard remove deactivate person user the for of please account",
);

/**
 * Reads `/lockout …`: one person, and before them nothing, or a word that releases; a word alone asks for the list or
 * for help. What follows the person is the reason.
 */
export function readLockoutWords(text: string): PersonCommand {
  const typed = readTyped(text);
  const before = typed.before.map(plainWord).filter((word) => !SAME.has(word));
  const [first = "", ...others] = before;
  const [target, ...more] = typed.people;
  if (asksForHelp(typed)) return { kind: "help" };
  if (more.length > 0) return { kind: "people", count: typed.people.length };
  if (target === undefined) {
    if (typed.before.length === 0) return { kind: "open", target: {} };
    // Words such as “is locked out now”.
    if (LIST.has(first) && others.every((word) => LIST.has(word) || ["is", "locked"].includes(word)))
      return { kind: "list" };
    return others.length === 0 && RELEASE.has(first) ? { kind: "whom_to_release" } : { kind: "unknown" };
  }
  // A name that is neither a mention nor an e-mail may be a second person.
  if ([...typed.before, ...typed.after].some((word) => /[<>@]/.test(word))) return { kind: "unknown" };
  const reason = typed.after.join(" ").slice(0, 1_000) || undefined;
  if (first === "") return { kind: "open", target, reason };
  if (others.length === 0 && RELEASE.has(first)) return { kind: "release", target };
  return { kind: "unknown" };
}

/** Reads `/zoom-offboard …`: one person, and then the reason; or nothing. */
export function readOffboardWords(
  text: string,
): Opens | { kind: "help" } | { kind: "unknown" } | { kind: "people"; count: number } {
  const read = readLockoutWords(text);
  if (read.kind === "release" || read.kind === "list" || read.kind === "whom_to_release")
    return { kind: "unknown" };
  return read;
}
