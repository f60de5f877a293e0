import { expect, test } from "vitest";
import { parsePostmasterFile } from "../../src/database/postmaster.ts";

test("a pid file is read for pid, port and status", () => {
  const content = "4711\n/data/postgres\n1700000000\n45123\n\n127.0.0.1\n  1048 3\nready   \n";
  expect(parsePostmasterFile(content)).toEqual({ pid: 4711, port: 45_123, status: "ready" });
});

test("a pid file that is still being written has no port and no status yet", () => {
  expect(parsePostmasterFile("4711\n/data/postgres\n1700000000\n")).toEqual({
    pid: 4711,
    port: 0,
    status: "",
  });
});

test.each(["", "\n", "none\n", "-1\n", "0\n", "1.5\n"])("%j is no pid file", (content) => {
  expect(parsePostmasterFile(content)).toBeUndefined();
});
