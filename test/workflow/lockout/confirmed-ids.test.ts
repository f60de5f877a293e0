import { expect, test } from "vitest";
import { createConfirmedIds } from "../../../src/workflow/lockout/confirmed-ids.ts";

const SAM = { id: "z-sam", email: "sam@northwind.example" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 12) + seconds * 1_000);

test("an id is confirmed by a read by that id, for a minute and for that address only", () => {
  const ids = createConfirmedIds();
  ids.note(SAM, { id: "z-sam", email: "Sam@northwind.example" }, at(0));
  expect(ids.has(SAM, at(60))).toBe(true);
  expect(ids.has(SAM, at(61))).toBe(false);
  expect(ids.has({ ...SAM, email: "eve@northwind.example" }, at(1))).toBe(false);
  expect(ids.has({ ...SAM, id: "Z-SAM" }, at(1))).toBe(false);
  // A clock that was set back says nothing of how old it is.
  expect(ids.has(SAM, at(-1))).toBe(false);
});

test.each([
  ["another id", { id: "z-eve", email: SAM.email }],
  ["another address", { id: SAM.id, email: "eve@northwind.example" }],
  ["no address", { id: SAM.id }],
  ["nothing", undefined],
])("an answer with %s confirms nothing", (_what, answer) => {
  const ids = createConfirmedIds();
  ids.note(SAM, answer, at(0));
  expect(ids.has(SAM, at(0))).toBe(false);
});
