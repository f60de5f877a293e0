import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { PROJECT } from "./app-process.ts";
import { startCompany } from "./company.ts";
import { keepApp, type KeptApp } from "./keep-app.ts";
import { verifyAudit } from "./page-server/audit.ts";
import { listenSomewhere } from "./page-server/listen.ts";
import type { PageServer } from "./page-server/server.ts";
import { playJourney, type Cast } from "./terminal/journey.ts";
import { startPrompt } from "./terminal/prompt.ts";
import { watchCompany } from "./terminal/watch.ts";

/** How often it is looked whether the process that started this one still lives. */
const PARENT_MILLISECONDS = 500;

const isOnce = process.argv.includes("--once");
const say = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (error: unknown) =>
  void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

const CAST: Cast = { requester: "requester", approver: "approver", leaver: "target" };

const asked = Promise.withResolvers<undefined>();
let signals = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    asked.resolve(undefined);
  });

// A closed terminal takes neither output nor the process that waits for this one: then it is over too.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => asked.resolve(undefined));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) asked.resolve(undefined);
}, PARENT_MILLISECONDS).unref();

const begun = performance.now();
// Fresh each time: the pretend vendors forget everything when they stop, so an old database would speak of nobody.
const folder = await mkdtemp(join(tmpdir(), "deadbolt-playground-"));
// When root runs this, Postgres runs as another user, who must pass through.
await chmod(folder, 0o711);
const dataDirectory = process.env["DATA_DIR"] || join(folder, "data");
// One person plays everyone here, faster than people ever click: Slack's limits would refuse what no company meets.
const company = await startCompany({ slackRateLimits: false });

let exitCode = 0;
let page: PageServer | undefined;
let app: KeptApp | undefined;
try {
  if (!isOnce) {
    page = await listenSomewhere(
      { company, auditEnvironment: { DATA_DIR: dataDirectory } },
      process.env["PLAYGROUND_PORT"],
    );
    say(`${styleText("bold", "Deadbolt's playground:")} ${page.url}`);
    page.built.catch(complain);
  } else say(styleText("bold", "Deadbolt's playground."));
  say(
    "Slack, Zoom and Cloudflare are pretend and on this machine only; the app, its database and its audit are real.",
  );
  watchCompany(company, say);
  app = await keepApp({
    environment: {
      ...company.environment,
      DATA_DIR: dataDirectory,
      POLICY_FILE: join(PROJECT, "playground", "policy.yml"),
      // Long enough for a pretend vendor, and short enough to watch one fail.
      READ_BACK_SECONDS: process.env["READ_BACK_SECONDS"] || "10",
      // Soon enough to be watched.
      LOCKOUT_REVOKE_AGAIN_SECONDS: process.env["LOCKOUT_REVOKE_AGAIN_SECONDS"] || "9",
      LOCKOUT_WATCH_SECONDS: process.env["LOCKOUT_WATCH_SECONDS"] || "10",
      LOG_LEVEL: process.env["LOG_LEVEL"] || "warn",
      ...(process.env["PORT"] ? { PORT: process.env["PORT"] } : {}),
    },
    onUp({ requestUrl, process: child }) {
      const isFirst = company.slack.requestUrl === undefined;
      company.slack.requestUrl = requestUrl;
      child.stderr?.pipe(process.stderr);
      const when = isFirst ? `Up in ${((performance.now() - begun) / 1_000).toFixed(1)} s` : "Up again";
      say(`${when}${isOnce ? "" : ` (the app is process ${child.pid})`}.`);
    },
    onDown: say,
  });

  const report = async () => (await verifyAudit({ DATA_DIR: dataDirectory })).text;
  if (page === undefined) {
    await Promise.race([playJourney(company, CAST, say), asked.promise]);
    if (signals === 0) say(`\n${styleText("bold", "npx deadbolt audit verify")}\n${await report()}`);
  } else {
    const prompt = startPrompt({ company, faults: page.faults, say, verifyAudit: report });
    await asked.promise;
    prompt.close();
  }
} catch (error) {
  complain(error);
  exitCode = 1;
}
if (!isOnce) say("Putting everything away.");
await page?.close();
await app?.stop();
await company.close();
await rm(folder, { recursive: true, force: true });
process.exit(exitCode);
