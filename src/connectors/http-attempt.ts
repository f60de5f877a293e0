/** One HTTP request, ready to send. */
export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | FormData;
  /** How long a file in the body is, which asks for more time. */
  uploadBytes?: number;
}

/** How one attempt ended: with an answer, or with the reason why there is none that can be used. */
export type OnceResult =
  | { kind: "answer"; status: number; headers: Headers; text: string }
  | {
      kind: "timeout" | "connection" | "unreadable";
      /** In a few words, without addresses or headers: `ECONNRESET`. */
      reason: string;
      /** Whether the request may have reached the vendor. */
      reached: boolean;
    };

export interface OnceLimits {
  /** Milliseconds, for the body too. */
  timeout: number;
  maxBodyBytes: number;
}

/** Failures that come before the first byte of the request is sent. */
const neverReached = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

class BodyTooLong extends Error {}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (bytes > maxBytes) throw new BodyTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function findCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

/**
 * Sends a request once over HTTP. Redirects are not followed: they come back as the answers they are. Never throws;
 * an abort of `signal` ends as a failed connection.
 * @param needsBody false when a success is to be taken from its status alone
 */
export async function fetchOnce(
  { method, url, headers, body }: HttpRequest,
  { needsBody, limits, signal }: { needsBody: boolean; limits: OnceLimits; signal: AbortSignal | undefined },
): Promise<OnceResult> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limits.timeout);
  let answered = false;

  function explain(error: unknown): OnceResult {
    if (error instanceof BodyTooLong)
      return {
        kind: "unreadable",
        reason: `the answer is longer than ${limits.maxBodyBytes} bytes`,
        reached: true,
      };
    if (signal?.aborted === true) return { kind: "connection", reason: "cancelled", reached: true };
    if (limit.signal.aborted)
      return { kind: "timeout", reason: `no answer within ${limits.timeout} ms`, reached: true };
    const code = findCode(error);
    return {
      kind: "connection",
      reason: code ?? "the connection broke",
      reached: answered || code === undefined || !neverReached.has(code),
    };
  }

  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: "manual",
      signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
    });
    answered = true;
    const { status } = response;
    if (response.ok && !needsBody) {
      await response.body?.cancel().catch(() => undefined);
      return { kind: "answer", status, headers: response.headers, text: "" };
    }
    try {
      const text = await readText(response, limits.maxBodyBytes);
      return { kind: "answer", status, headers: response.headers, text };
    } catch (error) {
      // The status of a refusal says enough without its body.
      return response.ok ? explain(error) : { kind: "answer", status, headers: response.headers, text: "" };
    }
  } catch (error) {
    return explain(error);
  } finally {
    clearTimeout(timer);
  }
}
