import { randomBytes } from "node:crypto";

/** An identifier in the form of Cloudflare's own: 32 hexadecimal characters. */
export function cloudflareId(): string {
  return randomBytes(16).toString("hex");
}
