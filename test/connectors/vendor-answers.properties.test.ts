import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { adviceFor, CATCH_ALL_CODES, VENDOR_ADVICE } from "../../src/connectors/advice.ts";
import { diagnoseZoom } from "../../src/connectors/zoom-error.ts";
import { readCloudflare } from "../../src/connectors/cloudflare-error.ts";
import { readWhom } from "../../src/connectors/whom.ts";
import type { HttpResult } from "../../src/connectors/http.ts";

function answered(status: number, body: unknown): HttpResult {
  return {
    kind: "answer",
    status,
    headers: {},
    text: JSON.stringify(body),
    attempts: 1,
    unsettled: false,
  };
}

const anyZoom = fc.constantFrom(...operations.filter(({ vendor }) => vendor === "zoom"));
const anyCloudflare = fc.constantFrom(...operations.filter(({ vendor }) => vendor === "cloudflare"));
/** Words in no language that a table could know, as an account's own language is. */
const foreign = fc
  .array(fc.stringMatching(/^[žñøßđ]{2,9}$/), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(" "));
/** Codes that stand in no table, and those that Zoom says of everything. */
const unknownCode = fc.integer({ min: 20_000, max: 99_999 });
const refusal = fc.constantFrom(400, 402, 403, 405, 406, 409, 410, 412, 415, 422);

describe("an answer outside the table", () => {
  it("of Zoom's gets no cause: only its own words, in its own language", () => {
    const code = fc.oneof(unknownCode, fc.constantFrom(200, 300, 1000));
    fc.assert(
      fc.property(
        anyZoom,
        fc.oneof(refusal, fc.constant(401)),
        code,
        foreign,
        (operation, status, code, message) => {
          const diagnosis = diagnoseZoom(answered(status, { code, message }));
          const { scopes, errors } = operation;
          const said = adviceFor({
            vendor: "zoom",
            operation: operation.name,
            scopes,
            errors,
            status,
            code: diagnosis?.code,
            kind: diagnosis?.kind ?? "unreadable",
            vendorMessage: diagnosis?.message,
            mayHaveHappened: false,
            attempts: 1,
          });
          expect(said).toBe(`Zoom refused this (${status}/${code}) and said: “${message}”.`);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("of Cloudflare's gets no cause: only its own words", () => {
    const status = fc.oneof(refusal, fc.constant(401), fc.constant(200));
    const code = fc.oneof(unknownCode, fc.constantFrom(9109, 6003, 1001));
    fc.assert(
      fc.property(
        anyCloudflare,
        status,
        code,
        foreign,
        fc.boolean(),
        (operation, status, code, words, accepted) => {
          const body = { success: false, errors: [{ code, message: words }], result: null };
          const reading = readCloudflare(answered(status, body), { accepted });
          if (reading.success) throw new Error("A refusal was read as a success.");
          const { kind, code: read, chain, message } = reading.diagnosis;
          const { scopes, vendorPermission, errors } = operation;
          const said = adviceFor({
            vendor: "cloudflare",
            operation: operation.name,
            scopes,
            vendorPermission,
            errors,
            status,
            code: read,
            chain,
            kind,
            vendorMessage: message,
            mayHaveHappened: false,
            attempts: 1,
          });
          expect(said).toBe(`Cloudflare refused this (${status}/${code}) and said: “${code} ${words}”.`);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("the table of vendors' answers", () => {
  const rules = Object.values(VENDOR_ADVICE).flat();

  it("names a source for each row", () => {
    for (const { source } of rules) expect(source).toMatch(/^https:\/\/|^no answer|^a public report/);
    expect(rules.length).toBeGreaterThan(50);
  });

  it("asks for words wherever it names one of Zoom's catch-all codes", () => {
    const bare = VENDOR_ADVICE.zoom.filter(
      ({ codes = [], words }) => codes.some((code) => CATCH_ALL_CODES.has(code)) && words === undefined,
    );
    expect(bare).toEqual([]);
    const documented = operations
      .filter(({ vendor }) => vendor === "zoom")
      .flatMap(({ name, errors = [] }) => errors.map((error) => ({ name, ...error })))
      .filter(({ code, words }) => CATCH_ALL_CODES.has(code) && words === undefined);
    expect(documented).toEqual([]);
  });

  it("never gives advice for a mere kind of refusal: a row says by which status, code or words it knows", () => {
    const kinds = new Set(["refused", "unauthorized"]);
    const bare = [...VENDOR_ADVICE.zoom, ...VENDOR_ADVICE.cloudflare].filter(
      ({ kind, codes, words, about }) =>
        (kind === undefined || kinds.has(kind)) &&
        codes === undefined &&
        words === undefined &&
        about === undefined,
    );
    expect(bare).toEqual([]);
  });
});

describe("of whom a vendor says “no such user”", () => {
  const notFound = (message: string) => ({ kind: "not_found" as const, code: 1001, message });
  const people = { subject: "sam@x.example", others: ["heir@x.example", "adsam@x.example"] };

  it.each([
    ["User does not exist: sam@x.example", undefined],
    ["User does not exist: sam@x.example.", undefined],
    ['User "SAM@x.example" does not exist or does not belong to this account.', undefined],
    ["User does not exist: heir@x.example", "another"],
    ["User does not exist:heir@x.example.", "another"],
    ["User does not exist: adsam@x.example", "another"],
    ["User does not exist.", "unclear"],
    ["User does not exist: somebody@x.example", "unclear"],
    ["sam@x.example or heir@x.example does not exist", "unclear"],
  ] as const)("is read from its words: %s", (message, about) => {
    const read = readWhom(notFound(message), people);
    expect(read).toMatchObject({ kind: about === undefined ? "not_found" : "refused" });
    expect(read.about).toBe(about);
  });

  it("is of the person where the call names nobody else", () => {
    expect(readWhom(notFound("Any words"), { subject: "abc", others: [] }).kind).toBe("not_found");
  });
});
