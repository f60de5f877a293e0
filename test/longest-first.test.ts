import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../playground/app-process.ts";
import { LONGEST } from "./longest-first.ts";

test("what starts first is there, and in the order in which it is looked for", () => {
  expect(LONGEST.filter((part) => !existsSync(join(PROJECT, part)))).toEqual([]);
  const hidden = LONGEST.filter((part, index) =>
    LONGEST.slice(0, index).some((wider) => part.startsWith(wider)),
  );
  expect(hidden).toEqual([]);
});
