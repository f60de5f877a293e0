import type { Part } from "./field.ts";

const BAR = " | ";

/** What each line is made of, for the hint of the field. */
export function tableHint(parts: readonly Part[]): string {
  const heading = parts.map(({ title }) => title).join(BAR);
  const choices = parts
    .filter(({ options }) => options.length > 0 && options.length <= 8)
    .map(({ title, options }) => `${title}: ${options.map(({ label }) => label).join(", ")}.`);
  return [`One a line: ${heading}.`, ...choices].join(" ");
}

/** Flat things as lines, their parts apart by bars; an option goes by its label. */
export function writeTable(parts: readonly Part[], things: readonly unknown[]): string {
  return things
    .map((thing) => {
      const members = (thing ?? {}) as Record<string, unknown>;
      const cells = parts.map(({ name, options }) => {
        const value = members[name];
        if (typeof value !== "string" && typeof value !== "number") return "";
        return options.find((one) => one.value === value)?.label ?? String(value);
      });
      return cells.join(BAR).replace(/( \| )+$/, "");
    })
    .join("\n");
}

/** The things that lines describe; what is no option's label or value is kept for the check to find fault with. */
export function readTable(parts: readonly Part[], text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      return Object.fromEntries(
        parts.flatMap(({ name, options, isNumber }, index) => {
          const cell = cells[index] ?? "";
          if (cell === "") return [];
          const found = options.find(
            ({ value, label }) => label.toLowerCase() === cell.toLowerCase() || String(value) === cell,
          );
          return [[name, found?.value ?? (isNumber && /^-?\d+$/.test(cell) ? Number(cell) : cell)]];
        }),
      );
    });
}
