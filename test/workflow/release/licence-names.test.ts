import { expect, test } from "vitest";
import { licenceName, zoomValues } from "../../../src/workflow/release/zoom-values.ts";

const step = (before: string, after: string) => ({
  operation: "zoom.user.update",
  input: { userId: "z", changes: { type: 2 } },
  changes: [{ title: "Zoom licence", before, after }],
});

test("licences and plans have their names, and a number that nobody knows stays a number", () => {
  expect(
    ["type", "zoom_one_type", "type"].map((field, index) => licenceName(field, [2, 16, 77][index])),
  ).toEqual(["Licensed", "Workplace Business Plus, US/CA Unlimited", "77"]);
});

test("what is there now is compared in the words of the plan, by names and, in older plans, by numbers", () => {
  const nowOf = (before: string, after: string) =>
    zoomValues(step(before, after), { user: { type: 1 } })?.values[0]?.now;
  expect(nowOf("Basic", "Licensed")).toBe("Basic");
  expect(nowOf("1", "2")).toBe("1");
});
