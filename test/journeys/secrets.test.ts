import { afterAll, beforeAll, expect, test } from "vitest";
import { answerHtmlErrorPage } from "../../playground/cloudflare/faults.ts";
import { addLeaver, askFor, approveFully, offboard } from "./world/leaver.ts";
import { addVictim, lockedOut, lockOut } from "./world/locking-out.ts";
import { runToExit } from "./world/run-to-exit.ts";
import { answering } from "./world/struck.ts";
import { ended, eventually, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    slackAdministration: true,
    environment: { LOG_LEVEL: "trace", VENDOR_TIMEOUT_SECONDS: "1", READ_BACK_SECONDS: "1" },
  });
});
afterAll(async () => {
  await world.close();
});

function issuedTokens(): string[] {
  return world.company.zoom.calls.flatMap(({ request, outcome }) => {
    if (request.path !== "/oauth/token" || "fault" in outcome) return [];
    const { access_token: token } = outcome.body as { access_token?: string };
    return token === undefined ? [] : [token];
  });
}

/** Everything that nobody may ever read, by what it is. */
function secrets(): Record<string, string> {
  const { slack, zoom, cloudflare } = world.company;
  const { clientId, clientSecret } = zoom.credentials;
  const [firstToken = "", ...otherTokens] = issuedTokens();
  return {
    "Slack's bot token": slack.credentials.botToken,
    "Slack's signing secret": slack.credentials.signingSecret,
    "Slack's administrator token": slack.credentials.adminToken,
    "Zoom's client secret": clientSecret,
    "Zoom's Basic value": Buffer.from(`${clientId}:${clientSecret}`).toString("base64"),
    "Zoom's access token": firstToken,
    ...Object.fromEntries(otherTokens.map((token, index) => [`Zoom's access token ${index + 2}`, token])),
    "Cloudflare's token": cloudflare.credentials.apiToken,
    "the database's password": decodeURIComponent(new URL(world.databaseUrl).password),
  };
}

/** Every row of every table, ours and the engine's. */
async function everyRow(): Promise<Record<string, string>> {
  const { rows: tables } = await world.database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('deadbolt', 'dbos') and table_type = 'BASE TABLE'`,
  );
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await world.database.query<{ text: string }>(`select t::text as text from ${name} t`);
    texts[name] = rows.map(({ text }) => text).join("\n");
  }
  return texts;
}

test("no secret is ever readable, whatever the vendors answer", async () => {
  const { slack, zoom, cloudflare } = world.company;
  await offboard(world, addLeaver(world));
  // Each says back what it was sent with, as careless servers and proxies do.
  const saidBack = (vendor: string) =>
    Object.entries(secrets())
      .flatMap(([what, secret]) => (what.startsWith(vendor) ? [secret] : []))
      .join(" ");
  const [fromSlack, fromZoom, fromCloudflare] = ["Slack", "Zoom", "Cloudflare"].map(saidBack);

  zoom.addFault({
    ...answering(400, { code: 300, message: `Refused: ${fromZoom}` }),
    method: "PUT",
    times: 1,
  });
  zoom.addFault({ ...answering(500, `<html>${fromZoom}</html>`), method: "DELETE", times: 3 });
  const echoed = {
    success: false,
    errors: [{ code: 1234, message: fromCloudflare }],
    messages: [],
    result: null,
  };
  cloudflare.addFault({ ...answering(200, echoed), path: /accounts\/.*revoke_user/, times: 1 });
  cloudflare.addFault({ ...answering(302, fromCloudflare), path: /zones\/.*revoke_user/, times: 1 });
  slack.addFault({ ...answerHtmlErrorPage(500), path: /chat\.postMessage/, times: 1 });
  slack.addFault({
    ...answering(200, { ok: false, error: "internal_error", detail: fromSlack }),
    path: /chat\.update/,
    times: 1,
  });
  const requestId = await offboard(world, addLeaver(world));
  const { rows } = await world.database.query<{ outcome: string }>(
    "select data->>'outcome' as outcome from deadbolt.audit_event where request_id = $1 and type = 'step.finished'",
    [requestId],
  );
  expect(rows.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThanOrEqual(3);

  // The administration of Slack, which says back its token as an error and as the scope that is needed.
  const echoes = { ok: false, error: fromSlack, needed: fromSlack, provided: fromSlack };
  const words = { ...echoes, error: "missing_scope" };
  slack.addFault({ ...answering(200, echoes), path: /session\.reset/, times: 1 });
  slack.addFault({ ...answering(500, `<html>${fromSlack}</html>`), path: /session\.list/, times: 1 });
  const lockoutId = await lockOut(world, addVictim(world));
  expect((await lockedOut(world, lockoutId)).sentence).toContain("Slack sessions");
  slack.addFault({ ...answering(200, words), path: /session\.reset/, times: 1 });
  const otherId = await lockOut(world, addVictim(world));
  expect((await lockedOut(world, otherId)).sentence).toContain("Slack sessions");

  // Tokens that Zoom no longer takes, refused credentials, a lost answer, silence, and a crash in between.
  const unlucky = addLeaver(world);
  const lastId = await askFor(world, unlucky, "delete");
  zoom.expireTokens();
  zoom.addFault({ kind: "lostAnswer", method: "DELETE", times: 1 });
  cloudflare.addFault({ kind: "hang", path: /revoke_user/, times: 1 });
  slack.addFault({ kind: "truncated", path: /chat\.postMessage/, times: 1 });
  await approveFully(world, lastId, "delete");
  await eventually("the deletion", () =>
    zoom.calls.find(({ request }) => request.method === "DELETE" && request.path.endsWith(unlucky.zoomId)),
  );
  await world.app().kill();
  zoom.addFault({
    ...answering(401, { reason: fromZoom, error: "invalid_client" }),
    path: /oauth/,
    times: 1,
  });
  await world.restart();
  await ended(world, lastId);

  const metrics = await (await fetch(`${world.app().url}/metrics`)).text();
  const places: Record<string, string> = {
    ...(await everyRow()),
    "the log": world.log(),
    "the metrics": metrics,
    "Slack's messages": JSON.stringify(slack.messages),
    "Slack's notices": JSON.stringify(slack.notices),
    "Slack's views": JSON.stringify([...slack.views.values()]),
    "answers to Slack": JSON.stringify(slack.deliveries.map(({ body }) => body)),
  };
  expect(Object.keys(places).length).toBeGreaterThan(12);
  expect(issuedTokens().length).toBeGreaterThan(1);
  const leaks = Object.entries(secrets()).flatMap(([what, secret]) =>
    Object.entries(places).flatMap(([place, text]) => (text.includes(secret) ? [`${what} in ${place}`] : [])),
  );
  expect(leaks).toEqual([]);
  expect(Object.values(secrets()).filter((secret) => secret.length < 8)).toEqual([]);
});

test("a start with refused credentials tells which, and not what they are", async () => {
  const { slack, environment } = world.company;
  slack.addFault({
    ...answering(200, { ok: false, error: "invalid_auth", detail: slack.credentials.botToken }),
    path: /auth\.test/,
    times: 1,
  });
  const { code, output } = await runToExit({
    ...environment,
    DATABASE_URL: world.databaseUrl,
    POLICY_FILE: "playground/policy.yml",
    LOG_LEVEL: "trace",
    PORT: "0",
  });
  expect(code).toBe(1);
  expect(output).toContain("SLACK_BOT_TOKEN");
  expect(Object.entries(secrets()).filter(([, secret]) => output.includes(secret))).toEqual([]);
});
