import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseFindings } from "../../src/checks/database.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

const log = pino({ level: "silent" });
let fresh: FreshDatabase;
let empty: FreshDatabase;
const role = `visitor_${process.pid}`;
beforeAll(async () => {
  [fresh, empty] = await Promise.all([createFreshDatabase(), createFreshDatabase({ migrated: false })]);
  await empty.database.query(`create role ${role} login password 'visiting-only'`);
});
afterAll(async () => {
  await empty.database.query(`drop role ${role}`);
  await Promise.all([fresh.drop(), empty.drop()]);
});

const changed = (url: string, change: (url: URL) => void) => {
  const address = new URL(url);
  change(address);
  return address.href;
};

test("a database with our schema and one that waits for it are sound", async () => {
  expect(await databaseFindings(fresh.url, log)).toEqual([]);
  expect(await databaseFindings(empty.url, log)).toEqual([]);
});

test.each([
  [
    "a wrong password",
    (url: URL) => (url.password = "wrong"),
    /refuses the user or the password/,
    /password/,
  ],
  ["another name", (url: URL) => (url.pathname = "/no_such_database"), /no database of this name/, /CREATE/],
  ["nobody who listens", (url: URL) => (url.port = "1"), /does not answer \(ECONNREFUSED\)/, /port/],
])("%s is one fault", async (_, change, fault, mend) => {
  const findings = await databaseFindings(changed(fresh.url, change), log);
  expect(findings).toMatchObject([{ severity: "fault", part: "database", where: "DATABASE_URL" }]);
  expect(findings[0]?.fault).toMatch(fault);
  expect(findings[0]?.mend).toMatch(mend);
});

test("a user who may not create the schemas is told the statement that lets them", async () => {
  const url = changed(empty.url, (address) => {
    address.username = role;
    address.password = "visiting-only";
  });
  const [found, ...others] = await databaseFindings(url, log);
  expect(others).toEqual([]);
  expect(found?.fault).toContain(`${role} may not create the schema deadbolt and dbos`);
  expect(found?.mend).toContain(`GRANT CREATE ON DATABASE`);
});

test("a schema of a newer version is named, and nothing is changed", async () => {
  await fresh.database.query(
    "insert into deadbolt.migration (name, checksum) values ('9999-later.sql', 'x')",
  );
  const [found] = await databaseFindings(fresh.url, log);
  expect(found?.fault).toContain("9999-later.sql");
  expect(found?.fault).toContain("newer");
  await fresh.database.query("delete from deadbolt.migration where name = '9999-later.sql'");
});
