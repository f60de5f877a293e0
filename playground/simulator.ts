import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { EventEmitter } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

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

/**
 * A failure on demand. `before` faults never reach the vendor's state; `lostAnswer` lets the effect happen and
 * then drops the connection, which is the case a caller can only settle by reading back. `changed` lets the vendor
 * answer by its rules and sends something else.
 */
export type FaultKind =
  | { kind: "answer"; answer: VendorAnswer }
  | { kind: "reset" }
  | { kind: "hang" }
  | { kind: "slow"; milliseconds: number }
  /** Answered as usual, but not before what `until` answers has resolved; it is called when the request arrives. */
  | { kind: "held"; until: () => Promise<unknown> }
  | { kind: "lostAnswer" }
  | { kind: "truncated" }
  | { kind: "changed"; change: (answer: VendorAnswer, request: VendorRequest) => VendorAnswer };

export type Fault = FaultKind & {
  /** Only requests with this method; every method without it. */
  method?: string;
  /** Only paths that match; every path without it. */
  path?: RegExp;
  /** Only requests for which it is true; every request without it. */
  when?: (request: VendorRequest) => boolean;
  /** How many matching requests pass before it strikes; none without it. */
  skip?: number;
  /** How many requests it strikes; for ever without it. */
  times?: number;
};

/** One line of the journal: what arrived and what went back. */
export interface Call {
  sequence: number;
  at: Date;
  /** When it had arrived whole, in milliseconds as `performance.now()` counts them. */
  arrived: number;
  /** Milliseconds from then until it was answered. */
  milliseconds: number;
  simulator: string;
  request: VendorRequest;
  outcome: { status: number; body: unknown } | { fault: "reset" | "hang" | "lostAnswer" | "truncated" };
}

export interface SimulatorOptions {
  /** TCP port on 127.0.0.1; 0 or absent for any free one. */
  port?: number;
  /** Milliseconds that each answer takes; asked again for each. */
  latency?: () => number;
  /** Waits for `latency` and slow answers, in milliseconds; in real time without it. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** A pretend vendor: a loopback HTTP server with a journal of calls and faults on demand. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  readonly calls: Call[];
  /** Emits `call` with a `Call` as soon as one is answered (or struck by a fault). */
  readonly events: EventEmitter<{ call: [Call] }>;
  addFault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

async function readRequest(message: IncomingMessage): Promise<VendorRequest> {
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

function write(response: ServerResponse, answer: VendorAnswer, truncated: boolean): void {
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

function matches({ method, path, when }: Fault, request: VendorRequest): boolean {
  return (
    (method === undefined || method === request.method) &&
    (path === undefined || path.test(request.path)) &&
    (when === undefined || when(request))
  );
}

/** Counts a request that the fault lets through, if it lets any through. */
function passes(fault: Fault): boolean {
  if (fault.skip === undefined || fault.skip <= 0) return false;
  fault.skip -= 1;
  return true;
}

/**
 * Starts a pretend vendor on loopback.
 * @param name shown in the journal, e.g. `zoom`
 * @param answer the vendor's behaviour: a request in, an answer out; it may keep state
 */
export async function startSimulator(
  name: string,
  answer: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>,
  options: SimulatorOptions = {},
): Promise<Simulator & { server: Server }> {
  const wait = options.wait ?? sleep;
  const faults: Fault[] = [];
  const calls: Call[] = [];
  const events = new EventEmitter<{ call: [Call] }>();

  function takeFault(request: VendorRequest): Fault | undefined {
    const index = faults.findIndex((fault) => matches(fault, request) && !passes(fault));
    const fault = faults[index];
    if (fault?.times !== undefined && --fault.times <= 0) faults.splice(index, 1);
    return fault;
  }

  function record(request: VendorRequest, arrived: number, outcome: Call["outcome"]): void {
    const call: Call = {
      sequence: calls.length,
      at: new Date(),
      arrived,
      milliseconds: performance.now() - arrived,
      simulator: name,
      request,
      outcome,
    };
    calls.push(call);
    events.emit("call", call);
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    const arrived = performance.now();
    const fault = takeFault(request);
    if (options.latency) await wait(options.latency());
    switch (fault?.kind) {
      case "reset":
        record(request, arrived, { fault: "reset" });
        response.socket?.resetAndDestroy();
        return;
      case "hang":
        record(request, arrived, { fault: "hang" });
        return;
      case "answer":
        record(request, arrived, { status: fault.answer.status, body: fault.answer.body });
        write(response, fault.answer, false);
        return;
      case "slow":
        await wait(fault.milliseconds);
        break;
      case "held":
        await fault.until();
        break;
      default:
    }
    const answered = await answer(request);
    const result = fault?.kind === "changed" ? fault.change(answered, request) : answered;
    if (fault?.kind === "lostAnswer") {
      record(request, arrived, { fault: "lostAnswer" });
      response.socket?.resetAndDestroy();
      return;
    }
    const truncated = fault?.kind === "truncated";
    record(
      request,
      arrived,
      truncated ? { fault: "truncated" } : { status: result.status, body: result.body },
    );
    write(response, result, truncated);
  }

  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => {
      process.stderr.write(`${name} simulator: ${String(error instanceof Error ? error.stack : error)}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const port = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    calls,
    events,
    server,
    addFault: (fault) => void faults.push({ ...fault }),
    clearFaults: () => void faults.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
