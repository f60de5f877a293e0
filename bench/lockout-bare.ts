import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAppProcess } from "../playground/app-process.ts";
import { PEOPLE, startCompany } from "../playground/company.ts";
import { addVictim, journalOf, percentile, type CallName, waited, type Victim } from "./lockout-calls.ts";

/**
 * From the signed press, with the form's preview on screen, to the last answer of three commands (deactivate at Zoom,
 * revoke its token, revoke in the Cloudflare account), by Deadbolt and by three bare calls, in turns, in one run. Zoom
 * and Cloudflare take 100 ms for each answer, Slack none. Nobody is in a meeting. Deadbolt sends the whole lockout, the bare calls only these.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 20);
const WARM_UP = 10;
const MEASURED: readonly CallName[] = ["deactivate", "token", "revoke-account"];
/** An n8n workflow of the same three calls, one after the other, was measured at 350 ms where the bare calls took 208. */
const N8N = 350 / 208;

const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
await chmod(folder, 0o711);
const company = await startCompany({ rateLimits: false });
const { slack, zoom, cloudflare } = company;
for (const vendor of [zoom, cloudflare]) vendor.addFault({ kind: "slow", milliseconds: 100 });
const app = await startAppProcess({
  ...company.environment,
  DATA_DIR: join(folder, "data"),
  POLICY_FILE: "playground/policy.yml",
  LOG_LEVEL: "warn",
  LOCKOUT_REVOKE_AGAIN_SECONDS: "1",
  LOCKOUT_WATCH_SECONDS: "3600",
  CLOUDFLARE_RATE_LIMIT: "1000000",
});
slack.requestUrl = app.requestUrl;
const sasha = slack.as(PEOPLE.security.id);

/** When the last of the three was answered; undefined while one is missing. */
function lastAnswer(victim: Victim, since: number): number | undefined {
  const journal = journalOf(company, victim, since);
  const times = MEASURED.map((name) => {
    const call = journal.get(name);
    return call && call.arrived + call.milliseconds;
  });
  return times.includes(undefined) ? undefined : Math.max(...(times as number[]));
}

async function byDeadbolt(): Promise<number> {
  const victim = addVictim(company);
  // Who hosts a meeting now is deactivated only once their meetings were listed.
  for (const meeting of zoom.meetings.filter(({ hostId }) => hostId === victim.zoomId))
    zoom.meetings.splice(zoom.meetings.indexOf(meeting), 1);
  const known = new Set(slack.views.keys());
  await sasha.command("/lockout", `@${victim.name}`);
  const view = await waited(() => [...slack.views.values()].find(({ id }) => !known.has(id)));
  await waited(() =>
    JSON.stringify(slack.views.get(view.id)?.content.blocks).includes("It will hold") ? true : undefined,
  );
  const begun = performance.now();
  await sasha.submit(view.id);
  const last = await waited(() => lastAnswer(victim, begun));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return last - begun;
}

let zoomToken = "";
async function bareCall(method: string, url: string, token: string, body?: unknown): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`);
}

async function bare(): Promise<number> {
  const { zoomId, email } = addVictim(company);
  const user = `${zoom.apiUrl}/users/${zoomId}`;
  const { accountId, apiToken } = cloudflare.credentials;
  const revoke = `${cloudflare.apiUrl}/accounts/${accountId}/access/organizations/revoke_user`;
  const begun = performance.now();
  await Promise.all([
    bareCall("PUT", `${user}/status`, zoomToken, { action: "deactivate" }).then(() =>
      bareCall("DELETE", `${user}/token`, zoomToken),
    ),
    bareCall("POST", revoke, apiToken, { email }),
  ]);
  return performance.now() - begun;
}

const { clientId, clientSecret, accountId: zoomAccount } = zoom.credentials;
const granted = await fetch(`${zoom.oauthUrl}?grant_type=account_credentials&account_id=${zoomAccount}`, {
  method: "POST",
  headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
});
zoomToken = ((await granted.json()) as { access_token: string }).access_token;

const deadbolt: number[] = [];
const floor: number[] = [];
for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
  const times = [await byDeadbolt(), await bare()] as const;
  if (round < WARM_UP) continue;
  deadbolt.push(times[0]);
  floor.push(times[1]);
}
for (const [name, values] of [
  ["Deadbolt", deadbolt],
  ["three bare calls", floor],
] as const)
  console.log(
    `${name}: median ${percentile(values, 0.5).toFixed(0)} ms, p95 ${percentile(values, 0.95).toFixed(0)} ms`,
  );
const ratio = percentile(deadbolt, 0.5) / percentile(floor, 0.5);
console.log(
  `${ROUNDS} rounds: ${ratio.toFixed(2)} of the bare calls (at most 1.25), ${(ratio / N8N).toFixed(2)} of n8n's (at most 0.75)`,
);
await app.stop();
await company.close();
await rm(folder, { recursive: true, force: true });
process.exit(ratio <= 1.25 && ratio / N8N <= 0.75 ? 0 : 1);
