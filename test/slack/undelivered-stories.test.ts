import { afterAll, beforeAll, expect, test } from "vitest";
import { undeliveredStories } from "../../src/slack/undelivered-stories.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

test("150 stories that an archived channel does not take hide no new one", async () => {
  const { database } = fresh;
  await database.query("alter table deadbolt.story drop constraint if exists story_request_id_fkey");
  await database.query(
    "insert into deadbolt.story (request_id, wanted) select 'V0STUCK' || n, n from generate_series(1, 150) n",
  );
  await database.query("insert into deadbolt.story (request_id, wanted) values ('V0NEW', 151)");
  const stuck = Array.from({ length: 150 }, (_, index) => `V0STUCK${index + 1}`);
  expect(await undeliveredStories(database)).not.toContain("V0NEW");
  expect(await undeliveredStories(database, stuck)).toEqual(["V0NEW"]);
});
