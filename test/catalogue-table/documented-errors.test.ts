import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answerHtmlErrorPage } from "../../playground/cloudflare/faults.ts";
import type { FaultKind } from "../../playground/fault.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { operations } from "../../src/catalogue/registry.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { sampleInput } from "./sample-inputs.ts";
import { answerOf, nameOf } from "./vendor-refusals.ts";

/** All but the request for a token. */
const API = /^\/(v2|client\/v4|api)\//;
/** What is said of refusals that nothing is known about: the vendor's words alone. */
const ONLY_ITS_WORDS = /^(Zoom|Cloudflare|Slack) refused this \([\d/]+\) and said: “/;

let world: PreparedWorld;

beforeAll(async () => {
  world = await startPreparedWorld();
});

afterEach(() => {
  world.zoom.clearFaults();
  world.cloudflare.clearFaults();
  world.slack.clearFaults();
});

afterAll(() => world.close());

/** Makes a call that the vendor answers with a fault each time, and returns what the connector says of it. */
async function factsOf(operation: Operation, fault: FaultKind): Promise<VendorErrorFacts> {
  const input = sampleInput(world, operation);
  world[operation.vendor].addFault({ ...fault, path: API });
  try {
    await world.connector.execute(operation, input);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error(`${operation.name} took the refusal for a success.`);
}

function expectAdvice(advice: string): void {
  expect(advice).toMatch(/^[A-Z].*\w.*\.$/);
  expect(advice).not.toMatch(/undefined|\[object/);
}

const documented = operations.flatMap((operation) =>
  (operation.errors ?? []).map((error) => ({
    name: `${operation.name} answers ${nameOf(error)}`,
    operation,
    error,
  })),
);

it("every operation says what the vendor documents that it answers when it refuses", () => {
  const silent = operations
    .filter(({ errors = [] }) => errors.length === 0)
    .map(({ name }) => `${name} has no errors: add those that the vendor documents`);
  expect(silent).toEqual([]);
});

it("every refusal is documented once", () => {
  const names = documented.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

// Names by %s: those by $name are cut.
it.each(documented.map((one) => [one.name, one] as const))("%s", async (_name, { operation, error }) => {
  const facts = await factsOf(operation, { kind: "answer", answer: answerOf(operation.vendor, error) });
  expect(facts).toMatchObject({
    vendor: operation.vendor,
    operation: operation.name,
    status: error.status,
    ...(error.code === undefined ? {} : { code: error.code }),
    // Slack says no more than a word.
    ...(operation.vendor === "slack" ? {} : { vendorMessage: expect.stringContaining("Not like this.") }),
    // Every refusal says that nothing was done.
    mayHaveHappened: false,
  });
  expectAdvice(facts.advice);
  // Where the vendor gives no code for this refusal alone, these words name no cause.
  const isCatchAll =
    error.words !== undefined ||
    (operation.vendor === "cloudflare" && error.code === undefined && [400, 403].includes(error.status));
  if (isCatchAll) expect(facts.advice).toMatch(ONLY_ITS_WORDS);
  else expect(facts.advice).not.toMatch(ONLY_ITS_WORDS);
});

const worded = documented.flatMap(({ name, operation, error: { words, ...error } }) =>
  words === undefined ? [] : [{ name, operation, error, words }],
);

it.each(worded.map((one) => [one.name, one] as const))(
  "%s in the words that are documented",
  async (_name, { operation, error, words }) => {
    const [message] = fc.sample(fc.stringMatching(new RegExp(`^(?:${words.source})$`)), 1);
    const facts = await factsOf(operation, {
      kind: "answer",
      answer: answerOf(operation.vendor, error, message),
    });
    expectAdvice(facts.advice);
    expect(facts.advice).not.toMatch(ONLY_ITS_WORDS);
  },
);

describe.each<[string, FaultKind, VendorErrorFacts["kind"]]>([
  ["a fault of the vendor's own", { kind: "answer", answer: { status: 503, body: "" } }, "server_error"],
  ["a page of a proxy", answerHtmlErrorPage(502), "server_error"],
  ["nothing, after the call was carried out", { kind: "lostAnswer" }, "connection"],
  ["half of an answer", { kind: "truncated" }, "connection"],
])("what is answered with %s", (_what, fault, kind) => {
  it.each(operations)("may have happened where $name changes something", async (operation) => {
    const isRead = operation.risk === "read";
    // An answer that is not read cannot be cut short: its status says everything.
    if (fault.kind === "truncated" && operation.output.safeParse(undefined).success) return;
    const facts = await factsOf(operation, fault);
    expect(facts).toMatchObject({ kind, mayHaveHappened: !isRead });
    expectAdvice(facts.advice);
    if (!isRead) expect(facts.advice).toContain("No answer tells whether it took effect");
  });
});
