import { afterAll, beforeAll, expect, test } from "vitest";
import { addressesOf, rememberAddress } from "../../src/request/address-store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

const DAY = 24 * 60 * 60_000;
const start = new Date(Date.UTC(2026, 5, 1, 12));
const after = (days: number) => new Date(start.getTime() + days * DAY);

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

test("every address that an account had within ninety days is known, however often it changed", async () => {
  const { database } = fresh;
  const see = async (email: string, at: Date) =>
    rememberAddress(database, { slackId: "U0RILEY", email, at }, await addressesOf(database, "U0RILEY", at));
  await see("First@Example.com", start);
  await see("second@example.com", after(1));
  await see("third@example.com", after(80));
  await see("second@example.com", after(81));
  const emailsAt = async (days: number) =>
    (await addressesOf(database, "U0RILEY", after(days))).map(({ email }) => email);
  expect(await emailsAt(82)).toEqual(["first@example.com", "second@example.com", "third@example.com"]);
  expect(await emailsAt(91)).toEqual(["second@example.com", "third@example.com"]);
  expect(await emailsAt(172)).toEqual([]);
  expect(await addressesOf(database, "U0SASHA", start)).toEqual([]);
});
