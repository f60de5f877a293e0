import type { PageCommand, PagePerson } from "../../page-api.ts";

/** One thing that the message box offers to complete. */
export interface Suggestion {
  /** Unique among the suggestions. */
  id: string;
  label: string;
  /** What it takes, behind the label: a command's arguments. */
  usage?: string;
  note: string;
  /** The whole text once it is taken. */
  text: string;
}

/**
 * What can be completed at the end of a text: a command at its beginning, a person after an `@`.
 * @param text what is before the caret
 */
export function suggestionsFor(
  text: string,
  commands: readonly PageCommand[],
  people: readonly PagePerson[],
): Suggestion[] {
  if (/^\/\S*$/.test(text))
    return commands
      .filter(({ command }) => command.startsWith(text.toLowerCase()))
      .map(({ command, usage, description }) => ({
        id: command,
        label: command,
        usage,
        note: description,
        text: `${command} `,
      }));
  const typed = /(?:^|\s)@(\S*)$/.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  const before = text.slice(0, text.length - typed.length);
  return people
    .filter(
      ({ name, realName, isApp }) =>
        !isApp &&
        (name.toLowerCase().startsWith(typed) ||
          realName
            .toLowerCase()
            .split(" ")
            .some((word) => word.startsWith(typed))),
    )
    .map(({ id, name, realName, role }) => ({
      id,
      label: realName,
      usage: `@${name}`,
      note: role,
      text: `${before}${name} `,
    }));
}

/** A slash command and the text after it; undefined for ordinary words. */
export function parseCommand(text: string): { command: string; text: string } | undefined {
  const found = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text.trim());
  return found === null ? undefined : { command: (found[1] ?? "").toLowerCase(), text: found[2] ?? "" };
}
