import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { EventEmitter } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { takeFault, type Fault } from "./fault.ts";
import { readRequest, sendAnswer, type VendorAnswer, type VendorRequest } from "./vendor-http.ts";

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
    const fault = takeFault(faults, request);
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
        sendAnswer(response, fault.answer, false);
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
    sendAnswer(response, result, truncated);
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
