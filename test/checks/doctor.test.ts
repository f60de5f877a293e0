import { chmod, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CompanyOptions } from "../../playground/company.ts";
import { answerRefusedLocation } from "../../playground/cloudflare/faults.ts";
import { SETUP_SCOPES } from "../../playground/zoom/scopes.ts";
import type { Finding } from "../../src/checks/finding.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { startSoundSetup, type SoundSetup } from "./sound-setup.ts";

let setup: SoundSetup;
let closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
});

async function start(options?: CompanyOptions): Promise<SoundSetup> {
  const started = await startSoundSetup(options);
  closing.push(() => started.close());
  return started;
}

/** What must be seen to: what could not be checked is no alarm. */
const alarms = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity !== "unchecked");

/** One broken set-up: how it is broken, where the one fault is, and words of the fault and of its mend. */
interface Broken {
  breakIt: (setup: SoundSetup) => unknown;
  options?: CompanyOptions;
  part: Finding["part"];
  where: string;
  fault: RegExp;
  mend: RegExp;
  severity?: Finding["severity"];
}

const set =
  (name: string, value: string | ((setup: SoundSetup) => string)) =>
  ({ environment }: SoundSetup) => {
    environment[name] = typeof value === "string" ? value : value(setup);
  };
const group = (id: string) => {
  const found = setup.company.slack.usergroups.get(id);
  if (found === undefined) throw new Error(`There is no group ${id}.`);
  return found;
};
const channel = () => {
  const found = setup.company.slack.channels.get(setup.environment["DEADBOLT_CHANNEL"] ?? "");
  if (found === undefined) throw new Error("There is no channel.");
  return found;
};
/** Changes what Cloudflare answers to a read. */
const cloudflareSays = (path: RegExp, change: (result: Record<string, unknown>) => unknown) => () =>
  setup.company.cloudflare.addFault({
    kind: "changed",
    path,
    change: (answer) => {
      const body = answer.body as { result: Record<string, unknown> };
      return { ...answer, body: { ...body, result: change(body.result) } };
    },
  });
const withoutPermission =
  (name: string) =>
  ({ company: { cloudflare } }: SoundSetup) => {
    cloudflare.permissions = cloudflare.permissions.filter((one) => one !== name);
  };
const withoutScope = (scope: string): Partial<Broken> => ({
  options: { zoomScopes: SETUP_SCOPES.filter((one) => one !== scope) },
  breakIt: () => undefined,
  part: "zoom",
  where: "Zoom App Marketplace, the app's Scopes page",
  fault: new RegExp(`did not grant the scope ${scope}`),
  mend: new RegExp(`Tick ${scope}`),
});

