import { randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import type { Method } from "./method.ts";
import { isObject } from "./rules.ts";
import type { JsonObject, SlackState } from "./state.ts";

const LINK_PATH = "/link/";
const PING_MILLISECONDS = 10_000;
const GOODBYE_MILLISECONDS = 500;
const MOST_CONNECTIONS = 10;

/** Socket Mode: connections of the app, and deliveries over them. */
export interface SocketMode {
  /** The Web API methods that belong to it. */
  readonly methods: Record<string, Method>;
  /** How many connections take deliveries. */
  count(): number;
  /** Whether an app has ever connected. */
  isUsed(): boolean;
  /**
   * Sends an envelope over one of the connections.
   * @returns the acknowledgement's payload, or undefined when none came in time
   */
  send(envelope: JsonObject & { envelope_id: string }, milliseconds: number): Promise<unknown>;
  /** Tells every connection to go, as Slack does when it refreshes them. */
  disconnect: (reason: "warning" | "refresh_requested" | "link_disabled") => void;
  /** Sends a frame as it is over every connection: text, or bytes as a binary frame. */
  sendFrame: (frame: string | Buffer) => void;
  /** Ends every connection, in good order where the client still answers. */
  close(): Promise<void>;
}

/** Closes with a handshake: a client that is stopping at this moment would take a cut for an error. */
async function sayGoodbye(socket: WebSocket): Promise<void> {
  const timer = setTimeout(() => socket.terminate(), GOODBYE_MILLISECONDS);
  await new Promise((resolve) => {
    socket.once("close", resolve);
    socket.close(1001);
  });
  clearTimeout(timer);
}

/** An envelope around a payload, as it goes over the socket. */
export function newEnvelope(type: string, payload: unknown): JsonObject & { envelope_id: string } {
  return { envelope_id: randomUUID(), type, payload, accepts_response_payload: type !== "events_api" };
}

export function createSocketMode(state: SlackState): SocketMode & { attach(server: Server): void } {
  const sockets: WebSocket[] = [];
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: unknown) => void>();
  const webSockets = new WebSocketServer({ noServer: true });
  let turn = 0;
  let isUsed = false;

  function receive(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      state.mistakes.push("A Socket Mode client sent something that is no JSON.");
      return;
    }
    if (!isObject(message) || typeof message["envelope_id"] !== "string") return;
    waiting.get(message["envelope_id"])?.(message["payload"] ?? {});
  }

  function welcome(socket: WebSocket): void {
    sockets.push(socket);
    isUsed = true;
    socket.on("message", (data) => receive((data as Buffer).toString("utf8")));
    socket.on("close", () => {
      const index = sockets.indexOf(socket);
      if (index !== -1) sockets.splice(index, 1);
    });
    socket.on("error", () => socket.terminate());
    const hello = {
      type: "hello",
      num_connections: sockets.length,
      debug_info: { host: "playground", build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: state.credentials.appId },
    };
    socket.send(JSON.stringify(hello));
  }

  // Clients take a connection without pings for a dead one.
  const pings = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, PING_MILLISECONDS);
  pings.unref();

  return {
    methods: {
      "apps.connections.open": {
        scopes: [],
        token: "app",
        limit: "none",
        run() {
          const ticket = randomBytes(16).toString("hex");
          tickets.add(ticket);
          const address = state.origin.replace(/^http/, "ws");
          return { url: `${address}${LINK_PATH}?ticket=${ticket}&app_id=${state.credentials.appId}` };
        },
      },
    },
    count: () => sockets.length,
    isUsed: () => isUsed,
    send(envelope, milliseconds) {
      const socket = sockets[turn++ % Math.max(1, sockets.length)];
      if (socket === undefined) throw new Error("No Socket Mode client is connected.");
      return new Promise((resolve) => {
        const settle = (payload: unknown) => {
          clearTimeout(timer);
          waiting.delete(envelope.envelope_id);
          resolve(payload);
        };
        const timer = setTimeout(() => settle(undefined), milliseconds);
        waiting.set(envelope.envelope_id, settle);
        socket.send(JSON.stringify(envelope));
      });
    },
    disconnect(reason) {
      const message = JSON.stringify({ type: "disconnect", reason, debug_info: { host: "playground" } });
      // Slack delivers nothing more over a connection that it has told to go.
      for (const socket of sockets.splice(0)) socket.send(message);
    },
    sendFrame(frame) {
      for (const socket of sockets) socket.send(frame);
    },
    async close() {
      clearInterval(pings);
      await Promise.all([...webSockets.clients].map(sayGoodbye));
    },
    attach(server) {
      server.on("upgrade", (request, connection, head) => {
        const url = new URL(request.url ?? "/", state.origin);
        const isExpected = url.pathname === LINK_PATH && tickets.delete(url.searchParams.get("ticket") ?? "");
        if (!isExpected || sockets.length >= MOST_CONNECTIONS) {
          connection.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
          return;
        }
        webSockets.handleUpgrade(request, connection, head, welcome);
      });
    },
  };
}
