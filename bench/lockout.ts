import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAppProcess } from "../playground/app-process.ts";
import { PEOPLE, startCompany } from "../playground/company.ts";
import { createHandWritten } from "./hand-written.ts";
import { addVictim, journalOf, lastOfWave, percentile, unavoidable, waited } from "./lockout-calls.ts";

/**
 * From the signed button press to the last command of the first wave on the wire, by Deadbolt and by a hand-written
 * script, in turns, in one run. The vendors and Slack take 100 ms ± 30 ms for each answer.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 60);
const WARM_UP = 15;
const latency = () => 70 + Math.random() * 60;

const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
await chmod(folder, 0o711);
const company = await startCompany({ latency, rateLimits: false });
const app = await startAppProcess({
  ...company.environment,
  DATA_DIR: join(folder, "data"),
  POLICY_FILE: "playground/policy.yml",
  LOG_LEVEL: "warn",
  // What comes later must not run into the next round.
  LOCKOUT_REVOKE_AGAIN_SECONDS: "1",
  LOCKOUT_WATCH_SECONDS: "3600",
  // How many lockouts in five minutes are more than Cloudflare takes of one client.
  CLOUDFLARE_RATE_LIMIT: "1000000",
});
company.slack.requestUrl = app.requestUrl;
const sasha = company.slack.as(PEOPLE.security.id);
const handWritten = createHandWritten(company, company.environment);

interface Figure {
  total: number;
  chain: number;
}

async function byDeadbolt(): Promise<Figure> {
  const victim = addVictim(company);
  const known = new Set(company.slack.views.keys());
  await sasha.command("/lockout", `@${victim.name}`);
  const view = await waited(() => [...company.slack.views.values()].find(({ id }) => !known.has(id)));
  // Anyone who presses has looked at the form.
  await waited(() =>
    JSON.stringify(company.slack.views.get(view.id)?.content.blocks).includes("It will hold")
      ? true
      : undefined,
  );
  const begun = performance.now();
  await sasha.submit(view.id);
  const last = await waited(() => lastOfWave(journalOf(company, victim, begun)));
  const journal = journalOf(company, victim, begun);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  return { total: last - begun, chain: unavoidable(journal) };
}

async function byHand(): Promise<Figure> {
  const victim = addVictim(company);
  const begun = performance.now();
  await handWritten(victim, PEOPLE.security.id);
  const journal = journalOf(company, victim, begun);
  return { total: (lastOfWave(journal) ?? Number.NaN) - begun, chain: unavoidable(journal) };
}

const deadbolt: Figure[] = [];
const script: Figure[] = [];
for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
  const figures = [await byDeadbolt(), await byHand()] as const;
  if (round < WARM_UP) continue;
  deadbolt.push(figures[0]);
  script.push(figures[1]);
}

const over = (figures: readonly Figure[]) => figures.map(({ total, chain }) => total - chain);
const totals = (figures: readonly Figure[]) => figures.map(({ total }) => total);
const say = (name: string, values: readonly number[]) =>
  console.log(
    `${name}: median ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms`,
  );
say("Deadbolt, press to last command", totals(deadbolt));
say("script,   press to last command", totals(script));
say("Deadbolt over the unavoidable chain", over(deadbolt));
say("script   over the unavoidable chain", over(script));
const ratio = percentile(totals(deadbolt), 0.95) / percentile(totals(script), 0.95);
const overhead = percentile(over(deadbolt), 0.95);
console.log(
  `${ROUNDS} rounds: p95 over the chain ${overhead.toFixed(0)} ms (at most 60), ratio of p95 ${ratio.toFixed(2)} (at most 1.25), ratio of medians ${(percentile(totals(deadbolt), 0.5) / percentile(totals(script), 0.5)).toFixed(2)}`,
);
await app.stop();
await company.close();
await rm(folder, { recursive: true, force: true });
process.exit(overhead <= 60 && ratio <= 1.25 ? 0 : 1);
