import { afterAll, beforeAll, expect, test } from "vitest";
import type { Request } from "../../../src/request/request.ts";
import { findRequest, insertRequest, putBack } from "../../../src/request/store.ts";
import { createLanes } from "../../../src/workflow/run/priority-lanes.ts";
import { createRunActions, type RunActionsContext } from "../../../src/workflow/run/run-actions.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { sampleRequest } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const at = new Date(Date.UTC(2026, 5, 1, 12));
let made = 0;
async function approved(): Promise<Request> {
  made += 1;
  const request = sampleRequest(at, { id: `V0RUN${made}` });
  await insertRequest(fresh.database, request);
  return request;
}

/** No step of a run is done here; of snapshots there are none. */
const STEP = {
  snapshots: { fresh: async () => [] },
  events: async () => [],
} as unknown as RunActionsContext["step"];

function actions(checked: Request[], mayStart = true) {
  return createRunActions({
    database: fresh.database,
    audit: async () => true,
    mayStart: async (request) => {
      checked.push(request);
      return mayStart;
    },
    suspend: async () => [],
    publish: () => undefined,
    lanes: createLanes(),
    isAlive: async () => true,
    watchMilliseconds: 180_000,
    now: () => at,
    step: STEP,
    loadedPolicy: () => ({ policy: {} }),
  });
}

test("only the latest try of a request runs it: one that a crash brought back is over", async () => {
  const { id } = await approved();
  await putBack(fresh.database, id, "approved");
  const checked: Request[] = [];
  const run = actions(checked);
  expect(await run.begin({ requestId: id, attempt: 0 })).toBeUndefined();
  expect(checked).toEqual([]);
  await run.fault({ requestId: id, attempt: 0 }, new Error("It broke down."));
  expect((await findRequest(fresh.database, id))?.state).toBe("approved");

  expect(await run.begin({ requestId: id, attempt: 1 })).toMatchObject({ playbook: "zoom-offboard" });
  expect((await findRequest(fresh.database, id))?.state).toBe("running");
  // Resumed after a crash, the same try goes on, and the one before still does not.
  expect(await run.begin({ requestId: id, attempt: 1 })).toBeDefined();
  expect(await run.begin({ requestId: id, attempt: 0 })).toBeUndefined();
  expect(checked).toHaveLength(1);
});

test("what was cancelled between the check and the start does not start", async () => {
  const { id } = await approved();
  const run = createRunActions({
    database: fresh.database,
    audit: async () => true,
    mayStart: async () => {
      await fresh.database.query("update deadbolt.request set state = 'cancelled' where id = $1", [id]);
      return true;
    },
    suspend: async () => [],
    publish: () => undefined,
    lanes: createLanes(),
    isAlive: async () => true,
    watchMilliseconds: 180_000,
    now: () => at,
    step: STEP,
    loadedPolicy: () => ({ policy: {} }),
  });
  expect(await run.begin({ requestId: id, attempt: 0 })).toBeUndefined();
  expect((await findRequest(fresh.database, id))?.state).toBe("cancelled");
});
