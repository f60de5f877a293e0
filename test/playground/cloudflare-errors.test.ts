import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { cloudflareOperations } from "../../src/catalogue/cloudflare/operations.ts";
import type { DocumentedError, Operation } from "../../src/catalogue/operation.ts";
import { toRequest } from "../../src/connectors/operation-call.ts";
import { cloudflareInputs } from "../catalogue/cloudflare-inputs.ts";

let cloudflare: CloudflareSimulator;
let spent: CloudflareSimulator;

beforeEach(async () => {
  [cloudflare, spent] = await Promise.all([
    startCloudflareSimulator({ rateLimits: false }),
    startCloudflareSimulator({ rateLimits: { requests: 0, seconds: 300 } }),
  ]);
});

afterEach(async () => {
  await Promise.all([cloudflare.close(), spent.close()]);
});

const otherAccount = "0".repeat(32);

/** Makes the pretend Cloudflare refuse in the documented way; undefined where it cannot. */
async function provoke(operation: Operation, { status, code }: DocumentedError) {
  const vendor = status === 429 ? spent : cloudflare;
  const { accountId, apiToken } = vendor.credentials;
  const ids = { accountId: status === 404 && code === 7003 ? otherAccount : accountId };
  const zoneId = code === 7003 ? otherAccount : vendor.zoneIds[0];
  const good = cloudflareInputs[operation.name] ?? {};
  const input = { ...good, ...("zoneId" in good ? { zoneId } : ids) };
  const token = status === 401 ? "wrong" : apiToken;
  const credentials: Record<string, string> = code === 9106 ? {} : { authorization: `Bearer ${token}` };
  if (status === 403 && code === 10000) vendor.permissions = [];
  vendor.accessEnabled = !(status === 403 && code === undefined);
  const { method, url, headers, body } = toRequest(
    vendor.apiUrl,
    operation.call(operation.input.parse(input)),
    credentials,
  );
  if (status === 400 && code === undefined) url.searchParams.append("surprise", "1");
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe.each(cloudflareOperations.map((operation) => [operation.name, operation] as const))(
  "%s",
  (_name, operation) => {
    const errors = (operation.errors ?? []).map((error) => [error.status, error.code, error] as const);

    it.each(errors)("is refused with %s and code %s as documented", async (status, code, error) => {
      const answer = await provoke(operation, error);
      expect(answer).toMatchObject({
        status,
        body: { success: false, errors: [code === undefined ? {} : { code }], result: null },
      });
    });

    it("documents what Cloudflare answers to every call", () => {
      const statuses = errors.map(([status]) => status);
      expect(statuses).toEqual(expect.arrayContaining([400, 401, 404, 429]));
      expect(statuses.includes(403)).toBe(operation.vendorPermission !== undefined);
      for (const [, , { means }] of errors) expect(means).toMatch(/^[A-Z].*\w\.$/);
    });
  },
);
