import { expect, test } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { shareReads } from "../../src/connectors/shared-reads.ts";

/** A connector that counts what it is asked, and answers by how often it was asked before. */
function createCounter() {
  const asked: string[] = [];
  const connector: Connector = {
    async execute(operation, input) {
      asked.push(`${operation.name} ${JSON.stringify(input)}`);
      const answer = asked.length;
      await new Promise((resolve) => setImmediate(resolve));
      return answer;
    },
  };
  return { asked, shared: shareReads(connector) };
}

const list = findOperation("cloudflare.gateway.listItems");
const block = findOperation("cloudflare.gateway.addItem");
const input = { accountId: "a", listId: "l" };

test("lockouts that look at one list at once share one look, and who comes later gets another one", async () => {
  const { asked, shared } = createCounter();
  const look = () => shared.execute(list, input, { priority: 0 });
  const answers = await Promise.all(Array.from({ length: 50 }, look));
  expect(answers).toEqual(Array.from({ length: 50 }, () => 1));
  expect(await look()).toBe(2);
  expect(asked).toHaveLength(2);
});

test("another list, what is no lockout's, and whatever changes something are asked for by themselves", async () => {
  const { asked, shared } = createCounter();
  await Promise.all([
    shared.execute(list, input, { priority: 0 }),
    shared.execute(list, { ...input, listId: "other" }, { priority: 0 }),
    ...[1, 2, 3].map(() => shared.execute(list, input)),
    ...[1, 2, 3].map(() => shared.execute(block, input, { priority: 0 })),
  ]);
  expect(asked).toHaveLength(8);
});
