import pg from "pg";
import type { Statement } from "./statement.ts";

/** What a transaction does last, in the same message as its commit. */
export interface LastStatement {
  /** Made when the work is over. */
  statement(): Statement;
  /** Called with the statement's rows once it is committed. */
  committed(rows: readonly unknown[]): void;
}

const waiting = new WeakMap<object, LastStatement[]>();

/** Lets a client inside a transaction take last statements. */
export function takeLastStatements(client: object): void {
  waiting.set(client, []);
}

/**
 * Has a statement travel with the commit of the transaction that a client is in. The locks that it takes are freed by
 * the server right after it, even if this process stops in that moment.
 * @throws Error when the client is in no transaction
 */
export function atCommit(client: object, last: LastStatement): void {
  const statements = waiting.get(client);
  if (statements === undefined)
    throw new Error("Only what is inside a transaction can be done at its commit.");
  statements.push(last);
}

/** One message takes no values beside its text. */
function inlined({ text, values }: Statement): string {
  return text.replaceAll(/\$(\d+)/g, (_, number: string) => {
    const value = values[Number(number) - 1];
    if (typeof value !== "string" && typeof value !== "number")
      throw new TypeError(`A last statement takes texts and numbers, not a ${typeof value}.`);
    return pg.escapeLiteral(String(value));
  });
}

/**
 * Sends the last statements of a transaction together with its commit.
 * @param send sends one text of several statements
 * @throws what the server says; the transaction is not committed then
 */
export async function commit(
  client: object,
  send: (text: string) => Promise<pg.QueryResult | pg.QueryResult[]>,
): Promise<void> {
  const last = waiting.get(client) ?? [];
  waiting.delete(client);
  const texts = last.map((one) => inlined(one.statement()));
  const answer = await send([...texts, "commit"].join("; "));
  const results = Array.isArray(answer) ? answer : [answer];
  // Postgres answers the commit of a transaction in which something failed with a rollback, and no error.
  if (results.at(-1)?.command !== "COMMIT")
    throw new Error("The transaction was rolled back, because a statement of it had failed.");
  for (const [index, one] of last.entries()) one.committed(results[index]?.rows ?? []);
}
