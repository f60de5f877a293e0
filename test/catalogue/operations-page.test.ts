import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import { operationsPage } from "../../src/catalogue/operations-page.ts";
import { vendorAnswersPage } from "../../src/connectors/vendor-answers-page.ts";
import { operations } from "../../src/catalogue/registry.ts";

/** Without what the formatter changes: the widths of tables, line ends, escapes. */
function essence(text: string): string {
  return text
    .replaceAll(/-{3,}/g, "---")
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/\\([*_<>[\]])/g, "$1")
    .replaceAll(/\n+/g, "\n")
    .trim();
}

test("docs/operations.md is what the catalogue says; `npm run docs` makes it again", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "operations.md"), "utf8");
  expect(essence(page)).toBe(essence(operationsPage(operations)));
});

test("docs/vendor-answers.md is what the tables say; `npm run docs` makes it again", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "vendor-answers.md"), "utf8");
  expect(essence(page)).toBe(essence(vendorAnswersPage()));
});

test("every parameter is named, with where it is entered or why no form asks for it", () => {
  const page = operationsPage(operations);
  expect(page).toContain("- Entered in the form: `action`, `transferEmail`, `transfer`");
  expect(page).toMatch(/- In no form: `encryptedEmail`\. People are found by their e-mail address.*\./);
  for (const operation of operations)
    for (const { path, meta } of inputFields(operation))
      if (meta.notAsked !== undefined) expect(`${path}: ${meta.notAsked}`).toMatch(/: [A-Z].*\.$/);
});

test("every operation has a section with its scopes and its documentation", () => {
  const page = operationsPage(operations);
  for (const { name, docs } of operations) {
    expect(page).toContain(`### \`${name}\``);
    expect(page).toContain(docs);
  }
});
