import { expect, test } from "vitest";
import { createFormMemory } from "../../../src/workflow/lockout/form-memory.ts";

const FORM = { viewId: "V1", personId: "U0SASHA", target: { slackId: "U0SAM" } };
const SAM = { id: "z-sam", email: "sam@northwind.example", status: "active" };
const ACCESS = [{ id: "a-sam", email: SAM.email }];
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 12) + seconds * 1_000);

function drawn() {
  const memory = createFormMemory();
  const sight = memory.begin(FORM);
  sight.noteZoomUser(SAM.email, SAM, at(0));
  sight.noteCloudflareUsers(SAM.email, ACCESS, at(0));
  sight.noteSeen({ stepId: "snapshot", operation: "zoom.user.get", output: SAM, at: at(0) });
  return memory;
}

test("what a form saw holds for its press, for a minute and for that address only", () => {
  const sight = drawn().find(FORM);
  expect(sight?.zoomUser(SAM.email, at(60))).toEqual(SAM);
  expect(sight?.cloudflareUsers(SAM.email, at(60))).toEqual(ACCESS);
  expect(sight?.seen("snapshot", at(60))?.output).toEqual(SAM);
  expect(sight?.zoomUser("eve@northwind.example", at(1))).toBeUndefined();
  // A clock that was set back says nothing of how old it is.
  for (const late of [at(61), at(-1)]) {
    expect(sight?.zoomUser(SAM.email, late)).toBeUndefined();
    expect(sight?.cloudflareUsers(SAM.email, late)).toBeUndefined();
    expect(sight?.seen("snapshot", late)).toBeUndefined();
  }
});

test.each([
  ["another form", { viewId: "V2" }],
  ["another presser", { personId: "U0EVE" }],
  ["another person", { target: { slackId: "U0EVE" } }],
  ["another address of theirs", { target: { slackId: "U0SAM", email: "x@northwind.example" } }],
])("%s sees nothing of it", (_what, other) => {
  expect(drawn().find({ ...FORM, ...other })).toBeUndefined();
});

test("that nobody was found is asked again, and a form that is drawn again forgets what it saw", () => {
  const memory = drawn();
  memory.find(FORM)?.noteCloudflareUsers("new@northwind.example", [], at(0));
  expect(memory.find(FORM)?.cloudflareUsers("new@northwind.example", at(0))).toBeUndefined();
  memory.begin(FORM);
  expect(memory.find(FORM)?.zoomUser(SAM.email, at(0))).toBeUndefined();
});
