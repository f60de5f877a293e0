import { afterAll, beforeAll, expect, test } from "vitest";
import { startVendors, type Vendors } from "./lockout-run.ts";

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors();
  vendors.zoom.deactivationTakesMeetings = true;
});
afterAll(async () => {
  await vendors.close();
});

test("a live meeting is ended although Zoom lists and ends none once the user is inactive, and that proves nothing about others", async () => {
  let lockedOut;
  let taken;
  do {
    taken = vendors.add();
    lockedOut = await vendors.lockOut(taken);
  } while (lockedOut.isDisturbed);
  const { verdict, events } = lockedOut;
  const outcomes = vendors.zoom.calls
    .filter(({ request: { method, path } }) => method === "PUT" && path.includes(String(taken.meetingId)))
    .map(({ outcome }) => outcome);
  expect(outcomes).toMatchObject([{ status: 204 }]);
  expect(verdict.doors.find(({ id }) => id === "zoom-meetings")).toMatchObject({
    state: "closed",
    isProven: false,
  });
  const step = events.find((event) => event.type === "step.finished" && event.data.stepId === "end-meetings");
  expect(step?.data).toMatchObject({ outcome: "accepted" });
});
