import { afterEach, beforeEach, expect, test } from "vitest";
import {
  answerIdOnLookUp,
  answerListWithoutInfo,
  answerMalformedHeader,
  answerMoreThanIsRead,
  answerRefusedLocation,
  answerThrottled,
  answerWritesRefused,
  answerZoneWithoutTokens,
  REFUSED_WRITES,
} from "../../playground/cloudflare/faults.ts";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { changeTexts } from "../../playground/change-fields.ts";
import { createSender, type Send } from "./vendor-client.ts";

let cloudflare: CloudflareSimulator;
let send: Send;
let users: string;
let revoke: string;

beforeEach(async () => {
  cloudflare = await startCloudflareSimulator({ rateLimits: false });
  send = createSender(cloudflare.apiUrl, { authorization: `Bearer ${cloudflare.credentials.apiToken}` });
  users = `/accounts/${cloudflare.accountId}/access/users`;
  revoke = "access/organizations/revoke_user";
});

afterEach(() => cloudflare.close());

function addUsers(count: number): void {
  for (let number = 1; number <= count; number += 1)
    cloudflare.addAccessUser({ email: `sam${number}@example.com` });
}

async function page(query: string): Promise<{ ids: number; info: unknown }> {
  const { status, body } = await send("GET", `${users}?${query}`);
  expect(status).toBe(200);
  return { ids: (body["result"] as unknown[]).length, info: body["result_info"] };
}

test("lists say how many pages they have, unless told not to", async () => {
  addUsers(3);
  cloudflare.lists.sayHowManyPages = false;
  expect(await page("per_page=2")).toEqual({
    ids: 2,
    info: { page: 1, per_page: 2, count: 2, total_count: 3 },
  });
  cloudflare.lists.sayHowManyPages = true;
  expect((await page("per_page=2&page=2")).info).toEqual({
    page: 2,
    per_page: 2,
    count: 1,
    total_count: 3,
    total_pages: 2,
  });
});

test("a page can be shorter than asked for, and says so", async () => {
  addUsers(61);
  cloudflare.lists.longestPage = 50;
  cloudflare.lists.sayHowManyPages = false;
  expect(await page("per_page=1000")).toEqual({
    ids: 50,
    info: { page: 1, per_page: 50, count: 50, total_count: 61 },
  });
  expect(await page("per_page=1000&page=2")).toMatchObject({ ids: 11, info: { count: 11 } });
  const registrations = `/accounts/${cloudflare.accountId}/devices/registrations?per_page=100`;
  expect((await send("GET", registrations)).body["result_info"]).toMatchObject({ per_page: 50 });
});

test("a list can say that it has more than can be read, or nothing at all", async () => {
  addUsers(2);
  cloudflare.addFault({ ...answerMoreThanIsRead(3), times: 1 });
  expect(await page("")).toMatchObject({ ids: 2, info: { count: 2, total_count: 5 } });
  cloudflare.addFault({ ...answerListWithoutInfo(), times: 1 });
  expect(await page("")).toEqual({ ids: 2, info: undefined });
});

test.each([
  ["Authorization", 6111, { authorization: "Bearer two words" }],
  ["Authorization", 6111, { authorization: 'Bearer "quoted"' }],
  ["Authorization", 6111, { authorization: "token" }],
  ["X-Auth-Key", 6103, { "x-auth-email": "admin@example.com", "x-auth-key": "short" }],
  ["X-Auth-Email", 6102, { "x-auth-email": "admin", "x-auth-key": "0".repeat(37) }],
] as const)("a malformed %s header is 400/6003 with %i in its chain", async (name, code, headers) => {
  expect(await createSender(cloudflare.apiUrl, headers)("GET", users)).toMatchObject({
    status: 400,
    body: {
      success: false,
      errors: [
        {
          code: 6003,
          message: "Invalid request headers",
          error_chain: [{ code, message: `Invalid format for ${name} header` }],
        },
      ],
    },
  });
});

test.each([
  ["from another place", answerRefusedLocation("203.0.113.9"), 403, 9109],
  ["for a malformed token", answerMalformedHeader("Authorization"), 400, 6003],
  ["for a malformed key", answerMalformedHeader("X-Auth-Key"), 400, 6003],
  ["in too quick succession", answerThrottled(), 429, 971],
])("a call %s can be refused at any moment", async (_why, fault, status, code) => {
  cloudflare.addFault({ ...fault, times: 1 });
  expect(await send("GET", users)).toMatchObject({ status, body: { success: false, errors: [{ code }] } });
  expect((await send("GET", users)).status).toBe(200);
});

test("one zone can take no tokens while the account and the other zones do", async () => {
  const own = await startCloudflareSimulator({ zoneIds: ["a".repeat(32), "b".repeat(32)] });
  try {
    const caller = createSender(own.apiUrl, { authorization: `Bearer ${own.credentials.apiToken}` });
    own.addFault(answerZoneWithoutTokens("b".repeat(32)));
    const answers: unknown[] = [];
    for (const place of [`accounts/${own.accountId}`, ...own.zoneIds.map((id) => `zones/${id}`)])
      answers.push((await caller("POST", `/${place}/${revoke}`, { email: "sam@example.com" })).status);
    expect(answers).toEqual([200, 200, 405]);
    expect(own.revocations.map(({ scope }) => scope)).toEqual(["account", "zone"]);
  } finally {
    await own.close();
  }
});

test.each(Object.keys(REFUSED_WRITES) as (keyof typeof REFUSED_WRITES)[])(
  "writes can be refused with %s while reads work",
  async (how) => {
    cloudflare.addFault(answerWritesRefused(how));
    const [status, code] = how.split("/").map(Number);
    const place = `/accounts/${cloudflare.accountId}/${revoke}`;
    expect(await send("POST", place, { email: "sam@example.com" })).toMatchObject({
      status,
      body: { errors: [{ code }] },
    });
    expect(cloudflare.revocations).toEqual([]);
    expect((await send("GET", users)).status).toBe(200);
  },
);

test("a look-up can answer another id, and addresses in another case", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  cloudflare.addFault({ ...answerIdOnLookUp("a/b"), times: 1 });
  const found = async () => (await send("GET", `${users}?email=${sam.email}`)).body["result"];
  expect(await found()).toMatchObject([{ id: "a/b", email: sam.email }]);
  cloudflare.addFault({ ...changeTexts("email", (email) => email.toUpperCase()), times: 1 });
  expect(await found()).toMatchObject([{ id: sam.id, email: "SAM@EXAMPLE.COM" }]);
});
