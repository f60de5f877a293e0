import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify, styleText } from "node:util";
import { startAppProcess, PROJECT } from "./app-process.ts";
import { startCompany } from "./company.ts";
import { playJourney } from "./terminal/journey.ts";
import { startPrompt } from "./terminal/prompt.ts";
import { watchCompany } from "./terminal/watch.ts";

const run = promisify(execFile);
const isOnce = process.argv.includes("--once");
const say = (text: string) => void process.stdout.write(`${text}\n`);

const asked = Promise.withResolvers<undefined>();
let signals = 0;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    asked.resolve(undefined);
  });

say(styleText("bold", "Deadbolt's playground."));
say(
  "Slack, Zoom and Cloudflare are pretend and on this machine only; the app, its database and its audit are real.",
);
const begun = performance.now();
// Fresh each time: the pretend vendors forget everything when they stop, so an old database would speak of nobody.
const folder = await mkdtemp(join(tmpdir(), "deadbolt-playground-"));
// When root runs this, Postgres runs as another user, who must pass through.
await chmod(folder, 0o711);
const dataDirectory = process.env["DATA_DIR"] || join(folder, "data");
const company = await startCompany();
watchCompany(company, say);

let exitCode = 0;
let stopApp: (() => Promise<unknown>) | undefined;
try {
  const app = await startAppProcess({
    ...company.environment,
    DATA_DIR: dataDirectory,
    POLICY_FILE: join(PROJECT, "playground", "policy.yml"),
    LOG_LEVEL: process.env["LOG_LEVEL"] || "warn",
    ...(process.env["PORT"] ? { PORT: process.env["PORT"] } : {}),
  });
  stopApp = () => app.stop();
  company.slack.requestUrl = app.requestUrl;
  app.process.stderr?.pipe(process.stderr);
  say(`Up in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`);

  const verifyAudit = async () => {
    const { stdout } = await run(
      process.execPath,
      [join(PROJECT, "src", "cli", "main.ts"), "audit", "verify"],
      {
        env: { PATH: process.env["PATH"], DATA_DIR: dataDirectory },
      },
    ).catch((error: { stdout?: string }) => ({
      stdout: error.stdout ?? "The audit chain could not be read.",
    }));
    return stdout.trim();
  };
  await Promise.race([playJourney(company, say), asked.promise]);
  if (signals === 0)
    say(`\n${styleText("bold", "npm run deadbolt -- audit verify")}\n${await verifyAudit()}`);
  if (!isOnce && signals === 0) {
    const prompt = startPrompt(company, say, verifyAudit);
    await asked.promise;
    prompt.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exitCode = 1;
}
if (!isOnce) say("Putting everything away.");
await stopApp?.();
await company.close();
await rm(folder, { recursive: true, force: true });
process.exit(exitCode);
