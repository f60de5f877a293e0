import { spawn, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { mkdtemp, chmod, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, PROJECT, startAppProcess } from "../playground/app-process.ts";
import { startCompany } from "../playground/company.ts";

/**
 * CPU of acknowledging one signed slash command, by Deadbolt and by a bare Bolt app, in turns, in one run. The same
 * bytes but for the trigger go to both; the ratio of the medians is the figure.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 7);
const REQUESTS = Number(process.env["BENCH_REQUESTS"] ?? 3_000);
const AT_ONCE = 8;
const SECRET = "playground-signing-secret";
const TICKS_PER_SECOND = 100;
/** More than this many times what a bare Bolt takes ends with exit code 1. */
const MOST = 1.35;

let sequence = 0;

function signedBody(text: string): { body: string; headers: Record<string, string> } {
  sequence += 1;
  const body = new URLSearchParams({
    token: "unused",
    team_id: "T0DEADBOLT",
    team_domain: "deadbolt",
    channel_id: "C0OFFBOARD",
    channel_name: "offboarding",
    user_id: "U0RILEY",
    user_name: "riley",
    command: "/deadbolt",
    text,
    api_app_id: "A0DEADBOLT",
    is_enterprise_install: "false",
    response_url: "https://hooks.slack.com/commands/T0DEADBOLT/1/x",
    trigger_id: `${sequence}.bench`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
  };
}

function send(agent: Agent, port: number): Promise<string> {
  const { body, headers } = signedBody("help");
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, host: "127.0.0.1", port, path: "/slack/events", method: "POST", headers },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () =>
          answer.statusCode === 200 ? resolve(text) : reject(new Error(`answered ${answer.statusCode}`)),
        );
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** User and system CPU of a process so far, in milliseconds (Linux). */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}

/** Microseconds of CPU for each request. */
async function measure(pid: number, port: number, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const before = await cpuOf(pid);
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await send(agent, port);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const after = await cpuOf(pid);
  agent.destroy();
  return ((after - before) * 1_000) / requests;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function startBare(text: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(PROJECT, "bench", "bare-bolt.ts"), String(port), text], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return { child, port };
}

const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
await chmod(folder, 0o711);
const company = await startCompany();
const app = await startAppProcess({
  ...company.environment,
  DATA_DIR: join(folder, "data"),
  POLICY_FILE: "playground/policy.yml",
  LOG_LEVEL: "warn",
});
const appPort = Number(new URL(app.url).port);
const agent = new Agent();
const { text } = JSON.parse(await send(agent, appPort)) as { text: string };
agent.destroy();
const bare = await startBare(text);

const figures: { app: number; bare: number }[] = [];
// Both are warmed up, so that the compiler's work is not counted.
await measure(bare.child.pid as number, bare.port, REQUESTS);
await measure(app.process.pid as number, appPort, REQUESTS);
for (let round = 1; round <= ROUNDS; round += 1) {
  const figure = {
    bare: await measure(bare.child.pid as number, bare.port, REQUESTS),
    app: await measure(app.process.pid as number, appPort, REQUESTS),
  };
  figures.push(figure);
  console.log(
    `round ${round}: bare Bolt ${figure.bare.toFixed(0)} µs, Deadbolt ${figure.app.toFixed(0)} µs, ratio ${(figure.app / figure.bare).toFixed(2)}`,
  );
}
const [bareMedian, appMedian] = [median(figures.map((f) => f.bare)), median(figures.map((f) => f.app))];
console.log(
  `median of ${ROUNDS} rounds of ${REQUESTS}: bare Bolt ${bareMedian.toFixed(0)} µs, Deadbolt ${appMedian.toFixed(0)} µs, ratio ${(appMedian / bareMedian).toFixed(2)} (at most ${MOST})`,
);
bare.child.kill();
await app.stop();
await company.close();
await rm(folder, { recursive: true, force: true });
process.exit(appMedian / bareMedian <= MOST ? 0 : 1);
