import { describe, expect, test } from "vitest";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import { findOperation, operations } from "../../src/catalogue/registry.ts";

const PERSON_FILLS = new Set(["email", "zoomUserId", "cloudflareUserId", "slackUserId"]);

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "%s",
  (_name, operation) => {
    const fields = inputFields(operation);

    test("has a name, a title, scopes, a rate label and its vendor's documentation", () => {
      expect(operation.name).toMatch(new RegExp(`^${operation.vendor}(\\.[a-z][a-zA-Z]+){2}$`));
      expect(operation.title).toMatch(/^[A-Z].{5,}/);
      expect([...operation.scopes.granular, ...operation.scopes.classic].length).toBeGreaterThan(0);
      expect(operation.rateLimit).not.toBe("");
      expect(new URL(operation.docs).protocol).toBe("https:");
    });

    test("says every refusal that its vendor documents, each in a sentence", () => {
      expect(operation.errors?.length ?? 0).toBeGreaterThan(0);
      for (const { status, means } of operation.errors ?? []) {
        // Slack refuses with 200 and a word.
        expect(status).toSatisfy((given) => given >= 400 || (given === 200 && operation.vendor === "slack"));
        expect(means).toMatch(/^[A-Z].*\.$/);
      }
    });

    test("has words for every field that somebody sees", () => {
      const unseen = fields.filter(({ meta }) => meta.title === undefined || meta.description === undefined);
      expect(unseen.map(({ path }) => path)).toEqual([]);
    });

    test("says whom it is about where it takes a person", () => {
      const takesPerson = fields.some(({ meta }) => meta.fill !== undefined && PERSON_FILLS.has(meta.fill));
      expect(takesPerson && operation.about === undefined).toBe(false);
    });

    test("looks only, where it lists, shows what is there, checks or reads back", () => {
      const reads = [
        ...Object.values(operation.choices ?? {}).map((choices) => choices.operation),
        ...(operation.checks ?? []).flatMap((check) => check.operation ?? []),
        ...(operation.current === undefined ? [] : [operation.current.operation]),
        ...(operation.readBack === undefined ? [] : [operation.readBack.operation]),
      ];
      expect(reads.filter((name) => findOperation(name).risk !== "read")).toEqual([]);
    });

    test("names only fields that it has", () => {
      const paths = fields.map(({ path }) => path);
      const named = [
        ...Object.keys(operation.choices ?? {}),
        ...(operation.secretInputs ?? []),
        ...Object.values(operation.choices ?? {}).flatMap(({ fills = [] }) => fills),
      ];
      expect(paths).toEqual(expect.arrayContaining(named));
    });

    test("offers no value that the choice among a person's things would not", () => {
      const strange = [undefined, null, [], {}, "text", [null], { users: null }];
      const offered = Object.values(operation.choices ?? {}).flatMap((choices) =>
        strange.flatMap((output) => choices.list(output, { cloudflareZoneIds: [], zoomPlan: "pro" })),
      );
      expect(offered).toEqual([]);
    });
  },
);

test.each(
  operations.filter(({ risk }) => risk !== "read").map((operation) => [operation.name, operation] as const),
)("%s says how the change is proven or why it cannot be, and how it is taken back", (_name, operation) => {
  expect(operation.undo).toMatch(/\.$/);
  expect([operation.readBack, operation.noReadBack].filter((one) => one !== undefined)).toHaveLength(1);
});
