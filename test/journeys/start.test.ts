import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basicEnvironment, freePort, PROJECT, startAppProcess } from "../../playground/app-process.ts";
import { startCompany, type Company } from "../../playground/company.ts";
import { runToExit } from "./world/run-to-exit.ts";
import { eventually } from "./world/world.ts";

let folder: string;
let company: Company;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deadbolt-start-"));
  // When root runs the tests, the embedded Postgres runs as another user, who must pass through.
  await chmod(folder, 0o711);
  company = await startCompany({ rateLimits: false });
  settings = {
    ...company.environment,
    DATA_DIR: join(folder, "data"),
    POLICY_FILE: "playground/policy.yml",
  };
});
afterAll(async () => {
  await company.close();
  await rm(folder, { recursive: true, force: true });
});

async function policyFile(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

test.concurrent("half configured, it names everything that is missing at once, and no value", async () => {
  const { code, output } = await runToExit({
    SLACK_BOT_TOKEN: "xoxb-canary-0123456789",
    ZOOM_CLIENT_SECRET: "canary-zoom-secret",
    CLOUDFLARE_API_TOKEN: "canary-cloudflare-token",
  });
  expect(code).toBe(78);
  for (const name of [
    "SLACK_SIGNING_SECRET",
    "DEADBOLT_CHANNEL",
    "ZOOM_ACCOUNT_ID",
    "ZOOM_CLIENT_ID",
    "CLOUDFLARE_ACCOUNT_ID",
  ])
    expect(output).toContain(`${name} is missing`);
  expect(output).not.toContain("canary");
});

test.concurrent("in production with nothing configured nothing pretend starts", async () => {
  const { code, output } = await runToExit({ NODE_ENV: "production" });
  expect(code).toBe(78);
  expect(output).toContain("SLACK_BOT_TOKEN is missing");
  expect(output.toLowerCase()).not.toContain("playground");
});

test.concurrent("a vendor's address without encryption is refused unless it is loopback", async () => {
  const { code, output } = await runToExit({ ...settings, ZOOM_API_URL: "http://api.zoom.example/v2" });
  expect(code).toBe(78);
  expect(output).toContain("ZOOM_API_URL must be https");
});

test.concurrent("a secret given twice, or in a file that cannot be read, is a fault of the settings", async () => {
  const { code, output } = await runToExit({
    ...settings,
    SLACK_BOT_TOKEN_FILE: join(folder, "nowhere"),
    CLOUDFLARE_API_TOKEN: "",
    CLOUDFLARE_API_TOKEN_FILE: join(folder, "nowhere"),
  });
  expect(code).toBe(78);
  expect(output).toContain("SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set");
  expect(output).toContain("CLOUDFLARE_API_TOKEN_FILE cannot be read (ENOENT)");
  expect(output).not.toContain(company.slack.credentials.botToken);
});

test.concurrent("a faulty policy is named with its file and line", async () => {
  const file = await policyFile("faulty.yml", "version: 1\nroles: {}\napprovers: []\n");
  const { code, output } = await runToExit({ ...settings, POLICY_FILE: file });
  expect(code).toBe(78);
  expect(output).toContain(`${file}:3`);
});

test.concurrent("a policy whose own tests fail does not start", async () => {
  const good = await readFile("playground/policy.yml", "utf8");
  const failing =
    "tests:\n  - who: U0ANYBODY\n    asks: { playbook: zoom-offboard, target: U0SOMEBODY }\n    expect: allowed\n";
  const file = await policyFile("failing.yml", `${good}${failing}`);
  const { code, output } = await runToExit({ ...settings, POLICY_FILE: file });
  expect(code).toBe(78);
  expect(output).toContain(`${file}: tests[0]`);
  expect(output).toContain("expects allowed");
});

test.concurrent("a data directory that cannot be written is named at once", async () => {
  const file = await policyFile("in-the-way", "");
  const { code, output } = await runToExit({ ...settings, DATA_DIR: join(file, "data") });
  expect(code).toBe(78);
  expect(output).toContain("DATA_DIR cannot be written (ENOTDIR)");
});

async function postgresRuns(): Promise<boolean> {
  return access(join(settings["DATA_DIR"] ?? "", "postgres", "postmaster.pid")).then(
    () => true,
    () => false,
  );
}

test("a second start on the same data is refused, and the first one serves on", async () => {
  const first = await startAppProcess(settings);
  const { code, output } = await runToExit({ ...settings, PORT: "0" });
  expect(code).toBe(75);
  expect(output).toContain(`another Deadbolt (pid ${first.process.pid}) is using`);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);

  expect(await first.stop()).toBe(0);
  expect(await postgresRuns()).toBe(false);
});

test("a port that is taken is named, and no database is left running", async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  const { code, output } = await runToExit({ ...settings, PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(output).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  expect(await postgresRuns()).toBe(false);
});

test("a start that Slack refuses leaves no database running", async () => {
  const { code, output } = await runToExit({ ...settings, SLACK_BOT_TOKEN: "xoxb-canary-of-another-app" });
  expect(code).toBe(1);
  expect(output).toContain("did not accept SLACK_BOT_TOKEN: invalid_auth");
  expect(output).not.toContain("canary");
  expect(await postgresRuns()).toBe(false);
});

test("npm start hands on that it is asked to stop, and before it is up no database is left running", async () => {
  const child = spawn("npm", ["start"], {
    cwd: PROJECT,
    env: { ...basicEnvironment(), ...settings, PORT: String(await freePort()) },
    stdio: "ignore",
    // What it leaves behind must not be ended with this test's own group.
    detached: true,
  });
  const exited = once(child, "exit");
  await eventually("the start of its database", postgresRuns);
  child.kill("SIGTERM");
  await exited;
  await eventually("the end of its database", async () => !(await postgresRuns()));
  expect(await postgresRuns()).toBe(false);
});

test("secrets may come from files", async () => {
  const files: Record<string, string> = {};
  for (const name of [
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "ZOOM_CLIENT_SECRET",
    "CLOUDFLARE_API_TOKEN",
  ]) {
    files[name] = "";
    files[`${name}_FILE`] = await policyFile(name, `${settings[name]}\n`);
  }
  const app = await startAppProcess({ ...settings, ...files });
  company.slack.requestUrl = app.requestUrl;
  const delivery = await company.slack.as("U0RILEY").command("/zoom-offboard", "@sam");
  expect(delivery.status).toBe(200);
  expect(await app.stop()).toBe(0);
});
