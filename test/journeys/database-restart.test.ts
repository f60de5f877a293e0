import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyChain } from "../../src/audit/verify.ts";
import { createDatabaseDoor, type DatabaseDoor } from "../database-door.ts";
import {
  approve,
  ask,
  ended,
  eventsOf,
  eventually,
  noticesTo,
  outcomesOf,
  startWorld,
  type World,
} from "./world/world.ts";
import { PEOPLE } from "../../playground/company.ts";

let world: World;
let door: DatabaseDoor;
beforeAll(async () => {
  world = await startWorld();
  await world.app().stop();
  door = await createDatabaseDoor(world.databaseUrl);
  await world.restart({ DATABASE_URL: door.url });
});
afterAll(async () => {
  await world.close();
  await door.shut().catch(() => undefined);
});

const ready = async () => {
  const answer = await fetch(`${world.app().url}/readyz`);
  return { status: answer.status, text: await answer.text() };
};

/** What the app has told someone by now, in private or by the answer to their command. */
const told = () => JSON.stringify([noticesTo(world, "requester"), world.company.slack.notices]);

test("the database restarts in the middle of a run: it waits, says so, and goes on by itself within seconds", async () => {
  const pid = world.app().process.pid;
  const { requestId } = await ask(world);
  const before = world.company.zoom.calls.length;
  await approve(world, requestId, "approver");
  await eventually("the first call of the run", () => world.company.zoom.calls.length > before);
  await door.shut();

  await eventually("readyz to say it", async () => {
    const { status, text } = await ready();
    return status === 503 && text.includes("database: does not answer");
  });
  await world.company.slack.as(PEOPLE.requester.id).command("/zoom-offboard", "@eve");
  await eventually("a refusal", () => told().includes("This app cannot reach its database"));
  expect(await outcomesOf(world, requestId)).not.toMatchObject({ deactivate: "verified" });

  const opened = performance.now();
  await door.open();
  await eventually("readyz", async () => (await ready()).status === 200);
  expect(performance.now() - opened).toBeLessThan(10_000);
  expect(await ended(world, requestId)).toBe("done");
  expect(world.app().process.pid).toBe(pid);
  expect(world.app().process.exitCode).toBeNull();
  expect(world.log()).toContain("the connection to the database");
  expect(world.log()).toContain("the database is reached again");

  const ids = (await eventsOf(world, requestId)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  const again = await ask(world, { target: "executive" });
  expect(again.requestId).not.toBe(requestId);
});
