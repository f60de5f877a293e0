import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validateView } from "../../../playground/slack/validate-blocks.ts";
import { operations } from "../../../src/catalogue/registry.ts";
import { answerFiles } from "../../../views/operation/answer-file.ts";
import { answerView } from "../../../views/operation/answer.ts";
import { currentBlocks } from "../../../views/operation/current.ts";

const nasty = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom("<!channel>", "\u202e&&", "*bold*", "2026-01-31T09:00:00Z", "x".repeat(5_000), "=1+1"),
);
const names = fc.oneof(
  fc.constantFrom("id", "email", "name", "next_page_token", "total_records", "status", "type", "metadata"),
  fc.string({ minLength: 1, maxLength: 20 }),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    nasty,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(names, tie("value"), { maxKeys: 8 }),
  ),
})).value;
const things = fc.array(fc.dictionary(names, values, { maxKeys: 8 }), { maxLength: 60 });

const entered = (operation: string) => ({
  operation,
  target: {},
  input: {},
  people: [],
  files: [],
  generate: [],
});
const reads = operations.filter(({ risk }) => risk === "read");

describe.each(reads.map((operation) => [operation.name, operation] as const))(
  "the answer of %s",
  (name, operation) => {
    test("fits Slack's limits whatever the vendor sends", () => {
      fc.assert(
        fc.property(
          fc.oneof(
            things,
            values,
            things.map((list) => ({ users: list, total_records: 9 })),
          ),
          fc.nat(99),
          (output, from) => {
            const person = { name: "x".repeat(80), email: "sam@example.com" };
            expect(
              validateView(answerView({ entered: entered(name), output, person }, from), "modal"),
            ).toEqual([]);
            expect(currentBlocks(operation, output).length).toBeLessThanOrEqual(6);
          },
        ),
        { numRuns: 40 },
      );
    });

    test("shows no secret of another than its own, nowhere", () => {
      const telling = fc.constantFrom(
        "password",
        "passcode",
        "host_key",
        "start_url",
        "access_token",
        "client_secret",
        "zak",
      );
      fc.assert(
        fc.property(telling, fc.boolean(), (secretName, inList) => {
          fc.pre(!(operation.secrets ?? []).includes(secretName));
          const thing = {
            id: "1",
            name: "thing",
            [secretName]: "CANARY-7f3a",
            inner: { [secretName]: "CANARY-7f3a" },
          };
          const output = inList ? [thing] : thing;
          const view = answerView({ entered: entered(name), output });
          const files = answerFiles(operation, output);
          expect(JSON.stringify([view, currentBlocks(operation, output), files])).not.toContain("CANARY");
        }),
        { numRuns: 30 },
      );
    });
  },
);

describe("a credential", () => {
  const output = { token: `eyJ${"a".repeat(4_000)}` };

  test("is shown whole, once, with nothing that would fetch it again", () => {
    const view = answerView({ entered: entered("zoom.user.getZak"), output });
    const text = JSON.stringify(view.blocks);
    const shown = view.blocks.flatMap((block) =>
      "text" in block && block.type === "section" ? [block.text?.text ?? ""] : [],
    );
    expect(shown.join("")).toContain(output.token);
    expect(text).not.toContain('"button"');
    expect(view.clear_on_close).toBe(true);
    expect(view.private_metadata ?? "").not.toContain("eyJ");
  });

  test("stands in no file", () => {
    const operation = operations.find(({ name }) => name === "zoom.user.getZak");
    if (operation === undefined) throw new Error("There is no such operation.");
    expect(JSON.stringify(answerFiles(operation, output))).not.toContain("eyJ");
  });
});

test("a cell that a spreadsheet would run is made plain", () => {
  const operation = operations.find(({ name }) => name === "zoom.user.list");
  if (operation === undefined) throw new Error("There is no such operation.");
  const files = answerFiles(operation, { users: [{ email: "=HYPERLINK(1)", id: "@x" }] });
  expect(files.find(({ name }) => name.endsWith(".csv"))?.text).toBe("email,id\r\n'=HYPERLINK(1),'@x\r\n");
});
