import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startOnCallSimulator, type OnCallSimulator } from "../../playground/on-call/server.ts";

let provider: OnCallSimulator;
beforeEach(async () => {
  provider = await startOnCallSimulator();
  provider.setOnCall({ provider: "pagerduty", schedule: "PSECOPS" }, ["sam@example.com"]);
  provider.setOnCall({ provider: "opsgenie", schedule: "nights" }, ["sam@example.com"]);
});
afterEach(() => provider.close());

const accept = "application/vnd.pagerduty+json;version=2";

async function askPagerDuty(
  query: string,
  headers: Record<string, string> = {},
  path = "/oncalls",
): Promise<{ status: number; body: unknown }> {
  const authorization = `Token token=${provider.credentials.pagerDutyToken}`;
  const response = await fetch(`${provider.pagerDutyUrl}${path}?${query}`, {
    headers: { authorization, accept, ...headers },
  });
  return { status: response.status, body: await response.json() };
}

async function askOpsgenie(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number; body: unknown }> {
  const authorization = `GenieKey ${provider.credentials.opsgenieKey}`;
  const response = await fetch(`${provider.opsgenieUrl}${path}`, {
    method,
    headers: { authorization, ...headers },
  });
  return { status: response.status, body: await response.json() };
}

describe("the pretend PagerDuty", () => {
  it("answers pages of 25, or of at most 100 when asked for", async () => {
    const people = Array.from({ length: 60 }, (_, index) => `person${index}@example.com`);
    provider.setOnCall({ provider: "pagerduty", schedule: "PSECOPS" }, people);
    const page = { more: true, total: null };
    expect((await askPagerDuty("schedule_ids[]=PSECOPS")).body).toMatchObject({
      limit: 25,
      offset: 0,
      ...page,
    });
    const last = await askPagerDuty("schedule_ids[]=PSECOPS&limit=100&offset=100");
    expect(last.body).toMatchObject({ limit: 100, offset: 100, more: false, oncalls: { length: 20 } });
  });

  it("shows an address only to those who ask for users", async () => {
    const bare = await askPagerDuty("schedule_ids[]=PSECOPS");
    const whole = await askPagerDuty("schedule_ids[]=PSECOPS&include[]=users");
    expect(JSON.stringify(bare.body)).not.toContain("@");
    expect(bare.body).toMatchObject({ oncalls: [{ user: { type: "user_reference" } }, {}] });
    expect(whole.body).toMatchObject({
      oncalls: [{ user: { type: "user", email: "sam@example.com" } }, { user: { email: "sam@example.com" } }],
    });
  });

  it.each([
    ["an unknown schedule", "schedule_ids[]=PNONE", 404, 3004],
    ["no schedule", "", 400, 2001],
    ["two schedules", "schedule_ids[]=PSECOPS&schedule_ids[]=PSECOPS", 400, 2001],
    ["a schedule without brackets", "schedule_ids=PSECOPS", 400, 2001],
    ["an unknown include", "schedule_ids[]=PSECOPS&include[]=teams", 400, 2001],
    ["an unknown parameter", "schedule_ids[]=PSECOPS&page=1", 400, 2001],
    ["a parameter that comes twice", "schedule_ids[]=PSECOPS&limit=1&limit=2", 400, 2001],
    ["a time, which it does not know", "schedule_ids[]=PSECOPS&since=2026-01-01T00:00:00Z", 400, 2001],
    ["a page of more than 100", "schedule_ids[]=PSECOPS&limit=101", 400, 2001],
    ["a page of nothing", "schedule_ids[]=PSECOPS&limit=0", 400, 2001],
    ["a page that is no number", "schedule_ids[]=PSECOPS&offset=x", 400, 2001],
    ["a page beyond the ten thousandth entry", "schedule_ids[]=PSECOPS&limit=100&offset=9901", 400, 2001],
  ])("refuses %s", async (_, query, status, code) => {
    expect(await askPagerDuty(query)).toMatchObject({ status, body: { error: { code } } });
  });

  it("refuses other credentials, another version and another path", async () => {
    const query = "schedule_ids[]=PSECOPS";
    const { pagerDutyToken } = provider.credentials;
    for (const authorization of ["", "Token token=wrong", `Bearer ${pagerDutyToken}`])
      expect(await askPagerDuty(query, { authorization })).toMatchObject({ status: 401 });
    expect(await askPagerDuty(query, { accept: "application/json" })).toMatchObject({ status: 400 });
    expect(await askPagerDuty(query, {}, "/users")).toMatchObject({ status: 404 });
  });
});

describe("the pretend Opsgenie", () => {
  const query = "?scheduleIdentifierType=id&flat=true";

  it("answers with user names", async () => {
    expect(await askOpsgenie(`/v2/schedules/nights/on-calls${query}`)).toMatchObject({
      status: 200,
      body: { data: { _parent: { id: "nights", enabled: true }, onCallRecipients: ["sam@example.com"] } },
    });
  });

  it.each([
    ["an unknown schedule", `/v2/schedules/days/on-calls${query}`, 404],
    ["PagerDuty's schedule", `/v2/schedules/PSECOPS/on-calls${query}`, 404],
    ["another path", `/v2/schedules/nights/on-calls/x${query}`, 404],
    ["another version", `/v1/schedules/nights/on-calls${query}`, 404],
    ["a way up in the path", `/v2/schedules/x%2F..%2Fnights/on-calls${query}`, 404],
    ["a name for an id", "/v2/schedules/nights/on-calls?scheduleIdentifierType=name&flat=true", 422],
    ["an answer that is not flat", "/v2/schedules/nights/on-calls?flat=false", 422],
    ["an unknown parameter", `/v2/schedules/nights/on-calls${query}&date=2026-01-01`, 422],
    ["a parameter that comes twice", `/v2/schedules/nights/on-calls${query}&flat=true`, 422],
  ])("refuses %s", async (_, path, status) => {
    expect(await askOpsgenie(path)).toMatchObject({ status, body: { message: expect.any(String) } });
  });

  it("refuses other credentials and another method", async () => {
    const path = `/v2/schedules/nights/on-calls${query}`;
    const { opsgenieKey } = provider.credentials;
    for (const authorization of ["", "GenieKey wrong", `Bearer ${opsgenieKey}`])
      expect(await askOpsgenie(path, { authorization })).toMatchObject({ status: 401 });
    expect(await askOpsgenie(path, {}, "POST")).toMatchObject({ status: 404 });
  });
});

it("answers nothing outside of the two providers", async () => {
  expect((await fetch(`${provider.url}/oncalls`)).status).toBe(404);
});
