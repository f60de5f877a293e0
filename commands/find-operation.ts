import type { Vendor } from "../src/catalogue/vendor.ts";
import { operations } from "../src/catalogue/registry.ts";
import type { EnteredTarget } from "../src/deps/person.ts";
import { isNamed } from "../views/blocks/who.ts";
import { asksForHelp, plainWord, readTyped } from "./typed.ts";
import { VENDOR_WORDS } from "./vendor-words.ts";
import { OTHER_COMMANDS, phraseKey, WORDINGS } from "./wordings.ts";

/** What a command asks for: one operation, several that could be meant, none that is known, or something else. */
export type FoundOperation =
  | { kind: "one"; operation: string; target: EnteredTarget }
  | { kind: "several"; operations: string[]; target: EnteredTarget }
  /** `hasName`: a name is there that is neither a mention nor an e-mail. */
  | { kind: "unknown"; near: string[]; hasName?: true }
  | { kind: "people"; count: number }
  | { kind: "elsewhere"; command: string }
  | { kind: "help" };

/** A name as words: `zoom.user.updateStatus` is zoom, user, update, status. */
function wordsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** What is compared: however words are joined, and whatever their case. */
function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Everything that an operation goes by: its name, its name without the vendor, its verb, the vendor's own word. */
function callsOf(name: string): string[] {
  const [, resource = "", verb = ""] = name.split(".");
  const own = VENDOR_WORDS[name];
  const calls = [name, `${resource} ${verb}`, `${verb} ${resource}`, verb];
  return [...calls, ...(own === undefined ? [] : [own])].map(lettersOf);
}

/** The same with plurals and without words that say nothing. */
function keysOf(name: string): string[] {
  const [, resource = "", verb = ""] = name.split(".").map((part) => wordsOf(part).join(" "));
  const own = VENDOR_WORDS[name];
  const calls = [`${resource} ${verb}`, `${verb} ${resource}`, ...(own === undefined ? [] : [own])];
  return calls.map(phraseKey);
}

/**
 * Finds what the words of a command mean. A mention or an e-mail names the person; whatever else is there must name an
 * operation whole, by its name or by a wording of `wordings.ts`: nothing is guessed.
 */
export function findOperationByWords(vendor: Vendor, text: string): FoundOperation {
  const typed = readTyped(text);
  const [target = {}, ...more] = typed.people;
  if (asksForHelp(typed)) return { kind: "help" };
  if (more.length > 0) return { kind: "people", count: typed.people.length };
  const words = [...typed.before, ...typed.after];
  const asked = words.join(" ");
  const own = operations.filter((operation) => operation.vendor === vendor).map(({ name }) => name);
  if (asked === "") return { kind: "several", operations: own, target };
  // A person who is not named by a mention is not a word of an operation either.
  if (/[<>@]/.test(asked)) return { kind: "unknown", near: [], hasName: true };
  const call = lettersOf(asked);
  const key = phraseKey(asked);
  const found =
    call === ""
      ? []
      : [
          own.filter((name) => callsOf(name).includes(call)),
          WORDINGS[vendor][key] ?? [],
          key === "" ? [] : own.filter((name) => keysOf(name).includes(key)),
        ].find((names) => names.length > 0);
  const [only, ...others] =
    found ?? (key === "" && call !== "" ? plainlyMeant(vendor, words, target) : undefined) ?? [];
  if (only !== undefined && others.length === 0) return { kind: "one", operation: only, target };
  if (only !== undefined) return { kind: "several", operations: [only, ...others], target };
  const elsewhere = OTHER_COMMANDS[phraseKey(words[0] ?? "")];
  return elsewhere === undefined
    ? { kind: "unknown", near: nearest(asked, own) }
    : { kind: "elsewhere", command: elsewhere };
}

/** What is meant where no word says what to do: `who is @sam`, `show me the users`. */
function plainlyMeant(
  vendor: Vendor,
  words: readonly string[],
  target: EnteredTarget,
): readonly string[] | undefined {
  if (isNamed(target)) return WORDINGS[vendor]["find"];
  return words.some((word) => plainWord(word) === "users") ? WORDINGS[vendor]["list"] : undefined;
}

/** Up to three operations that have most of the words. */
function nearest(asked: string, names: readonly string[]): string[] {
  const words = new Set(wordsOf(asked));
  return names
    .map((name) => ({ name, shared: wordsOf(name).filter((word) => words.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((left, right) => right.shared - left.shared)
    .slice(0, 3)
    .map(({ name }) => name);
}
