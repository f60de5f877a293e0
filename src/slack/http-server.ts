import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Slack signs with its own clock; more than this off in either direction is refused. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** What answers a GET for machines: status and text. */
export type Probe = () => Promise<{ status: number; text: string; contentType?: string }>;

export interface HttpServerOptions {
  host: string;
  port: number;
  /** Bolt's listener for `POST /slack/events`; absent in Socket Mode. */
  slack?: RequestListener;
  /** By path, e.g. `/healthz`. */
  probes: Readonly<Record<string, Probe>>;
  now: () => number;
}

export interface HttpServer {
  port: number;
  /** Takes no new requests and resolves when those in hand are answered. */
  close(): Promise<void>;
}

/** Bolt bounds the age of a timestamp but not how far it may lie ahead. */
function isFresh(request: IncomingMessage, now: number): boolean {
  const seconds = Number(request.headers["x-slack-request-timestamp"]);
  return Number.isInteger(seconds) && Math.abs(now / 1_000 - seconds) <= CLOCK_TOLERANCE_SECONDS;
}

/** The one HTTP server of the app: Slack's deliveries, health, readiness and metrics. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (options.slack !== undefined && request.method === "POST" && path === "/slack/events") {
      if (!isFresh(request, options.now())) {
        request.resume();
        response.writeHead(401).end();
        return;
      }
      options.slack(request, response);
      return;
    }
    const probe = request.method === "GET" ? options.probes[path] : undefined;
    if (probe === undefined) {
      request.resume();
      response.writeHead(404).end();
      return;
    }
    probe().then(
      (answer) =>
        response
          .writeHead(answer.status, { "content-type": answer.contentType ?? "text/plain; charset=utf-8" })
          .end(answer.text),
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = 10_000;
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
