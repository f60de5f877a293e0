import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import type { FaultKind } from "../../playground/fault.ts";
import type { VendorAnswer } from "../../playground/vendor-http.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { isProven } from "../../src/workflow/step/read-back.ts";
import { createInstantClock } from "./instant-clock.ts";

type Info = Record<string, unknown>;

/** Lets Cloudflare say something else of its list. */
function said(change: (info: Info) => Info): FaultKind {
  return {
    kind: "changed",
    change(answer: VendorAnswer) {
      const body = answer.body as { result_info?: Info };
      return { ...answer, body: { ...body, result_info: change(body.result_info ?? {}) } };
    },
  };
}

const withoutPages = said(({ total_pages: _pages, ...info }) => info);

describe("a list of Cloudflare's", () => {
  let vendor: CloudflareSimulator;
  let connector: Connector;
  let accountId: string;

  beforeEach(async () => {
    vendor = await startCloudflareSimulator({ rateLimits: false });
    accountId = vendor.accountId;
    connector = createCloudflareConnector({
      apiUrl: vendor.apiUrl,
      credentials: { apiToken: vendor.credentials.apiToken },
      timeout: 2_000,
      clock: createInstantClock(Date.now()),
      random: () => 0,
    });
  });
  afterEach(() => vendor.close());

  function run(name: string, input: object = {}): Promise<unknown> {
    return connector.execute(findOperation(`cloudflare.${name}`), { accountId, ...input });
  }

  function addPeople(count: number): { value: string; created_at: string }[] {
    return Array.from({ length: count }, (_, number) => ({
      value: `p${number}@example.com`,
      created_at: "",
    }));
  }

  it("does not prove that somebody is off the block list while the entry is on page 2", async () => {
    const list = vendor.addGatewayList({ items: addPeople(71) });
    vendor.addFault(withoutPages);
    const input = { accountId, listId: list.id, email: "p70@example.com" };
    const operation = findOperation("cloudflare.gateway.removeItem");
    expect(await isProven(connector, operation, input)).toBe("not_proven");
    expect(await isProven(connector, operation, { ...input, email: "p71@example.com" })).toBe("proven");
  });

  it("of people is read on where Cloudflare caps the page that was asked for", async () => {
    for (let number = 0; number < 61; number += 1)
      vendor.addAccessUser({ email: `${String(number).padStart(2, "0")}-sam@example.com` });
    const sam = vendor.addAccessUser({ email: "sam@example.com" });
    // Cloudflare answers 50 whatever is asked for, and names no total_pages.
    vendor.addFault({
      ...withoutPages,
      when: ({ query }) => (query.set("per_page", "50"), true),
    });
    const found = (await run("access.findUser", { email: "sam@example.com" })) as { id: string }[];
    expect(found.map(({ id }) => id)).toContain(sam.id);
  });

  it("that answers the same page again and again proves nothing", async () => {
    const list = vendor.addGatewayList({ items: addPeople(50) });
    const body = { success: true, errors: [], result: addPeople(50), result_info: { total_count: 71 } };
    vendor.addFault({ kind: "answer", answer: { status: 200, body } });
    const input = { accountId, listId: list.id, email: "p70@example.com" };
    const operation = findOperation("cloudflare.gateway.removeItem");
    expect(await isProven(connector, operation, input)).toBe("unreadable");
  });

  it("of members, devices, registrations and sessions counts more than it has: nothing is concluded", async () => {
    vendor.addFault(said((info) => ({ ...info, total_count: 7 })));
    const failure = {
      facts: { kind: "unreadable", vendorMessage: expect.stringMatching(/^The list/) as string },
    };
    await expect(run("member.list")).rejects.toMatchObject(failure);
    await expect(run("device.list")).rejects.toMatchObject(failure);
    await expect(run("registration.list")).rejects.toMatchObject(failure);
    const sam = vendor.addAccessUser({ email: "sam@example.com" });
    await expect(run("access.listActiveSessions", { userId: sam.id })).rejects.toMatchObject(failure);
  });
});

describe("a list of Zoom's", () => {
  let vendor: ZoomSimulator;
  let connector: Connector;

  beforeEach(async () => {
    vendor = await startZoomSimulator({
      rateLimits: false,
      scopes: ["user:read:admin", "meeting:read:admin", "role:read:admin"],
    });
    connector = createZoomConnector({
      apiUrl: vendor.apiUrl,
      oauthUrl: vendor.oauthUrl,
      ...vendor.credentials,
      plan: "business",
      timeout: 2_000,
      clock: createInstantClock(Date.now()),
      random: () => 0,
    });
  });
  afterEach(() => vendor.close());

  function run(name: string, input: object = {}): Promise<unknown> {
    return connector.execute(findOperation(`zoom.${name}`), input);
  }

  function addMeetings(count: number) {
    const sam = vendor.addUser({ email: "sam@example.com" });
    for (let number = 0; number < count; number += 1) vendor.addMeeting(sam, { topic: `Meeting ${number}` });
    return sam;
  }

  it("is put together by its page tokens", async () => {
    const sam = addMeetings(301);
    const list = (await run("meeting.list", { userId: sam.id, type: "scheduled" })) as {
      meetings: unknown[];
    };
    expect(list.meetings).toHaveLength(301);
    expect(list).toMatchObject({ next_page_token: "", total_records: 301 });
  });

  it("whose page token expires half-way is not taken for whole", async () => {
    const sam = addMeetings(301);
    vendor.addFault({
      kind: "answer",
      when: ({ query }) => query.has("next_page_token"),
      answer: { status: 400, body: { code: 300, message: "The next page token is invalid or expired." } },
    });
    await expect(run("meeting.list", { userId: sam.id, type: "scheduled" })).rejects.toMatchObject({
      facts: { code: 300 },
    });
  });

  it("without the list itself is no empty list, except where Zoom counts none", async () => {
    const sam = addMeetings(0);
    const answer = (body: object): void =>
      vendor.addFault({ kind: "answer", path: /meetings$/, times: 1, answer: { status: 200, body } });
    const input = { userId: sam.id, type: "live" };
    answer({ page_size: 300, next_page_token: "" });
    await expect(run("meeting.list", input)).rejects.toMatchObject({ facts: { kind: "unreadable" } });
    answer({ total_records: 0 });
    expect(await run("meeting.list", input)).toMatchObject({ meetings: [] });
  });

  it("of roles or domains that counts more than it shows is not taken for whole", async () => {
    const answer = { status: 200, body: { roles: [{ id: "1" }], total_records: 2 } };
    vendor.addFault({ kind: "answer", path: /roles$/, answer });
    await expect(run("role.list")).rejects.toMatchObject({ facts: { kind: "unreadable" } });
  });

  it("comes one page at a time to whoever turns the pages", async () => {
    const sam = addMeetings(3);
    const input = { userId: sam.id, type: "scheduled", pageSize: 2 };
    const list = (await run("meeting.list", input)) as { meetings: unknown[]; next_page_token: string };
    expect(list.meetings).toHaveLength(2);
    expect(list.next_page_token).not.toBe("");
  });
});
