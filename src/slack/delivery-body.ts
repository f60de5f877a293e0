import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import type { Logger } from "pino";
import { createBodyReader, type ReadBody } from "./read-body.ts";
import { createSeldom } from "./seldom.ts";
import { isSigned } from "./signature.ts";

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

/** What it takes to know a delivery of Slack's. */
export interface DeliveryCheck {
  signingSecret: string;
  log: Logger;
  now: () => number;
}

const UNSIGNED =
  "refused a delivery whose signature does not match SLACK_SIGNING_SECRET: where Slack's own are refused, copy the Signing Secret from the app's Basic Information again";

/**
 * Reads a delivery for Bolt and answers what Bolt must not see: too long a body (413), what would take too much memory
 * together with others (503), one that Slack did not sign (401), which is seen before anything of it is parsed, and one
 * that is no JSON object (400), because `null` in its place ends the whole process.
 * @param listener Bolt's, given the very bytes that were read
 */
export function readingBodies(
  listener: RequestListener,
  { signingSecret, log, now }: DeliveryCheck,
): RequestListener {
  const readBody = createBodyReader();
  const seldom = createSeldom(now);
  function judge(request: IncomingMessage, body: ReadBody): number | Buffer {
    if (body === "too-long") return 413;
    if (body === "crowded-out") return 503;
    if (!isSigned(request.headers, body, signingSecret)) {
      seldom("unsigned", (times) => log.warn({ times }, UNSIGNED));
      return 401;
    }
    return isReadable(request.headers["content-type"], body.toString()) ? body : 400;
  }
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const judged = judge(request, body);
    // Bolt takes a body that was read before from this place.
    if (typeof judged !== "number") listener(Object.assign(request, { rawBody: judged }), response);
    // What is crowded out must not go on sending.
    else if (body === "crowded-out") response.writeHead(judged).end(() => request.destroy());
    else response.writeHead(judged).end();
  }
  return (request, response) => {
    // The sender went away in the middle.
    receive(request, response).catch(() => response.destroy());
  };
}
