import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";

/** Slack's own payloads stay far below this. */
const LONGEST_BODY_BYTES = 1024 * 1024;

/** The whole body, or undefined when it is too long; then the rest is read and thrown away. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  // Events and not an iterator: this is on the way of every acknowledgement, and the iterator costs twice as much.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LONGEST_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once("end", () => {
      const [only] = chunks;
      const whole = () => (only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
      resolve(length <= LONGEST_BODY_BYTES ? whole() : undefined);
    });
    request.once("close", () => reject(new Error("The sender went away.")));
    request.once("error", reject);
  });
}

const FORM = "application/x-www-form-urlencoded";

/** The JSON that Bolt will read out of a body, by Bolt's own parser; a form without a payload has none. */
function jsonOf(contentType: string | undefined, body: string): string | undefined {
  if (contentType !== FORM) return body;
  const { payload } = parse(body);
  return typeof payload === "string" ? payload : undefined;
}

/** How nearly every form begins: what follows is an object or no JSON at all, and of that Bolt says so itself. */
const OBJECT_IN_FORM = "payload=%7B";

/** Whether a form may have a payload: a field whose name is that, or is escaped and could be. Parsing it costs more. */
const MAY_HAVE_PAYLOAD = /(?:^|&)(?:payload(?:[=&]|$)|[^=&]*%)/;

function isReadable(contentType: string | undefined, body: string): boolean {
  if (contentType === FORM && (body.startsWith(OBJECT_IN_FORM) || !MAY_HAVE_PAYLOAD.test(body))) return true;
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
