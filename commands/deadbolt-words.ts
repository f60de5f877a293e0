import { operations } from "../src/catalogue/registry.ts";
import type { EnteredTarget } from "../src/deps/person.ts";
import { findOperationByWords } from "./find-operation.ts";
import { asksForHelp, plainWord, readTyped } from "./typed.ts";

/** What the words after `/deadbolt` ask for. */
export type DeadboltCommand =
  | { kind: "requests" | "second-factor" | "help" | "unknown" }
  | { kind: "restore"; person?: EnteredTarget; reason: string }
  | { kind: "explain"; question: ExplainWords }
  | { kind: "elsewhere"; command: string };

/** A question of `/deadbolt explain`; about the one who asks where `person` is absent. */
export type ExplainWords =
  | { kind: "asked"; person?: EnteredTarget; what: string; target?: EnteredTarget }
  /** Several operations could be meant; none where the words name nothing. */
  | { kind: "several"; names: string[] }
  /** The last word is none of an operation, and no person either. */
  | { kind: "whom"; word: string }
  | { kind: "people" };

const KEYWORDS: Readonly<Record<string, "requests" | "second-factor" | "help">> = Object.fromEntries([
  ...keyed("requests", "requests request list pending waiting approvals approve inbox todo mine history"),
  ...keyed(
    "second-factor",
    "second-factor secondfactor 2fa otp totp mfa one-time onetime password passwords",
  ),
  ...keyed("help", "help info about commands"),
]);

function keyed<Kind extends string>(kind: Kind, words: string): [string, Kind][] {
  return words.split(" ").map((word) => [word, kind]);
}

const EXPLAIN: ReadonlySet<string> = new Set(["explain", "why", "may", "can", "who-may"]);
const RESTORE: ReadonlySet<string> = new Set(["restore", "reinstate"]);
const LOCKED_OUT: ReadonlySet<string> = new Set(["lockouts", "lockout", "locked", "who"]);

/** Reads what follows `/deadbolt`. */
export function readDeadboltWords(text: string): DeadboltCommand {
  const typed = readTyped(text);
  const [first = "", ...others] = typed.before.map(plainWord).filter((word) => word !== "my");
  if (asksForHelp(typed) || (first === "" && typed.people.length === 0)) return { kind: "help" };
  if (EXPLAIN.has(first)) return { kind: "explain", question: readExplain(text) };
  if (RESTORE.has(first))
    return { kind: "restore", person: typed.people[0], reason: typed.after.join(" ").slice(0, 1_000) };
  const [second = ""] = others;
  if (first === "second" && second === "factor") return { kind: "second-factor" };
  if (LOCKED_OUT.has(first)) return { kind: "elsewhere", command: "/lockout list" };
  return { kind: KEYWORDS[first] ?? "unknown" };
}

/** `explain [@person] words [@target]`: the words are a playbook's or an operation's name, or what people call it. */
function readExplain(text: string): ExplainWords {
  const { people, before, after } = readTyped(text);
  if (people.length > 2) return { kind: "people" };
  const said = before.slice(1);
  // A person who comes after the words is the one whom it would be about.
  const isAboutOther = said.length > 0;
  if (isAboutOther && people.length > 1) return { kind: "people" };
  const words = isAboutOther ? [...said, ...after] : after;
  const person = isAboutOther ? undefined : people[0];
  const target = isAboutOther ? people[0] : people[1];
  const found = nameOf(words.join(" "));
  const word = words.at(-1) ?? "";
  const isName =
    person !== undefined &&
    words.length > 1 &&
    found.length === 0 &&
    nameOf(words.slice(0, -1).join(" ")).length > 0;
  if (isName) return { kind: "whom", word };
  return typeof found === "string"
    ? { kind: "asked", person, what: found, target }
    : { kind: "several", names: found };
}

const PLAYBOOK_WORDS: Readonly<Record<string, string>> = {
  offboard: "zoom-offboard",
  offboarding: "zoom-offboard",
  "zoom offboard": "zoom-offboard",
  "offboard from zoom": "zoom-offboard",
  "lock out": "lockout",
  lock: "lockout",
  unlock: "release",
};

/** The one name that these words mean; the names among which it is not clear. A name of the policy's own stays as it is. */
function nameOf(said: string): string | string[] {
  const text = said.trim().replace(/[.?!]+$/, "");
  if (text === "") return [];
  const known = PLAYBOOK_WORDS[text.toLowerCase()];
  if (known !== undefined) return known;
  if (operations.some(({ name }) => name === text)) return text;
  const vendors = (["zoom", "cloudflare"] as const).filter((vendor) => text.toLowerCase().includes(vendor));
  const found = (vendors.length === 0 ? (["zoom", "cloudflare"] as const) : vendors).flatMap((vendor) => {
    const answer = findOperationByWords(vendor, text);
    if (answer.kind === "one") return [answer.operation];
    return answer.kind === "several" ? answer.operations : [];
  });
  const [only, ...others] = found;
  if (only !== undefined) return others.length === 0 ? only : found;
  return /\s/.test(text) ? [] : text;
}
