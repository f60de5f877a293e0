import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Slack signs with its own clock; more than this off in either direction is refused. */
export const CLOCK_TOLERANCE_SECONDS = 300;

/** How many seconds the time of a delivery lies ahead of ours, negative when behind; undefined when it has none. */
export function clockSkew(headers: IncomingHttpHeaders, now: number): number | undefined {
  const seconds = Number(headers["x-slack-request-timestamp"]);
  return Number.isInteger(seconds) && seconds > 0 ? seconds - Math.floor(now / 1_000) : undefined;
}

/** Whether Slack signed these very bytes, whatever is in them; its time is for `clockSkew` to judge. */
export function isSigned(headers: IncomingHttpHeaders, body: Buffer, signingSecret: string): boolean {
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (signingSecret === "" || typeof timestamp !== "string" || typeof signature !== "string") return false;
  const expected = Buffer.from(
    `v0=${createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
