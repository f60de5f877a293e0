import { describe, expect, test } from "vitest";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import { findOperation, operations } from "../../src/catalogue/registry.ts";

const PERSON_FILLS = new Set(["email", "zoomUserId", "cloudflareUserId", "slackUserId"]);

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "%s",
  (_name, operation) => {
    const fields = inputFields(operation);
    const isChange = operation.risk !== "read";

    test("has a name, a title, scopes, a rate label and its vendor's documentation", () => {
      expect(operation.name).toMatch(new RegExp(`^${operation.vendor}(\\.[a-z][a-zA-Z]+){2}$`));
      expect(operation.title).toMatch(/^[A-Z].{5,}/);
      expect([...operation.scopes.granular, ...operation.scopes.classic].length).toBeGreaterThan(0);
      expect(operation.rateLimit).not.toBe("");
      expect(new URL(operation.docs).protocol).toBe("https:");
    });

    test("says how a change is proven or why it cannot be, and how it is taken back", () => {
      if (!isChange) return;
      expect(operation.undo).toMatch(/\.$/);
      expect([operation.readBack, operation.noReadBack].filter((one) => one !== undefined)).toHaveLength(1);
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
      if (takesPerson) expect(operation.about).toBeDefined();
    });

    test("looks only, where it lists, shows what is there, checks or reads back", () => {
      const reads = [
        ...Object.values(operation.choices ?? {}).map((choices) => choices.operation),
        ...(operation.checks ?? []).flatMap((check) => check.operation ?? []),
        ...(operation.current === undefined ? [] : [operation.current.operation]),
        ...(operation.readBack === undefined ? [] : [operation.readBack.operation]),
      ];
      for (const name of reads) expect(findOperation(name).risk).toBe("read");
    });

    test("names only fields that it has", () => {
      const paths = fields.map(({ path }) => path);
      for (const path of [...Object.keys(operation.choices ?? {}), ...(operation.secretInputs ?? [])])
        expect(paths).toContain(path);
      for (const { fills = [] } of Object.values(operation.choices ?? {}))
        for (const path of fills) expect(paths).toContain(path);
    });

    test("offers no value that the choice among a person's things would not", () => {
      for (const choices of Object.values(operation.choices ?? {}))
        for (const strange of [undefined, null, [], {}, "text", [null], { users: null }])
          expect(choices.list(strange, { cloudflareZoneIds: [], zoomPlan: "pro" })).toEqual([]);
    });
  },
);
