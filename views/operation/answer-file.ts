import type { Operation } from "../../src/catalogue/operation.ts";
import { isTelling, shownOf } from "../../src/catalogue/telling.ts";
import { listedThings } from "./answer-lines.ts";

/** A file to send: its name and its text. */
export interface AnswerFile {
  name: string;
  text: string;
}

/** The same answer with whatever opens doors taken out. */
function withoutSecrets(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutSecrets(one, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      secrets.has(name) || isTelling(name, member)
        ? "(hidden)"
        : withoutSecrets(shownOf(name, member), secrets),
    ]),
  );
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const guarded = /^[=+\-@\t\r]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function toCsv(things: readonly unknown[]): string {
  const rows = things.map((thing) =>
    typeof thing === "object" && thing !== null ? (thing as Record<string, unknown>) : { value: thing },
  );
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names.map(cell), ...rows.map((row) => names.map((name) => cell(row[name])))]
    .map((cells) => cells.join(","))
    .join("\r\n");
}

/** All of an answer as files: JSON, and for lists a table as well. */
export function answerFiles(operation: Operation, output: unknown): AnswerFile[] {
  const safe = withoutSecrets(output, new Set(operation.secrets));
  const name = operation.name.replaceAll(".", "-");
  const things = listedThings(operation, safe);
  return [
    { name: `${name}.json`, text: `${JSON.stringify(safe, null, 2) ?? "null"}\n` },
    ...(things === undefined || things.length === 0
      ? []
      : [{ name: `${name}.csv`, text: `${toCsv(things)}\r\n` }]),
  ];
}