const BROKEN: Readonly<Record<string, Broken>> = {
  "a setting is missing": {
    breakIt: set("ZOOM_CLIENT_ID", ""),
    part: "settings",
    where: "ZOOM_CLIENT_ID",
    fault: /is missing/,
    mend: /docs\/setup\.md/,
  },
  "a setting is of another kind": {
    breakIt: set("SLACK_BOT_TOKEN", "xapp-1-not-a-bot"),
    part: "settings",
    where: "SLACK_BOT_TOKEN",
    fault: /is not a bot token/,
    mend: /Correct SLACK_BOT_TOKEN/,
  },
  "the policy is invalid": {
    breakIt: () => setup.editPolicy("approvers: [it-admins, security]", "approvers: [it-admin, security]"),
    part: "policy",
    where: "approvals[0].approvers[0]",
    fault: /it-admin/,
    mend: /it-admins/,
  },
  "the policy has a group that the workspace has not": {
    breakIt: () => setup.company.slack.usergroups.delete("S0EXEC"),
    part: "user groups",
    where: "S0EXEC",
    fault: /has no user group S0EXEC: it protects nobody/,
    mend: /S0IT \(@it\), S0SEC \(@security\)/,
  },
  "a group is disabled": {
    breakIt: () => (group("S0SEC").isDisabled = true),
    part: "user groups",
    where: "S0SEC",
    fault: /disabled: it gives nobody the role `security`/,
    mend: /Enable @security/,
  },
  "a group is empty": {
    breakIt: () => group("S0IT").members.clear(),
    part: "user groups",
    where: "S0IT",
    fault: /Nobody in the user group S0IT/,
    mend: /Add members of the workspace to @it/,
  },
  "a person of the policy is deactivated": {
    async breakIt() {
      await setup.editPolicy("users: []", "users: [U0DANA]");
      const dana = setup.company.slack.users.get("U0DANA");
      if (dana) dana.deleted = true;
    },
    part: "policy",
    where: "roles.it-admins.members.users",
    fault: /U0DANA is deactivated/,
    mend: /Take U0DANA out/,
  },
  "a rule that nobody can meet": {
    breakIt: () => setup.editPolicy(/count: 2\n {4}expires: 8h/, "count: 4\n    expires: 8h"),
    part: "policy",
    where: "approvals[5]",
    fault: /4 of `security` must approve what it is for, but only 3 can/,
    mend: /Lower the count to 3/,
  },
  "a protection that needs more people than there are": {
    breakIt: () => group("S0SEC").members.delete("U0OWEN"),
    part: "policy",
    where: "protected[0]",
    fault:
      /2 of `security` must approve a lockout of a protected person, but only 2 can, and 1 when one of them asks/,
    mend: /add approvers/,
  },
  "nobody may lock anyone out": {
    breakIt: () => setup.editPolicy(', "deadbolt:lockout"]', "]"),
    part: "policy",
    where: "roles",
    fault: /Nobody holds `deadbolt:lockout`/,
    mend: /Add deadbolt:lockout/,
  },
  "the bot token was revoked": {
    breakIt: () => setup.company.slack.switches.refusedTokens.set("bot", "token_revoked"),
    part: "slack",
    where: "SLACK_BOT_TOKEN",
    fault: /token_revoked/,
    mend: /Install the app to the workspace again/,
  },
  "the installed app lacks a scope": {
    breakIt: () =>
      setup.company.slack.addFault({
        kind: "changed",
        path: /auth\.test$/,
        change: (answer) => ({
          ...answer,
          headers: { ...answer.headers, "x-oauth-scopes": "commands,chat:write" },
        }),
      }),
    part: "slack",
    where: "manifest.yml",
    fault: /lacks these bot scopes: users:read,/,
    mend: /install the app to the workspace again/,
  },
  "the app of another workspace": {
    breakIt: set("SLACK_TEAM_ID", "T0ANOTHER"),
    part: "slack",
    where: "SLACK_TEAM_ID",
    fault: /workspace T0DEADBOLT/,
    mend: /Set SLACK_TEAM_ID to T0DEADBOLT/,
  },
  "another app": {
    breakIt: set("SLACK_APP_ID", "A0ANOTHER"),
    part: "slack",
    where: "SLACK_APP_ID",
    fault: /app A0DEADBOLT/,
    mend: /Set SLACK_APP_ID to A0DEADBOLT/,
  },
  "Socket Mode with a token that is none": {
    breakIt: set("SLACK_APP_TOKEN", "xapp-not-of-this-app"),
    part: "slack",
    where: "SLACK_APP_TOKEN",
    fault: /opens no Socket Mode connection \(invalid_auth\)/,
    mend: /connections:write/,
  },
  "the bot is not in the channel": {
    breakIt: () => channel().members.delete("U0DEADBOLT"),
    part: "channel",
    where: "DEADBOLT_CHANNEL",
    fault: /channel_not_found/,
    mend: /\/invite the bot/,
  },
  "the channel is archived": {
    breakIt: () => (channel().isArchived = true),
    part: "channel",
    where: "DEADBOLT_CHANNEL",
    fault: /archived/,
    mend: /Unarchive it/,
  },
  "everyone can read the channel": {
    breakIt: () => (channel().kind = "public"),
    part: "channel",
    where: "DEADBOLT_CHANNEL",
    severity: "warning",
    fault: /is public/,
    mend: /private/,
  },
  "a wrong Zoom secret": {
    breakIt: set("ZOOM_CLIENT_SECRET", "not-the-secret-of-this-app"),
    part: "zoom",
    where: "ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET",
    fault: /was refused/,
    mend: /ZOOM_CLIENT_SECRET/,
  },
  "a wrong Zoom account": {
    breakIt: set("ZOOM_ACCOUNT_ID", "AnotherAccount"),
    part: "zoom",
    where: "ZOOM_ACCOUNT_ID",
    fault: /was refused/,
    mend: /ZOOM_ACCOUNT_ID/,
  },
  "Zoom's app cannot end meetings": withoutScope("meeting:update:status:admin") as Broken,
  "Zoom's app cannot confirm that a meeting ended": withoutScope("meeting:read:meeting:admin") as Broken,
  "a wrong Cloudflare token": {
    breakIt: set("CLOUDFLARE_API_TOKEN", "another-token-that-is-unknown"),
    part: "cloudflare",
    where: "CLOUDFLARE_API_TOKEN",
    fault: /was refused/,
    mend: /CLOUDFLARE_API_TOKEN/,
  },
  "an expired Cloudflare token": {
    breakIt: cloudflareSays(/tokens\/verify$/, (result) => ({ ...result, status: "expired" })),
    part: "cloudflare",
    where: "CLOUDFLARE_API_TOKEN",
    fault: /is expired/,
    mend: /Create a new token/,
  },
  "a Cloudflare token for other addresses": {
    breakIt: () => setup.company.cloudflare.addFault(answerRefusedLocation("198.51.100.7")),
    part: "cloudflare",
    where: "CLOUDFLARE_API_TOKEN",
    fault: /from location/,
    mend: /client IP address filter/,
  },
  "a Cloudflare token that may not read Access": {
    breakIt: withoutPermission("Access: Audit Logs Read"),
    part: "cloudflare",
    where: "CLOUDFLARE_API_TOKEN",
    fault: /HTTP 403/,
    mend: /Access: Audit Logs Read/,
  },
  "another Cloudflare account": {
    breakIt: set("CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef0123456789abcdef"),
    part: "cloudflare",
    where: "CLOUDFLARE_ACCOUNT_ID",
    fault: /7003|Could not route/,
    mend: /CLOUDFLARE_ACCOUNT_ID/,
  },
  "a zone of another Cloudflare account": {
    breakIt: cloudflareSays(/\/zones\/\w+$/, (zone) => ({
      ...zone,
      account: { id: "another" },
    })),
    part: "cloudflare",
    where: "CLOUDFLARE_ZONE_IDS",
    fault: /belongs to another account/,
    mend: /zones of the one account/,
  },
  "a block list that does not exist": {
    breakIt: set("CLOUDFLARE_BLOCK_LIST_ID", "11111111-2222-4333-8444-555555555555"),
    part: "cloudflare",
    where: "CLOUDFLARE_BLOCK_LIST_ID",
    fault: /no list with this id/,
    mend: /Blocked people/,
  },
  "a block list of addresses of machines": {
    breakIt: ({ company: { cloudflare }, environment }: SoundSetup) => {
      environment["CLOUDFLARE_BLOCK_LIST_ID"] = cloudflare.addGatewayList({ name: "Offices", type: "IP" }).id;
    },
    part: "cloudflare",
    where: "CLOUDFLARE_BLOCK_LIST_ID",
    fault: /“Offices” is of type IP/,
    mend: /Blocked people/,
  },
  "a policy of Access that does not exclude the block list": {
    breakIt: ({ company }: SoundSetup) => company.cloudflare.openPolicies.add("Contractors"),
    part: "cloudflare",
    where: "Cloudflare Zero Trust, Access policies",
    fault: /“Contractors” of “Wiki”/,
    mend: /Emails in list “Blocked people”/,
  },
  "no block list at all": {
    breakIt: set("CLOUDFLARE_BLOCK_LIST_ID", ""),
    part: "cloudflare",
    where: "CLOUDFLARE_BLOCK_LIST_ID",
    severity: "warning",
    fault: /sign in to Access again/,
    mend: /User Emails/,
  },
  "a full disk": {
    breakIt: ({ machine }: SoundSetup) => (machine.free = () => Promise.resolve(200 * 1024 ** 2)),
    part: "database",
    where: "DATA_DIR",
    fault: /200 MB free/,
    mend: /at least 1 GB/,
  },
  "a data folder that is a file": {
    async breakIt({ environment, machine }: SoundSetup) {
      const file = join(machine.folder, "not-a-folder");
      await writeFile(file, "");
      environment["DATA_DIR"] = join(file, "data");
    },
    part: "database",
    where: "DATA_DIR",
    fault: /cannot be written/,
    mend: /set DATABASE_URL/,
  },
  "a database that does not answer": {
    breakIt: set("DATABASE_URL", "postgresql://deadbolt:pass-word@127.0.0.1:1/deadbolt"),
    part: "database",
    where: "DATABASE_URL",
    fault: /does not answer \(ECONNREFUSED\)/,
    mend: /Start Postgres/,
  },
  "a clock that is off": {
    breakIt: ({ machine }: SoundSetup) => (machine.now = () => Date.now() + 600_000),
    part: "clock",
    where: "this machine's clock",
    fault: /seconds ahead of Slack's/,
    mend: /NTP/,
  },
  "a port that is taken": {
    async breakIt({ environment }: SoundSetup) {
      const server = createServer((_, response) => response.end("something else"));
      await new Promise<void>((done) => {
        server.listen(0, "127.0.0.1", done);
      });
      environment["PORT"] = String((server.address() as AddressInfo).port);
      closing.unshift(() => new Promise((done) => server.close(() => done())));
    },
    part: "port",
    where: "PORT",
    fault: /Another program listens/,
    mend: /set PORT/,
  },
  "secrets that everyone can read": {
    async breakIt({ machine }: SoundSetup) {
      const file = join(machine.folder, ".env");
      await writeFile(file, "SLACK_BOT_TOKEN=xoxb-1\n");
      await chmod(file, 0o644);
    },
    part: "files",
    where: ".env",
    fault: /mode 644/,
    mend: /chmod 600/,
  },
  "an old Node": {
    breakIt: ({ machine }: SoundSetup) => (machine.nodeVersion = "20.20.2"),
    part: "node",
    where: "node",
    fault: /Node 20\.20\.2 is too old/,
    mend: /npm ci/,
  },
};

