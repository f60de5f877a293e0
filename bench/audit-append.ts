import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createAuditLog } from "../src/audit/log.ts";
import { verifyChain } from "../src/audit/verify.ts";
import { connectDatabase } from "../src/database/connect.ts";
import { openEmbeddedDatabase } from "../src/database/embedded.ts";
import { migrateDatabase } from "../src/database/migrate.ts";

/**
 * Time from asking to the last answer of appends to the audit log that come at the same moment, in an embedded
 * Postgres that writes to disk as in earnest: one alone, ten, and 200. The sizes take turns, so that all of them meet
 * the same disk.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 25);
const AT_ONCE = [1, 10, 200] as const;
const WARM_UP_ROUNDS = 3;

const log = pino({ level: "silent" });
const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
await chmod(folder, 0o711);
const server = await openEmbeddedDatabase({ dataDirectory: join(folder, "data") });
const database = connectDatabase(server.url, { log, poolSize: 10 });
await migrateDatabase(database);
const audit = createAuditLog(database, ["a-client-secret"], () => "policy-version");

let written = 0;

async function measure(count: number): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: count }, async () => {
      written += 1;
      await audit.append({
        id: `request-${written % 50}:step-${written}:finished`,
        requestId: `request-${written % 50}`,
        type: "step.finished",
        actor: "U0RILEY",
        at: new Date(),
        data: { step: `step-${written}`, outcome: "verified", attempts: 1, vendorMessage: "done" },
      });
    }),
  );
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN;
}

try {
  const times = new Map<number, number[]>(AT_ONCE.map((count) => [count, []]));
  for (let round = 1; round <= WARM_UP_ROUNDS + ROUNDS; round += 1)
    for (const count of AT_ONCE) {
      const time = await measure(count);
      if (round > WARM_UP_ROUNDS) times.get(count)?.push(time);
    }
  for (const [count, values] of times)
    console.log(
      `${count} at once: median ${quantile(values, 0.5).toFixed(2)} ms, best ${Math.min(...values).toFixed(2)} ms, ninth tenth ${quantile(values, 0.9).toFixed(2)} ms`,
    );
  const verification = await verifyChain(database);
  if (!verification.ok || verification.rows !== written) throw new Error("The chain is not whole.");
} finally {
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
