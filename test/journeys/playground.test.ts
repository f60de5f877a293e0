import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PROJECT } from "../../playground/app-process.ts";
import { eventually } from "./world.ts";

const run = promisify(execFile);
/** Nothing of Slack, Zoom or Cloudflare is configured. */
const environment = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", NO_COLOR: "1" };

test("with nothing configured and --once, one whole journey plays in the terminal and ends with 0", async () => {
  const { stdout } = await run(process.execPath, ["src/main.ts", "--once"], {
    cwd: PROJECT,
    env: environment,
  });
  const order = [
    "Riley Park types in #offboarding: /zoom-offboard @sam",
    "Reason: Last day today",
    "Waiting for approval",
    "You asked for this yourself, so somebody else has to decide",
    "Alex Moreau presses Approve",
    '/status {"action":"deactivate"} 204',
    "Done. 3 of 5 steps verified",
    "The audit chain is whole",
  ];
  const places = order.map((text) => stdout.indexOf(text));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
});

test("without --once it stays up, obeys what is typed, and ends when it is asked to", async () => {
  const child = spawn(process.execPath, ["src/main.ts"], { cwd: PROJECT, env: environment });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  const ended = once(child, "exit");
  await eventually("the prompt", () => text.includes("You can go on"), 45_000);
  child.stdin.write("offboard dana delete\napprove as noor\nnonsense\noffboard nobody\n");
  await eventually("the warning's request", () => text.includes("Delete the Zoom user for good"), 20_000);
  await eventually(
    "what is still missing",
    () => text.includes("Still missing: 1 more with the role security (approvals[1])"),
    20_000,
  );
  await eventually("the answer to an unknown name", () => text.includes("Nobody is called nobody"), 20_000);
  child.kill("SIGTERM");
  const [code] = (await ended) as [number];
  expect(code).toBe(0);
  expect(text).toContain("Putting everything away");
});
