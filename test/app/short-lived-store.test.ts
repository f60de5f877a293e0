import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSharedStore } from "../../src/app/short-lived-store.ts";
import type { Config } from "../../src/config.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(() => fresh.drop());

test("an idle connection of the store that is lost ends nothing, and the store goes on", async () => {
  let logged = "";
  const log = pino({}, { write: (line: string) => (logged += line) });
  const store = await createSharedStore({ DATABASE_URL: fresh.url } as Config, "delivery", log);
  if (store === undefined) throw new Error("There is no store.");
  await store.set("seen", true, 60_000);
  expect(await store.get("seen")).toBe(true);
  await fresh.database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  // Unheard, the loss would end this very process.
  await vi.waitFor(() => expect(logged).toContain("A database connection was lost"));
  expect(await store.get("seen")).toBe(true);
  await store.disconnect();
});
