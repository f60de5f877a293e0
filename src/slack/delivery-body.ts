import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/** Slack's own payloads stay far below this. */
const LONGEST_BODY_BYTES = 1024 * 1024;

/** The whole body, or undefined when it is too long; then the rest is read and thrown away. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= LONGEST_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

/** The JSON that Bolt will read out of a body; a form without a payload has none. */
function jsonOf(contentType: string | undefined, body: string): string | undefined {
  if (contentType !== "application/x-www-form-urlencoded") return body;
  return new URLSearchParams(body).get("payload") ?? undefined;
}

function isReadable(contentType: string | undefined, body: string): boolean {
  const json = jsonOf(contentType, body);
  if (json === undefined) return true;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Reads a delivery for Bolt and answers what Bolt must not see: too long a body (413), and one that is no JSON
 * object (400), because `null` in its place ends the whole process.
 * @param listener Bolt's, which still checks the signature over the very bytes that were read
 */
export function readingBodies(listener: RequestListener): RequestListener {
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined) response.writeHead(413).end();
    else if (!isReadable(request.headers["content-type"], body.toString())) response.writeHead(400).end();
    // Bolt takes a body that was read before from this place.
    else listener(Object.assign(request, { rawBody: body }), response);
  }
  return (request, response) => {
    // The sender went away in the middle.
    receive(request, response).catch(() => response.destroy());
  };
}
