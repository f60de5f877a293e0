import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryHint } from "../../src/connectors/retry-after.ts";

const now = Date.UTC(2026, 0, 5, 12);
const hint = (headers: Record<string, string>, status = 429) => readRetryHint(status, headers, now);

describe("the time that a vendor asks us to wait", () => {
  it.each([
    ["seconds", { "retry-after": "7" }, 7_000],
    ["no seconds", { "retry-after": "0" }, 0],
    ["an HTTP date", { "retry-after": "Mon, 05 Jan 2026 12:00:09 GMT" }, 9_000],
    ["an ISO 8601 date-time", { "retry-after": "2026-01-05T12:00:11Z" }, 11_000],
    ["an ISO 8601 date-time with an offset", { "retry-after": "2026-01-05T13:00:12+01:00" }, 12_000],
    ["a time that is over", { "retry-after": "2026-01-05T11:00:00Z" }, 0],
    ["a reset in Unix seconds", { "x-ratelimit-reset": String(now / 1000 + 13) }, 13_000],
    ["Cloudflare's rate limit", { ratelimit: '"default";r=0;t=30' }, 30_000],
    ["Zoom's daily limit", { "x-ratelimit-type": "Daily-limit" }, 12 * 3_600_000],
    ["the first of several", { "retry-after": "7", ratelimit: '"default";r=0;t=30' }, 7_000],
    ["a date before nonsense", { "retry-after": "soon", "x-ratelimit-reset": String(now / 1000 + 2) }, 2_000],
  ])("is read from %s", (_, headers, expected) => {
    expect(hint(headers as Record<string, string>)).toBe(expected);
  });

  it.each([
    [{}],
    [{ "retry-after": "soon" }],
    [{ "retry-after": "-5" }],
    [{ "retry-after": "2026-99-99T00:00:00Z" }],
    [{ "x-ratelimit-reset": "30" }],
    [{ "x-ratelimit-type": "QPS" }],
    [{ ratelimit: '"default";r=50' }],
  ])("is unknown with %j", (headers) => {
    expect(hint(headers as Record<string, string>)).toBeUndefined();
  });

  it("is read from the other headers only when the call was refused for its rate", () => {
    expect(hint({ ratelimit: '"default";r=50;t=250' }, 502)).toBeUndefined();
    expect(hint({ "retry-after": "2" }, 503)).toBe(2_000);
    expect(hint({ "retry-after": "2" }, 200)).toBeUndefined();
  });

  it("is never negative or not a number, whatever the headers say", () => {
    const value = fc.oneof(
      fc.stringMatching(/^[\x20-\x7e]{0,40}$/),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    const names = ["retry-after", "x-ratelimit-reset", "ratelimit", "x-ratelimit-type"];
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, text) => {
        const milliseconds = hint({ [name]: text });
        if (milliseconds !== undefined) expect(milliseconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
