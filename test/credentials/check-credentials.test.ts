import { readFileSync } from "node:fs";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { startCompany, type Company } from "../../playground/company.ts";
import { SETUP_SCOPES } from "../../playground/zoom/scopes.ts";
import { createConnector } from "../../src/app/create-connector.ts";
import { watchCredentials } from "../../src/app/watch-credentials.ts";
import { loadConfig, secretsOf } from "../../src/config.ts";
import { checkCredentials } from "../../src/credentials/check-credentials.ts";
import { BOT_SCOPES, checkSlackScopes } from "../../src/credentials/slack.ts";
import { lackingZoomScopes } from "../../src/credentials/zoom.ts";

let company: Company;
beforeEach(async () => {
  company = await startCompany({ rateLimits: false, zoomScopes: SETUP_SCOPES });
});
afterEach(() => company.close());

/** What the checks say under these settings, without those that are well; no secret is in it. */
async function faultsWith(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const config = loadConfig({ ...company.environment, VENDOR_TIMEOUT_SECONDS: "0.3", ...changes });
  const { connector, zoom } = await createConnector(config, pino({ level: "silent" }));
  const found = await checkCredentials({
    settings: config,
    zoom,
    execute: (operation, input, context) => connector.execute(operation, input, context),
    slackScopes: Object.keys(BOT_SCOPES),
  });
  const text = JSON.stringify(found);
  for (const secret of secretsOf(config)) expect(text).not.toContain(secret);
  return Object.fromEntries(
    found.filter(({ kind }) => kind !== "ok").map(({ kind, sentence }) => [sentence, kind]),
  );
}

test("what docs/setup.md asks for is well, and only reads were sent", async () => {
  expect(await faultsWith()).toEqual({});
  const writes = [...company.zoom.calls, ...company.cloudflare.calls].filter(
    ({ request }) => request.method !== "GET" && request.path !== "/oauth/token",
  );
  expect(writes).toEqual([]);
});

test.each([
  [{ ZOOM_CLIENT_SECRET: "not-the-secret" }, /^ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET: .*client_secret/],
  [{ ZOOM_ACCOUNT_ID: "another" }, /^ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET: /],
  [{ CLOUDFLARE_API_TOKEN: "another-token-that-is-no-token" }, /^CLOUDFLARE_API_TOKEN: /],
  [{ CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef" }, /^CLOUDFLARE_ACCOUNT_ID: .*7003/],
  [{ CLOUDFLARE_ZONE_IDS: "feedfeedfeed" }, /^CLOUDFLARE_ZONE_IDS: the zone feedfeedfeed: .*7003/],
  [
    { CLOUDFLARE_BLOCK_LIST_ID: "no-such-list" },
    /^CLOUDFLARE_BLOCK_LIST_ID: the account has no Gateway list/,
  ],
])("a setting that is at fault is named: %o", async (change, sentence) => {
  const faults = await faultsWith(change);
  expect(Object.keys(faults)).toContainEqual(expect.stringMatching(sentence));
  expect(Object.values(faults)).not.toContain("unanswered");
});

test("a vendor that does not answer is not at fault", async () => {
  company.zoom.addFault({ kind: "reset" });
  company.cloudflare.addFault({ kind: "reset" });
  const faults = await faultsWith();
  expect(Object.values(faults).length).toBeGreaterThan(1);
  expect(new Set(Object.values(faults))).toEqual(new Set(["unanswered"]));
});

test("each scope that Zoom's app lacks is named, and what nobody needs for a lockout is not asked for", () => {
  const lockouts = SETUP_SCOPES.filter((scope) => scope !== "user:delete:user:admin");
  expect(lackingZoomScopes(lockouts)).toEqual([]);
  expect(lackingZoomScopes(lockouts.filter((scope) => scope !== "user:update:status:admin"))).toEqual([
    "user:update:status:admin",
  ]);
});

test("the scopes of the bot are those of manifest.yml, and each that is missing is named with what it costs", () => {
  const manifest = parse(readFileSync("manifest.yml", "utf8")) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  const asked = manifest.oauth_config.scopes.bot;
  expect(Object.keys(BOT_SCOPES).toSorted()).toEqual(asked.toSorted());
  expect(checkSlackScopes(undefined)).toEqual([]);
  for (const scope of asked) {
    const [found] = checkSlackScopes(asked.filter((one) => one !== scope));
    expect(found?.sentence).toContain(`SLACK_BOT_TOKEN: the bot lacks ${scope} (`);
  }
});

test("what is at fault is logged once, named while it lasts, and gone when it is mended", async () => {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const sentence = "ZOOM_CLIENT_ID: the app lacks a scope.";
  const watch = watchCredentials(
    () => Promise.resolve([{ settings: ["ZOOM_CLIENT_ID"], kind: "at_fault", sentence }]),
    pino({ level: "info" }, stream),
  );
  await watch.first;
  await watch.stop();
  expect(watch.faults()).toEqual([sentence]);
  expect(await watch.check.ask()).toBe(sentence);
  expect(text.split(sentence)).toHaveLength(2);
});
