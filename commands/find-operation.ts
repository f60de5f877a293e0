import type { Vendor } from "../src/catalogue/vendor.ts";
import { operations } from "../src/catalogue/registry.ts";
import type { EnteredTarget } from "../src/deps/person.ts";
import { isNamed } from "../views/blocks/who.ts";
import { parsePerson } from "./parse-person.ts";
import { VENDOR_WORDS } from "./vendor-words.ts";

/** What a command asks for: one operation, several that could be meant, or none that is known. */
export type FoundOperation =
  | { kind: "one"; operation: string; target: EnteredTarget }
  | { kind: "several"; operations: string[]; target: EnteredTarget }
  | { kind: "unknown"; near: string[] };

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

/**
 * Finds what the words of a command mean. The last word names the person where it is a mention or an e-mail; whatever
 * else is there must name an operation whole: nothing is guessed.
 */
export function findOperationByWords(vendor: Vendor, text: string): FoundOperation {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const last = parsePerson(words.at(-1) ?? "");
  const hasPerson = last !== "unknown" && isNamed(last);
  const target = hasPerson ? last : {};
  const asked = (hasPerson ? words.slice(0, -1) : words).join(" ");
  const own = operations.filter((operation) => operation.vendor === vendor).map(({ name }) => name);
  if (asked === "") return { kind: "several", operations: own, target };
  // A person who is not named by a mention is not a word of an operation either.
  if (/[<>@]/.test(asked)) return { kind: "unknown", near: [] };
  const call = lettersOf(asked);
  const found = call === "" ? [] : own.filter((name) => callsOf(name).includes(call));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { kind: "one", operation: only, target };
  if (found.length > 1) return { kind: "several", operations: found, target };
  return { kind: "unknown", near: nearest(asked, own) };
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
