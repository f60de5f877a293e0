import type { IncomingHttpHeaders } from "node:http";

/** Sent with every answer. Nothing on the page comes from elsewhere, and no other page may frame or read it. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const HOST_NAMES = ["127.0.0.1", "localhost"];

export interface GuardedRequest {
  method: string;
  /** Without the query. */
  path: string;
  headers: IncomingHttpHeaders;
}

/**
 * Why a request is refused, or undefined when it may pass. Other pages in the same browser can send requests here,
 * and a name of theirs can be made to point to this machine; neither may act on the playground or read it.
 * @param port where the server listens
 */
export function whyRefused(
  { method, path, headers }: GuardedRequest,
  port: number,
): { status: number; words: string } | undefined {
  const hosts = HOST_NAMES.map((name) => `${name}:${port}`);
  if (headers.host === undefined || !hosts.includes(headers.host))
    return { status: 421, words: `This server is ${hosts[0]}, and answers to no other name.` };
  const isRead = method === "GET" || method === "HEAD";
  const crossed = { status: 403, words: "Only the playground's own page may do this." };
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return crossed;
  const site = headers["sec-fetch-site"];
  const isOwn = site === undefined || site === "same-origin" || site === "none";
  if (!isOwn && (!isRead || path.startsWith("/api/"))) return crossed;
  // A form of another page cannot send JSON without being asked about it first.
  if (method === "POST" && !/^application\/json\b/.test(headers["content-type"] ?? ""))
    return { status: 415, words: "Send JSON." };
  return undefined;
}
