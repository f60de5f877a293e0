import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textLength, validateView } from "../../../playground/slack/validate-blocks.ts";
import type { Choice } from "../../../src/catalogue/known.ts";
import { withValueAt } from "../../../src/catalogue/field-path.ts";
import { operations } from "../../../src/catalogue/registry.ts";
import type { Operation } from "../../../src/catalogue/operation.ts";
import type { PreparedOperation } from "../../../src/deps/operation.ts";
import { formFields, type FormField } from "../../../views/operation/field.ts";
import { operationPicker } from "../../../views/operation/picker.ts";
import { choosableFields, shownFields } from "../../../views/operation/form-state.ts";
import { lookingForm, operationForm, personForm } from "../../../views/operation/form-view.ts";

const LONG = "😀<!channel>&*_`\u202e ".repeat(400);

function longestChoices(operation: Operation, count: number): Record<string, Choice[]> {
  const choices = Array.from({ length: count }, (_, index) => ({
    value: `${index}-${"v".repeat(140)}`,
    title: `${index} ${LONG}`,
    description: LONG,
  }));
  return Object.fromEntries(
    formFields(operation).flatMap(({ path, kind }) => (kind.type === "chosen" ? [[path, choices]] : [])),
  );
}

/** A value as long as the vendor could show one. */
function longestValue({ kind }: FormField): unknown {
  switch (kind.type) {
    case "option":
      return kind.options.at(-1)?.value;
    case "options":
      return kind.options.map(({ value }) => value);
    case "yes_no":
      return true;
    case "number":
      return kind.max ?? 1;
    case "lines":
    case "people":
      return Array.from({ length: 300 }, () => "line of a list");
    case "table":
      return Array.from({ length: 40 }, () =>
        Object.fromEntries(kind.parts.map(({ name }) => [name, "value of a cell"])),
      );
    case "date":
      return "2026-01-31";
    default:
      return "x".repeat(5_000);
  }
}

function prepared(operation: Operation, count: number): PreparedOperation {
  const values = formFields(operation).reduce<Record<string, unknown>>(
    (whole, field) => withValueAt(whole, field.path, longestValue(field)),
    {},
  );
  return {
    person: {
      name: LONG.slice(0, 80),
      email: `${"s".repeat(180)}@${"d".repeat(60)}.example`,
      slackId: "U0SAM",
    },
    choices: longestChoices(operation, count),
    current: {
      operation: operation.current?.operation ?? "zoom.user.get",
      output: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`field_${index}`, LONG])),
      values,
    },
  };
}

function expectValid(view: unknown): void {
  expect(validateView(view, "modal")).toEqual([]);
  expect(textLength((view as { private_metadata?: string }).private_metadata ?? "")).toBeLessThanOrEqual(
    3_000,
  );
}

const LONG_TARGET = { slackId: "U0SAM", email: `${"s".repeat(180)}@${"d".repeat(60)}.example` };

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "the forms of %s",
  (_name, operation) => {
    test("fit Slack's limits before anything is known", () => {
      expectValid(operationForm({ operation, target: {} }));
      expectValid(personForm({ operation, target: LONG_TARGET, faults: [LONG, LONG] }));
      expectValid(lookingForm({ operation, target: LONG_TARGET }));
    });

    test("fit Slack's limits with the longest names, choices and values", () => {
      const faults = Array.from({ length: 8 }, () => LONG);
      for (const count of [0, 1, 101]) {
        const form = { operation, target: LONG_TARGET, prepared: prepared(operation, count) };
        expectValid(operationForm(form));
        expectValid(operationForm({ ...form, faults }));
      }
    });
  },
);

const choosing = operations.filter((operation) => choosableFields(operation).length > 0);

test("some operations have so many fields that one chooses among them first", () => {
  expect(choosing.map(({ name }) => name)).toContain("zoom.user.update");
});

test.each(choosing.map((operation) => [operation.name, operation] as const))(
  "the form of %s fits Slack's limits and shows what was chosen, whatever that is",
  (_name, operation) => {
    const paths = choosableFields(operation).map(({ path }) => path);
    const expectShown = (chosen: readonly string[]) => {
      const form = { operation, target: LONG_TARGET, chosen, prepared: prepared(operation, 3) };
      expectValid(operationForm(form));
      expect(shownFields(operation, chosen).map(({ path }) => path)).toEqual(
        expect.arrayContaining([...chosen]),
      );
    };
    fc.assert(fc.property(fc.subarray(paths, { maxLength: Math.min(25, paths.length) }), expectShown), {
      numRuns: 8,
    });
    for (let from = 0; from < paths.length; from += 25) expectShown(paths.slice(from, from + 25));
  },
);

test.each(["zoom", "cloudflare"] as const)(
  "the picker of %s fits Slack's limits, allowed or not",
  (vendor) => {
    const own = operations.filter((operation) => operation.vendor === vendor).map(({ name }) => name);
    const refusal = { rule: LONG, reason: LONG, next: LONG };
    for (const refused of [() => false, () => true, (index: number) => index % 2 === 0])
      expectValid(
        operationPicker({
          vendor,
          target: { email: `${"s".repeat(180)}@${"d".repeat(60)}.example` },
          offered: own.map((operation, index) => ({ operation, ...(refused(index) ? { refusal } : {}) })),
          why: { operation: own[0] ?? "", refusal },
        }),
      );
  },
);
