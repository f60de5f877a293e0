import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { FaultKind } from "../../playground/fault.ts";
import type { VendorRequest } from "../../playground/vendor-http.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import { createSlackAdminConnector } from "../../src/connectors/slack-admin.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock } from "./instant-clock.ts";

const canaries = {
  clientSecret: "canary.client/secret",
  accessToken: "canary.access+token",
  apiToken: "canary.api~token",
  apiKey: "canary.global_key",
  adminToken: "xoxp-canary-admin",
};

/** A vendor that says back all that it was told, as badly written servers do. */
function echo(request: VendorRequest) {
  if (request.path === "/oauth/token")
    return { status: 200, body: { access_token: canaries.accessToken, expires_in: 3_600 } };
  const known = request.path.startsWith("/v2") ? [canaries.clientSecret, canaries.accessToken] : [];
  const told = [...Object.values(request.headers), ...known].join(" ");
  const body = {
    code: 300,
    message: told,
    success: false,
    errors: [{ code: 1, field: told, message: told }],
    ok: false,
    error: told,
    needed: told,
  };
  return { status: 400, body };
}

let vendor: Simulator;
beforeEach(async () => {
  vendor = await startSimulator("vendor", echo);
});
afterEach(() => vendor.close());

const httpOptions = () => ({ timeout: 80, random: () => 0, clock: createInstantClock() });

function zoom(): Connector {
  return createZoomConnector({
    apiUrl: `${vendor.url}/v2`,
    oauthUrl: `${vendor.url}/oauth/token`,
    accountId: "account",
    clientId: "client",
    clientSecret: canaries.clientSecret,
    plan: "pro",
    ...httpOptions(),
  });
}

function cloudflare(credentials: { apiToken: string } | { email: string; key: string }): Connector {
  return createCloudflareConnector({ apiUrl: vendor.url, credentials, ...httpOptions() });
}

/** Each with the secrets that the vendor behind it knows. */
const calls: [string, string[], () => Connector, string, unknown][] = [
  [
    "Zoom",
    [canaries.clientSecret, canaries.accessToken],
    zoom,
    "zoom.user.updateStatus",
    { userId: "abc", action: "deactivate" },
  ],
  [
    "Cloudflare with a token",
    [canaries.apiToken],
    () => cloudflare({ apiToken: canaries.apiToken }),
    "cloudflare.access.revokeUserInZone",
    { zoneId: "z-1", email: "sam@example.com" },
  ],
  [
    "Cloudflare with a key",
    [canaries.apiKey],
    () => cloudflare({ email: "admin@example.com", key: canaries.apiKey }),
    "cloudflare.access.revokeUserInZone",
    { zoneId: "z-1", email: "sam@example.com" },
  ],
  [
    "Slack's administration",
    [canaries.adminToken],
    () => createSlackAdminConnector({ apiUrl: vendor.url, token: canaries.adminToken, ...httpOptions() }),
    "slack.session.reset",
    { userId: "U0SAM", teamId: "T0WORKSPACE" },
  ],
];

const faultsTelling = (told: string): (FaultKind | undefined)[] => [
  undefined,
  { kind: "reset" },
  { kind: "hang" },
  { kind: "truncated" },
  { kind: "answer", answer: { status: 200, body: `<p>${told}</p>` } },
  { kind: "answer", answer: { status: 401, body: { code: 124, message: told } } },
  { kind: "answer", answer: { status: 500, body: { message: told } } },
  { kind: "answer", answer: { status: 302, headers: { location: `/${told}` } } },
];

const apiPath = /^\/v2|^\/zones|^\/admin/;

describe.each(calls)("an error of %s", (_, secrets, connect, name, input) => {
  it.each(faultsTelling(secrets.join(" ")).map((fault) => [fault?.kind ?? "echo", fault] as const))(
    "holds no secret after %s",
    async (_kind, fault) => {
      if (fault !== undefined) vendor.addFault({ ...fault, path: apiPath });
      // Whatever the vendor answers, only a write that needs no body can succeed here.
      const error: unknown = await connect()
        .execute(findOperation(name), input)
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      if (error === undefined) return;
      expect(isVendorError(error)).toBe(true);
      const everything = [
        inspect(error, { depth: null, showHidden: true }),
        JSON.stringify(error),
        JSON.stringify(isVendorError(error) ? error.facts : {}),
        error instanceof Error ? `${error.message} ${error.stack}` : "",
      ].join("\n");
      for (const secret of secrets) expect(everything).not.toContain(secret);
    },
  );
});

describe("an error of the token endpoint", () => {
  it("holds neither the client secret nor the credentials made of it", async () => {
    const credentials = Buffer.from(`client:${canaries.clientSecret}`).toString("base64");
    const body = { reason: `Invalid ${canaries.clientSecret} in Basic ${credentials}`, error: credentials };
    vendor.addFault({ kind: "answer", path: /token/, answer: { status: 401, body } });
    const error: unknown = await zoom()
      .execute(findOperation("zoom.user.get"), { userId: "abc" })
      .catch((reason: unknown) => reason);
    expect(isVendorError(error)).toBe(true);
    const everything = inspect(error, { depth: null, showHidden: true });
    expect(everything).not.toContain(canaries.clientSecret);
    expect(everything).not.toContain(credentials);
  });
});
