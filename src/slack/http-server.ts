import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Logger } from "pino";
import { createSeldom } from "./seldom.ts";
import { CLOCK_TOLERANCE_SECONDS, clockSkew } from "./signature.ts";

/** What answers a GET for machines: status and text. */
export type Probe = () => Promise<{ status: number; text: string; contentType?: string }>;

/** How much of strangers is borne. */
export interface HttpLimits {
  /** Milliseconds until a request must have come whole; its headers in half of that. */
  requestMilliseconds: number;
  /** Connections whose request has not come whole; one more ends the oldest of them. */
  waitingConnections: number;
}

const LIMITS: HttpLimits = { requestMilliseconds: 10_000, waitingConnections: 512 };

export interface HttpServerOptions {
  host: string;
  port: number;
  /** Bolt's listener for `POST /slack/events`; absent in Socket Mode. */
  slack?: RequestListener;
  /** By path, e.g. `/healthz`. */
  probes: Readonly<Record<string, Probe>>;
  now: () => number;
  log: Logger;
  /** For tests that cannot wait so long or open so many. */
  limits?: HttpLimits;
}

export interface HttpServer {
  port: number;
  /** Takes no new requests and resolves when those in flight are answered. */
  close(): Promise<void>;
}

/** Answers one request of whoever it is. */
function createListener({ slack, probes, now, log }: HttpServerOptions): RequestListener {
  const seldom = createSeldom(now);
  function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
    request.resume();
    response.writeHead(status).end();
  }
  return (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (slack !== undefined && request.method === "POST" && path === "/slack/events") {
      const skew = clockSkew(request.headers, now());
      if (skew !== undefined && Math.abs(skew) <= CLOCK_TOLERANCE_SECONDS) return slack(request, response);
      if (skew !== undefined)
        seldom("clock", (times) =>
          log.warn(
            { secondsAhead: skew, times },
            "refused a delivery by its time: where it is Slack's own, the clock of this machine is wrong",
          ),
        );
      return refuse(request, response, 401);
    }
    const probe = request.method === "GET" ? probes[path] : undefined;
    if (probe === undefined) return refuse(request, response, 404);
    probe().then(
      (answer) =>
        response
          .writeHead(answer.status, { "content-type": answer.contentType ?? "text/plain; charset=utf-8" })
          .end(answer.text),
      () => response.writeHead(500).end(),
    );
  };
}

/**
 * Ends the oldest of too many connections that have sent no whole request yet: whoever holds hundreds open must not
 * keep Slack out, which sends at once what it has to send.
 */
function createConnectionCap(most: number) {
  const waiting = new Set<Socket>();
  return {
    opened(socket: Socket): void {
      waiting.add(socket);
      socket.once("close", () => waiting.delete(socket));
      const [oldest] = waiting;
      if (waiting.size > most) oldest?.destroy();
    },
    requested(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      request.once("end", () => waiting.delete(socket));
      response.once("close", () => {
        if (!socket.destroyed) waiting.add(socket);
      });
    },
  };
}

/** The one HTTP server of the app: Slack's deliveries, health, readiness and metrics. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { requestMilliseconds, waitingConnections } = options.limits ?? LIMITS;
  const listener = createListener(options);
  const cap = createConnectionCap(waitingConnections);
  // Set on a server that is made already, they are not enforced.
  const timeouts = {
    requestTimeout: requestMilliseconds,
    headersTimeout: requestMilliseconds / 2,
    connectionsCheckingInterval: requestMilliseconds / 10,
  };
  const server = createServer(timeouts, (request, response) => {
    cap.requested(request, response);
    listener(request, response);
  });
  server.on("connection", (socket) => cap.opened(socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
