import { expect, test } from "vitest";
import { stateOfValue, type ValueNow } from "../../../src/workflow/release/values.ts";

const licence = (now: string | undefined, more: Partial<ValueNow> = {}): ValueNow => ({
  key: "",
  title: "Zoom licence",
  before: "1",
  after: "2",
  now,
  ...more,
});

test("a value is as it should be, as it was, or somebody else's", () => {
  expect(stateOfValue(licence("2"), [])).toBe("done");
  expect(stateOfValue(licence("1"), [])).toBe("as_planned");
  expect(stateOfValue(licence("4"), [])).toBe("changed");
  expect(stateOfValue(licence(undefined), [])).toBe("changed");
});

test("what the same release has changed of it is nobody else's doing, and only that", () => {
  expect(stateOfValue(licence("4"), [{ from: "1", to: "4" }])).toBe("as_planned");
  expect(
    stateOfValue(licence("99"), [
      { from: "1", to: "4" },
      { from: "4", to: "99" },
    ]),
  ).toBe("as_planned");
  // Someone had set it before our step: it was that way before and after.
  expect(stateOfValue(licence("4"), [{ from: "4", to: "4" }])).toBe("changed");
  expect(stateOfValue(licence("99"), [{ from: "4", to: "99" }])).toBe("changed");
});

test("what could not be seen when the plan was made is given back as it was approved", () => {
  expect(stateOfValue(licence("4", { before: undefined, isBeforeUnknown: true }), [])).toBe("as_planned");
});

test("a thing of the same name is not the thing", () => {
  expect(stateOfValue(licence("2", { before: "2", isDone: false }), [])).toBe("as_planned");
});
