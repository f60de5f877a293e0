import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { startAppProcess } from "../playground/app-process.ts";
import { PEOPLE, startCompany } from "../playground/company.ts";
import { connectDatabase } from "../src/database/connect.ts";
import { openEmbeddedDatabase } from "../src/database/embedded.ts";
import { migrateDatabase } from "../src/database/migrate.ts";
import { approveOffboardings } from "../test/journeys/world/approved-offboardings.ts";
import { addVictim, journalOf, lastOfWave, percentile, type Victim } from "./lockout-calls.ts";
import { offboardingPolicy } from "./offboarding-policy.ts";

/**
 * 50 lockouts pressed at the same moment while 1,000 offboardings are at work, against lockouts one at a time with
 * nothing else to do, in one run. The vendors and Slack take 100 ms ± 30 ms for each answer. The vendors' rate limits
 * are taken away, because no client can go faster than they let it; `BENCH_RATE_LIMITS=1` leaves them.
 */
const LOCKOUTS = Number(process.env["BENCH_LOCKOUTS"] ?? 50);
const BULK = Number(process.env["BENCH_BULK"] ?? 1_000);
const SINGLES = Number(process.env["BENCH_SINGLES"] ?? 30);
const WARM_UP = Number(process.env["BENCH_WARM_UP"] ?? 15);
const hasLimits = process.env["BENCH_RATE_LIMITS"] === "1";
const latency = () => 70 + Math.random() * 60;

const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
await chmod(folder, 0o711);
const server = await openEmbeddedDatabase({ dataDirectory: join(folder, "data") });
const database = connectDatabase(server.url, { log: pino({ level: "silent" }), poolSize: 4 });
await migrateDatabase(database);
const company = await startCompany({ latency, rateLimits: hasLimits, slackRateLimits: false });
const app = await startAppProcess({
  ...company.environment,
  DATABASE_URL: server.url,
  POLICY_FILE: await offboardingPolicy(folder),
  LOG_LEVEL: "warn",
  LOCKOUT_REVOKE_AGAIN_SECONDS: "1",
  LOCKOUT_WATCH_SECONDS: "3600",
  ZOOM_PLAN: "business",
  ...(hasLimits ? {} : { ZOOM_RATE_LIMIT_PERCENT: "1000", CLOUDFLARE_RATE_LIMIT: "1000000" }),
});
company.slack.requestUrl = app.requestUrl;

async function waited<Seen>(what: string, look: () => Seen | undefined, seconds = 120): Promise<Seen> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Each of those who are on call has one form open. */
const onCall = Array.from({ length: LOCKOUTS }, (_, number) => {
  const name = `oncall${number}`;
  const id = `U0ONCALL${number}`;
  company.slack.addUser({ id, name, realName: `On call ${number}`, email: `${name}@northwind.example` });
  return id;
});
company.slack.addUsergroup({
  id: "S0SEC",
  handle: "security",
  name: "Security",
  users: [PEOPLE.security.id, PEOPLE.secondSecurity.id, ...onCall],
});

interface Opened {
  victim: Victim;
  viewId: string;
  readonly press: () => Promise<unknown>;
}

/** Opens the form of a lockout of someone new, and waits until it is filled in. */
async function opened(personId: string = PEOPLE.security.id): Promise<Opened> {
  const person = company.slack.as(personId);
  const victim = addVictim(company);
  const known = new Set(company.slack.views.keys());
  await person.command("/lockout", `@${victim.name}`);
  const view = await waited("the form", () =>
    [...company.slack.views.values()].find(({ id }) => !known.has(id)),
  );
  await waited("the preview", () =>
    JSON.stringify(company.slack.views.get(view.id)?.content.blocks).includes("It will hold")
      ? true
      : undefined,
  );
  return { victim, viewId: view.id, press: () => person.submit(view.id) };
}

async function single(): Promise<number> {
  const { victim, press } = await opened();
  const begun = performance.now();
  await press();
  const last = await waited("the first wave", () => lastOfWave(journalOf(company, victim, begun)));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  return last - begun;
}

const bulkCalls = () =>
  company.zoom.calls.filter(
    ({ request }) =>
      request.method === "PUT" && request.path.endsWith("/status") && request.path.includes("/v2/users/"),
  ).length;

const alone: number[] = [];
for (let round = 0; round < WARM_UP + SINGLES; round += 1) {
  const time = await single();
  if (round >= WARM_UP) alone.push(time);
}

const crowd: Opened[] = [];
for (const personId of onCall) crowd.push(await opened(personId));
const before = bulkCalls();
const ids = (await approveOffboardings(company, database, BULK)).map(({ requestId }) => requestId);
await waited("the bulk to be at work", () => (bulkCalls() - before >= 20 ? true : undefined));
const deactivatedBefore = bulkCalls();
const begun = performance.now();
// As alone, each counts from its own press: signing fifty of them takes this process a while.
const pressed: number[] = [];
await Promise.all(
  crowd.map(({ press }) => {
    pressed.push(performance.now());
    return press();
  }),
);
const submitted = performance.now() - begun;
// Calls keep their own times: looking seldom, and one after the other, leaves the machine to those who are measured.
await new Promise((resolve) => setTimeout(resolve, 3_000));
const times: number[] = [];
for (const [index, { victim }] of crowd.entries()) {
  const last = await waited("every first wave", () => lastOfWave(journalOf(company, victim, begun)), 600);
  times.push(last - (pressed[index] ?? begun));
}
const { rows } = await database.query<{ state: string }>(
  "select state from deadbolt.request where id = any($1)",
  [ids],
);
const left = rows.filter(({ state }) => state !== "done").length;

async function statesOf(requests: readonly string[]): Promise<Map<string, number>> {
  const found = await database.query<{ state: string; count: string }>(
    "select state, count(*) from deadbolt.request where id = any($1) group by state",
    [requests],
  );
  return new Map(found.rows.map(({ state, count }) => [state, Number(count)]));
}

const lockoutIds = crowd.map(({ viewId }) => viewId);
const PATIENCE_SECONDS = Number(process.env["BENCH_PATIENCE"] ?? 600);
const end = performance.now() + PATIENCE_SECONDS * 1_000;
let states = await statesOf([...lockoutIds, ...ids]);
while (
  performance.now() < end &&
  [...states.keys()].some((state) => state === "running" || state === "approved")
) {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  states = await statesOf([...lockoutIds, ...ids]);
}
const lockoutStates = await statesOf(lockoutIds);
const say = (name: string, values: readonly number[]) =>
  console.log(
    `${name}: median ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms`,
  );
say("one at a time", alone);
say(`${LOCKOUTS} at once beside ${left} offboardings at work or waiting`, times);
const ratio = percentile(times, 0.95) / percentile(alone, 0.95);
console.log(
  `acknowledged all in ${submitted.toFixed(0)} ms; ${deactivatedBefore - before} offboardings had begun before; lockouts ${JSON.stringify([...lockoutStates])}, everything ${JSON.stringify([...states])}`,
);
console.log(`ratio of p95 ${ratio.toFixed(2)} (at most 2)`);
const done = lockoutStates.get("done") ?? 0;
await app.stop();
await company.close();
await database.close();
await server.stop();
await rm(folder, { recursive: true, force: true });
process.exit(ratio <= 2 && done === LOCKOUTS ? 0 : 1);
