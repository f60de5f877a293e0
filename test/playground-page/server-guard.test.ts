import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE, startCompany, type Company } from "../../playground/company.ts";
import { listenSomewhere } from "../../playground/page-server/listen.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { post } from "./page-client.ts";

let company: Company;
let server: PageServer;

beforeAll(async () => {
  company = await startCompany({ rateLimits: false });
  server = await startPageServer({ company, auditEnvironment: {} });
});
afterAll(async () => {
  await server.close();
  await company.close();
});

interface Answer {
  status: number;
  text: string;
  headers: Record<string, unknown>;
}

/** A request with any headers, also those that `fetch` sets by itself. */
function send(method: string, path: string, headers: Record<string, string>, body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server;
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const FAULT = JSON.stringify({ place: "zoom", fault: "500" });
const JSON_TYPE = { "content-type": "application/json" };

test.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"])(
  "the name %s is not answered to, so that no other name leads here",
  async (host) => {
    expect((await send("GET", "/api/audit", { host })).status).toBe(421);
    expect((await send("POST", "/api/faults", { host, ...JSON_TYPE }, FAULT)).status).toBe(421);
  },
);

test.each([
  ["another origin", { origin: "https://evil.example", ...JSON_TYPE }, 403],
  ["no origin of its own", { origin: "null", ...JSON_TYPE }, 403],
  ["another port of this machine", { origin: "http://127.0.0.1:1", ...JSON_TYPE }, 403],
  ["another site, by the browser's word", { "sec-fetch-site": "cross-site", ...JSON_TYPE }, 403],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["a form with text", { "content-type": "text/plain" }, 415],
])("nothing is changed by %s", async (_what, headers, status) => {
  expect((await send("POST", "/api/faults", headers, FAULT)).status).toBe(status);
  expect((await send("POST", "/api/act", headers, "{}")).status).toBe(status);
  expect(server.faults.orders()).toEqual([]);
});

test("another page can neither mend, nor read, nor start an audit", async () => {
  const others = { origin: "https://evil.example" };
  expect((await send("DELETE", "/api/faults", others)).status).toBe(403);
  const byTag = { "sec-fetch-site": "cross-site" };
  expect((await send("GET", "/api/audit", byTag)).status).toBe(403);
  expect((await send("GET", `/api/events?as=${PEOPLE.target.id}`, byTag)).status).toBe(403);
});

test("the own page may, by either name of this machine", async () => {
  for (const name of ["127.0.0.1", "localhost"]) {
    const host = `${name}:${server.port}`;
    const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin", ...JSON_TYPE };
    expect((await send("POST", "/api/faults", own, FAULT)).status).toBe(200);
    expect((await send("DELETE", "/api/faults", own)).status).toBe(200);
  }
});

test("every answer forbids what comes from elsewhere, and the API is never kept", async () => {
  const answers = [
    await send("GET", "/nowhere", {}),
    await send("GET", "/api/nowhere", {}),
    await send("GET", "/api/faults", {}),
    await send("GET", "/", { host: "evil.example" }),
  ];
  expect(answers.map(({ status }) => status).slice(1)).toEqual([404, 404, 421]);
  for (const { headers } of answers) {
    expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
  expect(answers[1]?.headers["cache-control"]).toBe("no-store");
});

test.each([
  ["no JSON", "{", 400, "The body is no JSON."],
  ["an unknown kind", { as: PEOPLE.target.id, kind: "dance" }, 400, "kind"],
  ["a missing field", { as: PEOPLE.target.id, kind: "close" }, 400, "viewId"],
  ["nobody", { as: "U0NOBODY", kind: "home" }, 404, "Nobody in this workspace has the id U0NOBODY."],
  ["the app itself", { as: "U0DEADBOLT", kind: "home" }, 404, "Nobody in this workspace"],
  ["far too much", { as: "x".repeat(1_100_000), kind: "home" }, 400, "The body is too large."],
])("an act of %s is refused in words", async (_what, body, status, words) => {
  const answer =
    typeof body === "string"
      ? await fetch(`${server.url}/api/act`, { method: "POST", headers: JSON_TYPE, body })
      : await post(server.url, "/api/act", body);
  expect(answer.status).toBe(status);
  const { ok, shown } = (await answer.json()) as { ok: boolean; shown: string };
  expect(ok).toBe(false);
  expect(shown).toContain(words);
});

test("without a port of its own it goes where there is room, and a wanted port that is taken is named", async () => {
  const options = { company, auditEnvironment: {} };
  const [one, other] = [await listenSomewhere(options, undefined), await listenSomewhere(options, "")];
  expect(one.port).not.toBe(other.port);
  await other.close();
  await expect(listenSomewhere(options, String(one.port))).rejects.toThrow(
    `Something else listens on port ${one.port} (PLAYGROUND_PORT).`,
  );
  await expect(listenSomewhere(options, "many")).rejects.toThrow("PLAYGROUND_PORT is no port: many");
  await one.close();
});