test("a sound set-up has no fault and no warning, and only reads were sent", async () => {
  setup = await start();
  const { findings, parts } = await setup.examine();
  expect(alarms(findings)).toEqual([]);
  expect(parts.length).toBeGreaterThan(8);
  const { zoom, cloudflare } = setup.company;
  const writes = [...zoom.calls, ...cloudflare.calls].filter(
    ({ request }) => request.method !== "GET" && request.path !== "/oauth/token",
  );
  expect(writes).toEqual([]);
});

test("the permissions of docs/setup.md are enough: what they do not show is unchecked, and no alarm", async () => {
  setup = await start();
  setup.company.cloudflare.permissions = [
    "Access: Organizations Revoke",
    "Access: Organizations, Identity Providers, and Groups Write",
    "Access: Audit Logs Read",
    "Zero Trust Write",
  ];
  const { findings } = await setup.examine();
  expect(alarms(findings)).toEqual([]);
  expect(findings.map(({ where }) => where)).toEqual(
    expect.arrayContaining(["CLOUDFLARE_ZONE_IDS", "Cloudflare Zero Trust, Access policies"]),
  );
});

test.each(Object.entries(BROKEN))("%s: the one fault, its place and its mend", async (_, broken) => {
  setup = await start(broken.options);
  await broken.breakIt(setup);
  const { findings } = await setup.examine();
  const [first, ...others] = alarms(findings);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ part: broken.part, severity: broken.severity ?? "fault" });
  expect(first?.where).toContain(broken.where);
  expect(first?.fault).toMatch(broken.fault);
  expect(first?.mend).toMatch(broken.mend);
});

