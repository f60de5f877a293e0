import { type Dispatcher, getGlobalDispatcher } from "undici";

/** One HTTP request, ready to send. */
export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | FormData;
  /** How long a file in the body is, which asks for more time. */
  uploadBytes?: number;
}

/** Names in lower case; a header that came more than once is a list. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

interface Answer {
  kind: "answer";
  status: number;
  headers: AnswerHeaders;
  text: string;
}

interface NoAnswer {
  kind: "timeout" | "connection" | "unreadable";
  /** In a few words, without addresses or headers: `ECONNRESET`. */
  reason: string;
  /** Whether the request may have reached the vendor. */
  reached: boolean;
}

/** How one attempt ended: with an answer, or with the reason why there is none that can be used. */
export type OnceResult = Answer | NoAnswer;

export interface OnceLimits {
  /** Milliseconds, for the body too. */
  timeout: number;
  maxBodyBytes: number;
}

export interface OnceOptions {
  /** False when a success is to be taken from its status alone. */
  needsBody: boolean;
  limits: OnceLimits;
  signal: AbortSignal | undefined;
}

/** A request with its body as bytes or text. */
type PlainRequest = Omit<HttpRequest, "body"> & { body: string | Uint8Array | undefined };

/** Sent again, it gets another boundary between its parts, which is as good. */
async function encodeForm(form: FormData): Promise<{ body: Uint8Array; contentType: string }> {
  const encoded = new Response(form);
  return { body: await encoded.bytes(), contentType: encoded.headers.get("content-type") ?? "" };
}

async function toPlain({ body, ...request }: HttpRequest): Promise<PlainRequest> {
  if (!(body instanceof FormData)) return { ...request, body };
  const form = await encodeForm(body);
  return { ...request, headers: { ...request.headers, "content-type": form.contentType }, body: form.body };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function reasonOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "the connection broke";
}

/** One request on its way, and what came back so far. */
function exchange(
  { method, url, headers, body }: PlainRequest,
  { needsBody, limits, signal }: OnceOptions,
): Promise<OnceResult> {
  const { promise, resolve } = Promise.withResolvers<OnceResult>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let answer: Answer | undefined;
  let connection: Dispatcher.DispatchController | undefined;
  let isGivenUp = false;

  /** The first end counts. */
  function end(failure: Omit<NoAnswer, "reached">, reached: boolean): void {
    stopWatching();
    // The status of a refusal says enough without its body.
    resolve(answer === undefined || isSuccess(answer.status) ? { ...failure, reached } : answer);
  }

  function giveUp(failure: Omit<NoAnswer, "reached">): void {
    isGivenUp = true;
    // While it waits for a connection there is nothing to abort yet: it is told when it begins.
    end(failure, connection !== undefined);
    connection?.abort(new Error(failure.reason));
  }

  const cancel = (): void => giveUp({ kind: "connection", reason: "cancelled" });
  const timer = setTimeout(
    () => giveUp({ kind: "timeout", reason: `no answer within ${limits.timeout} ms` }),
    limits.timeout,
  );
  signal?.addEventListener("abort", cancel, { once: true });

  function stopWatching(): void {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }

  getGlobalDispatcher().dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body,
      // The timer above is for all of it.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      /** Comes right before the first byte is written: without it, nothing has reached the vendor. */
      onRequestStart(controller) {
        if (isGivenUp) controller.abort(new Error("given up"));
        else connection = controller;
      },
      onResponseStart(_, status, answerHeaders) {
        // 103 and its like only announce the answer.
        if (status < 200) return;
        answer = { kind: "answer", status, headers: answerHeaders, text: "" };
        if (needsBody || !isSuccess(status)) return;
        resolve(answer);
        // What comes after it only has to pass, so that the connection is free again. Nobody waits for that.
        timer.unref();
      },
      onResponseData(_, chunk) {
        bytes += chunk.byteLength;
        chunks.push(chunk);
        if (bytes > limits.maxBodyBytes)
          giveUp({ kind: "unreadable", reason: `the answer is longer than ${limits.maxBodyBytes} bytes` });
      },
      onResponseEnd() {
        stopWatching();
        if (answer !== undefined) resolve({ ...answer, text: Buffer.concat(chunks).toString("utf8") });
      },
      onResponseError(_, error) {
        end({ kind: "connection", reason: reasonOf(error) }, connection !== undefined);
      },
    },
  );
  return promise;
}

/**
 * Sends a request once over HTTP. Redirects are not followed: they come back as the answers they are. Never throws;
 * an abort of `signal` ends as a failed connection.
 */
export async function sendOnce(request: HttpRequest, options: OnceOptions): Promise<OnceResult> {
  const plain = await toPlain(request);
  if (options.signal?.aborted === true) return { kind: "connection", reason: "cancelled", reached: false };
  return exchange(plain, options);
}
