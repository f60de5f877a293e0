import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSlackSimulator, type SlackSimulator } from "../../playground/slack/server.ts";
import { checkAdministration } from "../../src/slack/administration.ts";

let slack: SlackSimulator;
beforeEach(async () => {
  slack = await startSlackSimulator();
});
afterEach(() => slack.close());

const OURS = { teamId: "T0DEADBOLT", enterpriseId: "E0DEADBOLT" };

/** Checks the token, and resolves to what is logged of it. */
async function logged(bot: Parameters<typeof checkAdministration>[1] = OURS, adminToken?: string) {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const log = pino({ level: "info", base: undefined }, stream);
  const token = adminToken ?? slack.credentials.adminToken;
  await checkAdministration({ adminToken: token, apiUrl: `${slack.url}/api/`, log }, bot);
  expect(text).not.toContain(token);
  return text;
}

test("a token of our own organization with both scopes is nothing to speak of", async () => {
  expect(await logged()).toBe("");
});

test("a token of another organization stops the start", async () => {
  await expect(logged({ teamId: "T0OTHER", enterpriseId: "E0OTHER" })).rejects.toThrow(
    /SLACK_ADMIN_TOKEN is of another organization \(E0DEADBOLT\) than SLACK_BOT_TOKEN \(E0OTHER\)/,
  );
  await expect(logged({ teamId: "T0OTHER" })).rejects.toThrow("another organization");
});

test("a bot's token stops the start", async () => {
  await expect(logged(OURS, slack.credentials.botToken)).rejects.toThrow("belongs to a bot");
});

test("a Slack that does not answer, or has trouble of its own, does not", async () => {
  for (const fault of [
    { kind: "reset" } as const,
    { kind: "answer", answer: { status: 200, body: { ok: false, error: "internal_error" } } } as const,
    { kind: "answer", answer: { status: 500, body: "<html></html>" } } as const,
  ]) {
    slack.addFault({ ...fault, times: 1 });
    expect(await logged()).toContain("Slack did not answer: SLACK_ADMIN_TOKEN is used unchecked");
  }
});

test("a token that Slack does not accept is told, and keeps nobody from locking out at Zoom and Cloudflare", async () => {
  const text = await logged(OURS, "xoxp-wrong");
  expect(text).toContain("Slack does not accept SLACK_ADMIN_TOKEN");
  expect(text).toContain("invalid_auth");
});

test("each scope that the token lacks is told", async () => {
  slack.adminScopes.delete("admin.users:read");
  expect(await logged()).toMatch(/lacks the scope admin\.users:read: .* not provable/);
  slack.adminScopes.clear();
  expect(await logged()).toMatch(/lacks the scope admin\.users:write: nobody can be signed out/);
});

test("a workspace that is in no organization is told", async () => {
  const alone = await startSlackSimulator({ enterpriseId: "" });
  await slack.close();
  slack = alone;
  expect(await logged({ teamId: "T0DEADBOLT" })).toContain("in no Enterprise organization");
});
