import { randomBytes, randomInt } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** An id of Slack's kind: a prefix that tells what it names, and random capitals. */
export function newId(prefix: string, length = 9): string {
  let id = prefix;
  for (let index = 0; index < length; index++) id += LETTERS[randomInt(LETTERS.length)];
  return id;
}

/** A block or action id as Slack makes one where the app gave none. */
export function newElementId(): string {
  return randomBytes(4).toString("base64url").slice(0, 5);
}

/** The hash of a view's present version: seconds and eight random characters. */
export function newViewHash(now: Date): string {
  return `${Math.floor(now.getTime() / 1_000)}.${randomBytes(4).toString("hex")}`;
}

/** A trigger id of Slack's form. */
export function newTriggerId(): string {
  return `${randomInt(1e9, 1e10)}.${randomInt(1e9, 1e10)}.${randomBytes(16).toString("hex")}`;
}

/** Makes message timestamps: seconds and microseconds, each greater than the last even when the clock stands. */
export function createTimestamps(clock: () => Date): () => string {
  let last = 0n;
  return () => {
    const now = BigInt(clock().getTime()) * 1_000n;
    last = now > last ? now : last + 1n;
    return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, "0")}`;
  };
}
