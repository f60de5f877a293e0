import { afterAll, beforeAll, expect, test } from "vitest";
import { approve, ask, ended, eventually, startWorld, threadOf, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test("a run that the engine gave up on is ended and told, never left running for ever", async () => {
  const { requestId } = await ask(world);
  // The power fails in the middle of the run, and when it is back the engine has the run as broken.
  world.company.zoom.addFault({ kind: "hang" });
  await approve(world, requestId, "approver");
  await eventually("the run", async () => {
    const { rows } = await world.database.query<{ state: string }>(
      "select state from deadbolt.request where id = $1",
      [requestId],
    );
    return rows[0]?.state === "running";
  });
  await world.app().kill();
  await world.database.query("update dbos.workflow_status set status = 'ERROR' where workflow_uuid = $1", [
    requestId,
  ]);
  world.company.zoom.clearFaults();
  await world.restart();
  expect(await ended(world, requestId)).toBe("failed");
  expect(threadOf(world, requestId).at(-1)).toContain("The run stopped by a fault of this app");
});
