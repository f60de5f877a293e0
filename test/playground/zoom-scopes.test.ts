import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startCompany } from "../../playground/company.ts";
import { SETUP_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn } from "./vendor-client.ts";

test("an app is granted what the set-up page asks for at Zoom, by default, and never more", async () => {
  const page = readFileSync(new URL("../../docs/setup.md", import.meta.url), "utf8");
  const asked = [...page.matchAll(/^\| `([a-z_:]+:admin)` .*✓/gm)].map(([, scope = ""]) => scope);
  const zoom = await startZoomSimulator();
  onTestFinished(() => zoom.close());
  const { accountId, clientId, clientSecret } = zoom.credentials;
  const response = await fetch(`${zoom.oauthUrl}?grant_type=account_credentials&account_id=${accountId}`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  const { scope } = (await response.json()) as { scope: string };
  expect(scope.split(" ").toSorted()).toEqual([...new Set(asked)].toSorted());
  expect(SETUP_SCOPES).toHaveLength(asked.length);
});

test.each([
  ["list users", "GET", "/users"],
  ["change an address", "PUT", "/users/me/email"],
  ["get a credential of somebody", "GET", "/users/me/token?type=zak"],
  ["list recordings", "GET", "/users/me/recordings"],
  ["assign a role of none", "GET", "/roles"],
])("the scopes of the set-up page do not let an app %s", async (_what, method, path) => {
  const zoom = await startZoomSimulator({ rateLimits: false });
  onTestFinished(() => zoom.close());
  const { status, body } = await (await signedIn(zoom))(method, path);
  expect(status).toBe(400);
  expect([4700, 4711]).toContain(body["code"]);
});

test("a company's app is granted what a test says", async () => {
  const company = await startCompany({ zoomScopes: SETUP_SCOPES });
  onTestFinished(() => company.close());
  expect((await (await signedIn(company.zoom))("GET", "/users")).body).toMatchObject({ code: 4711 });
});
