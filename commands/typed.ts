import type { EnteredTarget } from "../src/deps/person.ts";
import { isNamed } from "../views/blocks/who.ts";
import { parsePerson } from "./parse-person.ts";

/** What someone typed after a command: everyone it names, and the words around them as they were typed. */
export interface Typed {
  people: EnteredTarget[];
  /** The words before the first person; all of them where nobody is named. */
  before: string[];
  after: string[];
}

/** Characters that nobody sees: a pasted name or address has them now and then. */
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
/** Quotation marks and punctuation around a word. */
const AROUND = /^["'`“”‘’«»(]+|["'`“”‘’«»).,;:!]+$/gu;

/** Reads the text of a command. Nobody is guessed: only a mention or an e-mail names a person. */
export function readTyped(text: string): Typed {
  const tokens = text
    .split(/\s+/u)
    .map((token) => token.replace(INVISIBLE, ""))
    .filter((token) => token !== "");
  const typed: Typed = { people: [], before: [], after: [] };
  for (const token of tokens) {
    const person = parsePerson(token.replace(AROUND, ""));
    if (person !== "unknown" && isNamed(person)) {
      if (!typed.people.some((one) => one.slackId === person.slackId && one.email === person.email))
        typed.people.push(person);
    } else (typed.people.length === 0 ? typed.before : typed.after).push(token);
  }
  return typed;
}

/** A word as words of ours are compared with it. */
export function plainWord(word: string): string {
  return word
    .normalize("NFKC")
    .replace(/(?<=.)[?]+$/u, "")
    .replace(AROUND, "")
    .toLowerCase();
}

const HELP_WORDS: ReadonlySet<string> = new Set(["help", "-h", "--help", "h", "?", "usage", "how", "hilfe"]);

/** Whether help is asked for, and nothing else. */
export function asksForHelp({ people, before }: Typed): boolean {
  const [word = "", ...others] = before;
  return people.length === 0 && others.length === 0 && HELP_WORDS.has(plainWord(word).replace(/^[/]/, ""));
}

/** How to name someone whom a word did not name. */
export const NAME_HINT = "Type @ and choose the person from the list that Slack shows, or type their e-mail.";