test("the command answers with JSON and exit codes, and shows no secret", async () => {
  setup = await start();
  const { environment } = setup;
  environment["CLOUDFLARE_API_TOKEN"] = "another-token-that-is-unknown";
  const json = await runCommand(["doctor", "--json"], environment);
  const told = JSON.parse(json.output) as { ok: boolean; findings: Finding[] };
  expect({ code: json.code, ok: told.ok, part: told.findings[0]?.part }).toEqual({
    code: 1,
    ok: false,
    part: "cloudflare",
  });
  const text = await runCommand(["doctor"], environment);
  expect(text.output).toMatch(/✗ cloudflare: .*\n {4}at {4}CLOUDFLARE_API_TOKEN\n {4}mend {2}/);
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, ZOOM_CLIENT_SECRET, CLOUDFLARE_API_TOKEN } = environment;
  for (const secret of [SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, ZOOM_CLIENT_SECRET, CLOUDFLARE_API_TOKEN])
    for (const { output } of [json, text]) expect(output).not.toContain(secret ?? "");
  environment["CLOUDFLARE_API_TOKEN"] = setup.company.environment["CLOUDFLARE_API_TOKEN"] ?? "";
  expect(await runCommand(["doctor"], environment)).toMatchObject({ code: 0 });
  expect(await runCommand(["doctor", "please"], environment)).toMatchObject({ code: 64 });
});
