import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuditLog } from "../../src/audit/log.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { holdsStart } from "../../src/database/backup.ts";
import { connectDatabase } from "../../src/database/connect.ts";
import { openEmbeddedDatabase } from "../../src/database/embedded.ts";
import { migrateDatabase } from "../../src/database/migrate.ts";

const log = pino({ level: "silent" });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deadbolt-backup-"));
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const event = (number: number) => ({
  id: `backup:${number}`,
  requestId: null,
  type: "factor.refused" as const,
  actor: "U0SAM",
  at: new Date(Date.UTC(2026, 5, 1)),
  data: { reason: "wrong" },
});

test("a backup that is taken while events are written loses nothing from before it, and its chain is whole", async () => {
  const environment = { DATA_DIR: join(folder, "data") };
  const backup = join(folder, "backup");
  const embedded = await openEmbeddedDatabase({ dataDirectory: environment.DATA_DIR });
  const database = connectDatabase(embedded.url, { log });
  await migrateDatabase(database);
  const audit = createAuditLog(database, []);
  let written = 0;
  const append = async () => {
    written += 1;
    await audit.append(event(written));
  };
  for (let round = 0; round < 50; round += 1) await append();
  const before = written;
  const ending = new AbortController();
  const writing = (async () => {
    while (!ending.signal.aborted) await append();
  })();
  const made = await runCommand(["backup", "create", backup], environment);
  ending.abort();
  await writing;
  expect(made).toMatchObject({ code: 0, error: "" });
  expect(written).toBeGreaterThan(before);
  expect(await runCommand(["backup", "create", backup], environment)).toMatchObject({ code: 1 });
  expect(await runCommand(["backup", "restore", backup], environment)).toMatchObject({
    code: 1,
    error: expect.stringContaining("Nothing was changed"),
  });
  await database.close();
  await embedded.stop();
  await rm(environment.DATA_DIR, { recursive: true });

  expect(await runCommand(["backup", "restore", backup], environment)).toMatchObject({ code: 0, error: "" });
  expect(await runCommand(["audit", "verify"], environment)).toMatchObject({ code: 0 });
  const again = await openEmbeddedDatabase({ dataDirectory: environment.DATA_DIR });
  const restored = connectDatabase(again.url, { log });
  const { rows } = await restored.query<{ count: number }>(
    "select count(*) as count from deadbolt.audit_event",
  );
  await restored.close();
  await again.stop();
  expect(rows[0]?.count).toBeGreaterThanOrEqual(before);
  expect(rows[0]?.count).toBeLessThanOrEqual(written);
});

test("a database of one's own is backed up by its own programs, and one folder is named", async () => {
  const own = { DATABASE_URL: "postgresql://deadbolt@127.0.0.1:5432/deadbolt" };
  expect(await runCommand(["backup", "create", "x"], own)).toMatchObject({
    code: 64,
    error: expect.stringContaining("pg_dump"),
  });
  expect(await runCommand(["backup", "restore"], {})).toMatchObject({ code: 64 });
});

test("a journal that no longer begins where the backup did makes no backup", () => {
  const label =
    "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nCHECKPOINT LOCATION: 0/2000080\nBACKUP METHOD: streamed\n";
  expect(holdsStart(label, ["000000010000000000000002", "000000010000000000000003"])).toBe(true);
  expect(holdsStart(label, ["000000010000000000000003", "archive_status"])).toBe(false);
  expect(holdsStart("", ["000000010000000000000002"])).toBe(false);
});
