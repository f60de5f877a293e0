import type { AnswerHeaders } from "../http-attempt.ts";

const second = 1000;
const isoDateTime = /^\d{4}-\d{2}-\d{2}T/;
const httpDate = /^[A-Za-z]{3,9}, .+ GMT$/;

/** Sent more than once, it is one text, as HTTP has it; no number or date is made of that. */
function readHeader(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.join(", ");
}

function untilDate(text: string, now: number): number | undefined {
  if (!isoDateTime.test(text) && !httpDate.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now;
}

function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * second : untilDate(text, now);
}

function readReset(value: string | undefined, now: number): number | undefined {
  // Unix seconds have ten digits until the year 2286; anything shorter is something else.
  return value !== undefined && /^\d{10}$/.test(value.trim()) ? Number(value) * second - now : undefined;
}

function readRatelimit(value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : /;\s*t=(\d+)/.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * second;
}

function untilMidnight(type: string | undefined, now: number): number | undefined {
  if (type?.trim().toLowerCase() !== "daily-limit") return undefined;
  const day = 24 * 60 * 60 * second;
  return day - (now % day);
}

/**
 * How long the vendor asks us to wait, in milliseconds from `now` (Unix milliseconds), never negative; undefined when
 * it does not say. Read in this order: `Retry-After` (seconds, HTTP date or ISO 8601 date-time), then only for a 429,
 * since Cloudflare counts on every answer: `X-RateLimit-Reset` (Unix seconds), Cloudflare's `Ratelimit` (`t=` seconds),
 * Zoom's daily limit, which ends at midnight UTC.
 */
export function readRetryHint(status: number, headers: AnswerHeaders, now: number): number | undefined {
  if (status < 500 && status !== 429) return undefined;
  let hint = readRetryAfter(readHeader(headers, "retry-after"), now);
  if (status === 429)
    hint ??=
      readReset(readHeader(headers, "x-ratelimit-reset"), now) ??
      readRatelimit(readHeader(headers, "ratelimit")) ??
      untilMidnight(readHeader(headers, "x-ratelimit-type"), now);
  return hint === undefined ? undefined : Math.max(0, hint);
}
