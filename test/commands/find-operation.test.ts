import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findOperationByWords } from "../../commands/find-operation.ts";
import { VENDOR_WORDS } from "../../commands/vendor-words.ts";
import { FILLERS, WORDINGS } from "../../commands/wordings.ts";
import { operations } from "../../src/catalogue/registry.ts";

const own = (vendor: string) =>
  operations.filter((operation) => operation.vendor === vendor).map(({ name }) => name);

describe("an operation is found", () => {
  test.each(operations.map(({ name, vendor }) => ({ name, vendor })))("as $name", ({ name, vendor }) => {
    expect(findOperationByWords(vendor, name)).toEqual({ kind: "one", operation: name, target: {} });
    expect(findOperationByWords(vendor, ` ${name.toUpperCase().toLowerCase()} <@U0SAM|sam>`)).toEqual({
      kind: "one",
      operation: name,
      target: { slackId: "U0SAM" },
    });
    const [, resource = "", verb = ""] = name.split(".");
    const found = findOperationByWords(
      vendor,
      `${resource} ${verb.replaceAll(/([A-Z])/g, " $1")} sam@example.com`,
    );
    expect(found).toMatchObject({ target: { email: "sam@example.com" } });
    expect(
      found.kind === "one" ? [found.operation] : found.kind === "several" ? found.operations : [],
    ).toContain(name);
  });

  test.each(Object.entries(VENDOR_WORDS))("%s by what Zoom calls it, %s", (name, word) => {
    expect(findOperationByWords("zoom", word)).toMatchObject(
      // Zoom's word for reading one user is what several of them are about.
      { kind: "one", operation: name },
    );
  });

  test("by every word of Zoom's 28 operations", () => {
    expect(Object.keys(VENDOR_WORDS)).toHaveLength(28);
    for (const name of Object.keys(VENDOR_WORDS)) expect(own("zoom")).toContain(name);
  });
});

describe("nothing is guessed", () => {
  test("a person is named by a mention or an e-mail, or not at all", () => {
    for (const text of ["update status sam", "update status @sam", "@sam update status"])
      expect(findOperationByWords("zoom", text)).toMatchObject({ kind: "unknown" });
  });

  test("words that are left over are refused, and not said again", () => {
    expect(findOperationByWords("zoom", "update password hunter2 <@U0SAM>")).toEqual({
      kind: "unknown",
      near: expect.any(Array) as string[],
    });
  });

  test("whatever is typed finds only operations that its words name", () => {
    const words = fc.constantFrom(
      ...new Set(operations.flatMap(({ name }) => name.split(/[.]|(?=[A-Z])/))),
      "sam",
      "<@U0SAM>",
      "now",
      "me",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 5 }), (typed) => {
        const text = typed.join(" ");
        const found = findOperationByWords("zoom", text);
        if (found.kind !== "one") return;
        const wordings = Object.entries(WORDINGS.zoom).flatMap(([phrase, names]) =>
          names.includes(found.operation) ? [phrase] : [],
        );
        const own = VENDOR_WORDS[found.operation] ?? "";
        const named = [found.operation, own, ...wordings, ...FILLERS].join(" ").toLowerCase();
        const letters = text
          .replaceAll(/<@\w+>|\S+@\S+/g, "")
          .toLowerCase()
          .split(/[^a-z0-9]+/);
        for (const word of letters.filter((one) => one !== ""))
          expect(named).toContain(word.length > 3 ? word.replace(/s$/, "") : word);
      }),
      { numRuns: 2_000 },
    );
  });

  test("nothing typed is everything to choose from", () => {
    expect(findOperationByWords("cloudflare", " ")).toEqual({
      kind: "several",
      operations: own("cloudflare"),
      target: {},
    });
  });
});
