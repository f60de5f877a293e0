import { signedHeaders } from "./signing.ts";
import { newEnvelope, type SocketMode } from "./socket.ts";
import type { Delivery, JsonObject, RawRequest, SlackState } from "./state.ts";

type DeliveryKind = "slash_commands" | "interactive" | "events_api";

/** A request to be signed; the defaults are what Slack itself would do, everything can be forged. */
interface Forgery {
  /** The raw body, or the fields of a form. */
  body: string | Record<string, string>;
  /** Seconds; the present by the simulator's clock without it. */
  timestamp?: number;
  secret?: string;
  /** Added to the signed headers, or in their place. */
  headers?: Record<string, string>;
  contentType?: string;
  url?: string;
}

/** Brings requests to the app and times its answers. */
export interface Courier {
  sign: (forgery: Forgery) => RawRequest;
  /** Sends a request exactly as it is. A `ws:` address sends an envelope over Socket Mode. */
  deliver: (request: RawRequest, triggerId?: string) => Promise<Delivery>;
  /** Sends a payload the way the app listens: signed HTTP, or Socket Mode when no address is set. */
  send(kind: DeliveryKind, payload: JsonObject, triggerId: string | undefined): Promise<Delivery>;
}

const FORM = "application/x-www-form-urlencoded";
const SOCKET_ADDRESS = "ws:socket-mode";

function formBody(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

interface Answer {
  status: number;
  body: string;
  shown?: "operation_timeout" | "dispatch_failed";
}

/** @param acknowledgeWithin milliseconds that Slack waits, 3,000 in earnest */
export function createCourier(
  state: SlackState,
  socket: SocketMode,
  target: { requestUrl: string | undefined },
  acknowledgeWithin: number,
): Courier {
  async function overHttp(request: RawRequest): Promise<Answer> {
    try {
      const response = await fetch(request.url, {
        method: "POST",
        headers: request.headers,
        body: request.body,
        redirect: "manual",
        signal: AbortSignal.timeout(acknowledgeWithin),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === "TimeoutError";
      return { status: 0, body: "", shown: isTimeout ? "operation_timeout" : "dispatch_failed" };
    }
  }

  async function overSocket(request: RawRequest): Promise<Answer> {
    if (socket.count() === 0) return { status: 0, body: "", shown: "dispatch_failed" };
    const envelope = JSON.parse(request.body) as JsonObject & { envelope_id: string };
    const payload = await socket.send(envelope, acknowledgeWithin);
    if (payload === undefined) return { status: 0, body: "", shown: "operation_timeout" };
    const text = JSON.stringify(payload);
    return { status: 200, body: text === "{}" ? "" : text };
  }

  async function deliver(request: RawRequest, triggerId?: string): Promise<Delivery> {
    const startedAt = performance.now();
    const answer = request.url.startsWith("ws:") ? await overSocket(request) : await overHttp(request);
    const delivery: Delivery = {
      ...answer,
      milliseconds: performance.now() - startedAt,
      triggerId,
      request,
    };
    if (answer.status !== 200) delivery.shown ??= "dispatch_failed";
    state.deliveries.push(delivery);
    return delivery;
  }

  function sign(forgery: Forgery): RawRequest {
    const body = typeof forgery.body === "string" ? forgery.body : formBody(forgery.body);
    const url = forgery.url ?? target.requestUrl;
    if (url === undefined)
      throw new Error("Set requestUrl first: there is nowhere to send a signed request.");
    const timestamp = forgery.timestamp ?? Math.floor(state.clock().getTime() / 1_000);
    const secret = forgery.secret ?? state.credentials.signingSecret;
    const headers = signedHeaders(secret, timestamp, body, forgery.contentType ?? FORM);
    return { url, headers: { ...headers, ...forgery.headers }, body };
  }

  function httpRequest(kind: DeliveryKind, payload: JsonObject): RawRequest {
    if (kind === "slash_commands") return sign({ body: payload as Record<string, string> });
    if (kind === "interactive") return sign({ body: { payload: JSON.stringify(payload) } });
    return sign({ body: JSON.stringify(payload), contentType: "application/json" });
  }

  return {
    sign,
    deliver,
    send(kind, payload, triggerId) {
      if (target.requestUrl !== undefined) return deliver(httpRequest(kind, payload), triggerId);
      if (!socket.isUsed())
        throw new Error("Nobody listens: set requestUrl, or connect an app with Socket Mode.");
      const body = JSON.stringify(newEnvelope(kind, payload));
      return deliver({ url: SOCKET_ADDRESS, headers: {}, body }, triggerId);
    },
  };
}
