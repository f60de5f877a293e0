import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basicEnvironment, PROJECT } from "../../playground/app-process.ts";
import { PEOPLE, REQUESTS_CHANNEL } from "../../playground/company.ts";
import { doAct, openPage } from "../playground-page/page-client.ts";
import { eventually } from "./world/world.ts";

const run = promisify(execFile);
/** Nothing of Slack, Zoom or Cloudflare is configured. */
const environment = { ...basicEnvironment(), NO_COLOR: "1" };

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

describe("without --once", () => {
  let child: ChildProcess;
  let text = "";
  beforeAll(async () => {
    child = spawn(process.execPath, ["src/main.ts"], { cwd: PROJECT, env: environment });
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    await eventually("the prompt", () => text.includes("Open the address in a browser"), 45_000);
  });
  afterAll(() => void child.kill("SIGKILL"));

  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";

  test("one address is told, and all who work there wait untouched for whoever opens it", async () => {
    expect(text.split("\n")[0]).toBe(`Deadbolt's playground: ${address()}`);
    expect(text.match(/http:/g)).toHaveLength(1);
    const page = await openPage(address(), PEOPLE.requester.id);
    const { zoom, views, appIsUp } = page.snapshot();
    page.close();
    const statuses = new Map(zoom.map(({ email, status }) => [email, status]));
    expect(statuses.get("sam@northwind.example")).toBe("active");
    expect(views).toEqual([]);
    expect(appIsUp).toBe(true);
  });

  test("it obeys what is typed, and the page shows what was broken at the terminal", async () => {
    const page = await openPage(address(), PEOPLE.requester.id);
    child.stdin?.write("offboard dana delete\napprove as noor\nnonsense\noffboard nobody\nbreak zoom down\n");
    await eventually("the warning's request", () => text.includes("Delete the Zoom user for good"), 20_000);
    await eventually("what is still missing", () => text.includes("Still needed: "), 20_000);
    await eventually("the answer to an unknown name", () => text.includes("Nobody is called nobody"), 20_000);
    await page.see("the fault", ({ faults }) => faults.some(({ place }) => place === "zoom"));
    child.stdin?.write("mend\n");
    await page.see("that it is mended", ({ faults }) => faults.length === 0);
    page.close();
  });

  test("when the app's process is killed the page says so, it is started again, and it answers", async () => {
    const page = await openPage(address(), PEOPLE.security.id);
    const pid = Number(/the app is process (\d+)/.exec(text)?.[1]);
    process.kill(pid, "SIGKILL");
    await page.see("that the app is down", ({ appIsUp }) => !appIsUp);
    await page.see("that the app is up", ({ appIsUp }) => appIsUp);
    expect(text).toContain("The app's process has ended (SIGKILL). Starting it again.");
    const command = {
      kind: "command",
      channel: REQUESTS_CHANNEL,
      command: "/deadbolt",
      text: "help",
    } as const;
    await eventually("an answer of the new process", async () => {
      const { ok } = await doAct(address(), { as: PEOPLE.security.id, ...command });
      return ok;
    });
    await page.see("the help", ({ messages }) => messages.some(({ onlyYou }) => onlyYou));
    page.close();
  });

  test("it ends when it is asked to", async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const [code] = (await ended) as [number];
    expect(code).toBe(0);
    expect(text).toContain("Putting everything away");
    await expect(fetch(address())).rejects.toThrow("fetch failed");
  });
});

test("a playground whose starter was killed ends by itself, and one whose terminal was closed too", async () => {
  const endsAfter = async (signal: "SIGKILL" | "SIGHUP") => {
    let text = "";
    const child = spawn(process.execPath, ["src/main.ts"], { cwd: PROJECT, env: environment });
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    const url = await eventually("the address", () => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0], 45_000);
    await eventually("the app", () => text.includes("Up in"), 45_000);
    child.kill(signal);
    await eventually(
      "the end of its server",
      () =>
        fetch(url).then(
          () => false,
          () => true,
        ),
      20_000,
    );
  };
  await Promise.all([endsAfter("SIGKILL"), endsAfter("SIGHUP")]);
});
