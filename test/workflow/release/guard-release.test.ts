import { afterAll, beforeAll, expect, test } from "vitest";
import { planOf } from "../../../src/plan/plan.ts";
import { guardRelease } from "../../../src/workflow/release/guard-release.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { createPretendContext, vendorFailure } from "../pretend-context.ts";
import { SAM } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

/** A release that gives a licence back, and then the role, which the licence could change. */
const plan = planOf({
  playbook: "release",
  title: "Release from lockout",
  target: SAM,
  fields: { lockouts: ["V0LOCKOUT"], restores: [], lost: [], reason: "All clear" },
  steps: [
    {
      id: "licence",
      title: "Licence",
      operation: "zoom.user.update",
      input: { userId: "zoomSam", changes: { type: 2 } },
      after: [],
      requires: [],
      changes: [{ title: "Zoom licence", before: "1", after: "2" }],
    },
    {
      id: "role",
      title: "Role",
      operation: "zoom.role.assign",
      input: { userId: "zoomSam", roleId: "admin" },
      after: ["licence"],
      requires: [],
      changes: [{ title: "Zoom role", before: "Member", after: "Admin" }],
    },
  ],
});
const shown = (type: number, email: string | undefined = SAM.zoomEmail) => ({ id: "zoomSam", email, type });

/** What the guard of the licence's step says and keeps, where Zoom shows these answers in turn. */
async function guarded(answers: readonly unknown[], id = "licence") {
  const { context, snapshots } = createPretendContext({ "zoom.user.get": answers });
  const [step] = plan.steps.filter((one) => one.id === id);
  if (step === undefined) throw new Error("no such step");
  const guard = guardRelease(
    { database: fresh.database, step: context },
    { requestId: "V0RELEASE", plan, round: 0, step },
  );
  const answer = await guard?.stillSo();
  await guard?.ended();
  return { answer, snapshots };
}

test("what a step that was sent has changed is the release's own doing", async () => {
  const { answer, snapshots } = await guarded([shown(1), shown(2)]);
  expect(answer?.kind).toBe("send");
  expect(snapshots).toEqual([{ from: { user: shown(1) }, to: { user: shown(2) } }]);
});

test.each([
  ["it was so already", [shown(2), shown(4)]],
  ["somebody had changed it", [shown(4), shown(2)]],
  ["the id is somebody else's", [shown(1, "other@northwind.example"), shown(2)]],
  ["it could not be looked at", [vendorFailure("connection"), shown(2)]],
])("what changes while a step is not sent, because %s, is somebody else's doing", async (_why, answers) => {
  const { answer, snapshots } = await guarded(answers);
  expect(answer?.kind).toBe("ended");
  expect(snapshots).toEqual([]);
});

test("nothing is kept where no step comes after, or where Zoom does not show what became of it", async () => {
  expect((await guarded([shown(1), shown(2)], "role")).snapshots).toEqual([]);
  expect((await guarded([shown(1), vendorFailure("connection")])).snapshots).toEqual([]);
});
