import { describe, expect, test } from "vitest";
import { SAMPLES } from "../../playground/page/gallery/samples.ts";
import { BLOCK_LIMITS } from "../../playground/slack/limits.ts";
import { isObject } from "../../playground/slack/rules.ts";

type Found = Record<string, unknown>;

/** Every object in the gallery's blocks, with the name under which it stands. */
function everyObject(value: unknown, name = ""): { name: string; object: Found }[] {
  if (Array.isArray(value)) return value.flatMap((one) => everyObject(one, name));
  if (!isObject(value)) return [];
  const within = Object.entries(value).flatMap(([key, one]) => everyObject(one, key));
  return [{ name, object: value }, ...within];
}

const OBJECTS = everyObject(SAMPLES.map(({ blocks }) => blocks));

const SELECT = /^(multi_)?(static|external|users|conversations|channels)_select$/;

/** The objects to which the limits of one name apply. */
function ruledBy(subject: string): Found[] {
  const under = (...names: string[]) =>
    OBJECTS.filter(({ name, object }) => names.includes(name) && !("elements" in object)).map(
      ({ object }) => object,
    );
  switch (subject) {
    case "text":
      return OBJECTS.map(({ object }) => object).filter(
        ({ type }) => type === "mrkdwn" || type === "plain_text",
      );
    case "action_id":
    case "block_id":
      return OBJECTS.map(({ object }) => object).filter((object) => subject in object);
    case "confirmation":
      return under("confirm").filter((object) => "confirm" in object);
    case "option":
      return under("options");
    case "option_group":
      return under("option_groups");
    case "feedback_button":
      return under("positive_button", "negative_button");
    case "url_source":
      return under("sources");
    case "select":
      return OBJECTS.map(({ object }) => object).filter(({ type }) => SELECT.test(String(type)));
    default:
      return OBJECTS.map(({ object }) => object).filter(({ type }) => type === subject);
  }
}

const size = (value: unknown): number | undefined => {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isObject(value) ? size(value["text"]) : undefined;
};

const rowsOf = (table: Found) => table["rows"] as Found[][];

/** Limits on what is not one field of an object: how much of it there is in each object. */
const MEASURES: Record<string, (object: Found) => number[]> = {
  "text.max_length": ({ text }) => [size(text) ?? 0],
  "text.min_length": ({ text }) => [size(text) ?? 0],
  "action_id.max_length": ({ action_id: id }) => [size(id) ?? 0],
  "block_id.max_length": ({ block_id: id }) => [size(id) ?? 0],
  "section.fields.item_max_length": ({ fields }) =>
    Array.isArray(fields) ? fields.map((field) => size(field) ?? 0) : [],
  "data_table.columns.max_items": (table) => rowsOf(table).map(({ length }) => length),
  "data_table.columns.min_items": (table) => rowsOf(table).map(({ length }) => length),
  "data_table.cell_text.min_length": (table) =>
    rowsOf(table)
      .flat()
      .map((cell) => size(cell) ?? 1),
  "data_table.content.max_length": (table) => [
    rowsOf(table)
      .flat()
      .reduce((sum, cell) => sum + (size(cell) ?? 0), 0),
  ],
};

/** Every limit as its path and number. */
function limitsIn(value: object, path: readonly string[] = []): [path: string, limit: number][] {
  return Object.entries(value).flatMap(([name, one]: [string, unknown]): [string, number][] => {
    const here = [...path, name];
    return typeof one === "number" ? [[here.join("."), one]] : limitsIn(one as object, here);
  });
}

/** Of a view around the blocks, and of a block that the SDK's types do not have. */
const NOT_SHOWN = new Set(["view", "data_visualization"]);
/** No address is as short as that. */
const OUT_OF_REACH = new Set(["url_source.url.min_length"]);

const LIMITS = limitsIn(BLOCK_LIMITS).filter(
  ([path]) => !NOT_SHOWN.has(path.split(".")[0] ?? "") && !OUT_OF_REACH.has(path),
);
const ends = (part: string) => LIMITS.filter(([path]) => path.split(".").at(-1)?.includes(part) === true);

function measured(path: string): number[] {
  const [subject = "", field = ""] = path.split(".");
  const measure = MEASURES[path] ?? ((object: Found) => (field in object ? [size(object[field]) ?? 0] : []));
  return ruledBy(subject).flatMap(measure);
}

describe("in the gallery something", () => {
  test("is held against every limit", () => {
    expect(ends("max").length + ends("min").length).toBe(LIMITS.length);
  });

  test.each(ends("max"))("is as large as it may be by %s: %i", (path, limit) => {
    expect(Math.max(...measured(path))).toBe(limit);
  });

  test.each(ends("min"))("is as small as it may be by %s: %i", (path, limit) => {
    expect(Math.min(...measured(path))).toBe(limit);
  });
});
