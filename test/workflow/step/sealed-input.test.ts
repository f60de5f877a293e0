import { expect, test } from "vitest";
import { findOperation } from "../../../src/catalogue/registry.ts";
import { createSealer } from "../../../src/connectors/sealed-text.ts";
import { openInput, sealInput } from "../../../src/workflow/step/sealed-input.ts";

const sealer = createSealer("a secret that is long and random", "kept input");
const operation = findOperation("zoom.user.updatePassword");
const entered = (password: string) => sealInput(operation, { userId: "zoomSam", password }, "step", sealer);

test("what is opened is what was sealed, and a plan shows only its digest", () => {
  const { input, kept } = entered("Hunter-2");
  expect(JSON.stringify(input)).not.toContain("Hunter");
  expect(input).toMatchObject({
    userId: "zoomSam",
    password: { kept: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(openInput({ id: "step", input, kept: ["password"] }, kept, sealer)).toEqual({
    userId: "zoomSam",
    password: "Hunter-2",
  });
});

test("a secret that was swapped after the approval is not opened", () => {
  const approved = entered("Hunter-2");
  const step = { id: "step", input: approved.input, kept: ["password"] };
  for (const swapped of [entered("Hunter-3"), entered("Hunter-2")])
    expect(() => openInput(step, swapped.kept, sealer)).toThrow("not what was approved");
});

test("a secret of another step or field, or none at all, is not opened", () => {
  const { input, kept } = entered("Hunter-2");
  const step = { id: "step", input, kept: ["password"] };
  const others = [
    [],
    kept.map((row) => ({ ...row, stepId: "other" })),
    kept.map((row) => ({ ...row, path: "other" })),
  ];
  for (const rows of others) expect(() => openInput(step, rows, sealer)).toThrow("no longer kept");
  const other = createSealer("another secret, as long and random", "kept input");
  expect(() => openInput(step, kept, other)).toThrow("another Zoom client secret");
});
