import type { IncomingMessage, ServerResponse } from "node:http";

/** One request as a pretend vendor received it; the raw body is kept for signature and contract checks. */
export interface VendorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** The body as text; empty for a multipart body, whose files are no text. */
  rawBody: string;
  bytes: Buffer<ArrayBuffer>;
  /** The body parsed as JSON or as a form, or undefined when there is none. */
  body: Record<string, unknown> | undefined;
}

/** What a pretend vendor answers. A string or bytes are sent as they are, anything else as JSON. */
export interface VendorAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Reads a request whole. */
export async function readRequest(message: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const url = message.url ?? "/";
  const queryStart = url.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const contentType = headers["content-type"] ?? "";
  const rawBody = contentType.startsWith("multipart/") ? "" : bytes.toString("utf8");
  return {
    method: message.method ?? "GET",
    // Not through URL: it would silently resolve "..", which is what a strict vendor must be able to see.
    path: queryStart === -1 ? url : url.slice(0, queryStart),
    query: new URLSearchParams(queryStart === -1 ? "" : url.slice(queryStart + 1)),
    headers,
    rawBody,
    bytes,
    body: parseBody(contentType, rawBody),
  };
}

function parseBody(contentType: string, rawBody: string): Record<string, unknown> | undefined {
  if (rawBody === "") return undefined;
  if (contentType.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(rawBody));
  if (!contentType.startsWith("application/json")) return undefined;
  try {
    return JSON.parse(rawBody) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/**
 * Sends an answer.
 * @param truncated whether the connection breaks in the middle of it
 */
export function sendAnswer(response: ServerResponse, answer: VendorAnswer, truncated: boolean): void {
  const isText = typeof answer.body === "string";
  const isRaw = isText || Buffer.isBuffer(answer.body);
  const payload = isRaw ? (answer.body as string | Buffer) : (JSON.stringify(answer.body) ?? "");
  const headers: Record<string, string> = {
    ...(payload.length === 0 ? {} : { "content-type": isText ? "text/plain" : "application/json" }),
    ...answer.headers,
  };
  if (!truncated) {
    response.writeHead(answer.status, headers).end(payload);
    return;
  }
  response.writeHead(answer.status, {
    ...headers,
    "content-length": String(Buffer.byteLength(payload) + 64),
  });
  response.write(payload.slice(0, payload.length / 2), () => response.socket?.destroy());
}
