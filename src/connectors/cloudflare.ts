import type { Operation, VendorCall } from "../catalogue/operation.ts";
import { systemClock } from "./clock.ts";
import { type CloudflareResultInfo, readCloudflare } from "./cloudflare-error.ts";
import type { Connector, ExecuteContext } from "./connector.ts";
import { type Diagnosis, toVendorError } from "./failure.ts";
import { createHttp, type HttpOptions, type HttpResult } from "./http.ts";
import { parseInput, toRequest } from "./operation-call.ts";
import { cloudflareAddressLimit, cloudflareRateLimit, createRateLimiter } from "./rate-limit.ts";
import type { RateLimit } from "./rate.ts";
import type { VendorError } from "./vendor-error.ts";
import { type ListPage, type PagePlace, readWholeList } from "./whole-list.ts";

export interface CloudflareConnectorOptions extends HttpOptions {
  /** Base address, e.g. `https://api.cloudflare.com/client/v4`. */
  apiUrl: string;
  /** A token, or the legacy pair of an e-mail address and the global key. */
  credentials: { apiToken: string } | { email: string; key: string };
  /** What the contract allows the token, where it is more than the usual. */
  rateLimit?: RateLimit;
}

/** Credentials that were accepted so short a time ago are known: what they are refused then is a matter of rights. */
const ACCEPTED_MILLISECONDS = 5 * 60_000;

function authorize(credentials: CloudflareConnectorOptions["credentials"]): {
  headers: Record<string, string>;
  secret: string;
} {
  return "apiToken" in credentials
    ? { headers: { authorization: `Bearer ${credentials.apiToken}` }, secret: credentials.apiToken }
    : {
        headers: { "x-auth-email": credentials.email, "x-auth-key": credentials.key },
        secret: credentials.key,
      };
}

/** One answer of Cloudflare's: its result, where in a longer list it stands, and the answer as it came. */
interface CloudflareAnswer {
  result: unknown;
  info: CloudflareResultInfo;
  answer: HttpResult;
}

function atPlace(call: VendorCall, { number, cursor }: PagePlace): VendorCall {
  if (number === 1) return call;
  const place: Record<string, string> = cursor === undefined ? { page: String(number) } : { cursor };
  return { ...call, query: { ...call.query, ...place } };
}

function itemsOf({ result, info }: CloudflareAnswer): readonly unknown[] | undefined {
  // Null stands for an empty list only where Cloudflare counts none.
  if (result === null && info.total_count === 0) return [];
  // Cloudflare's client libraries declare the entries of a Gateway list as a list of lists.
  return Array.isArray(result) ? result.flat() : undefined;
}

function toPage(read: CloudflareAnswer): ListPage<CloudflareAnswer> {
  const { total_count: total, per_page: size, count, page: number, total_pages: pages, cursor } = read.info;
  return { items: itemsOf(read), answer: read, total, size, count, number, pages, cursor };
}

function diagnoseOutput(operation: Operation, output: unknown): Diagnosis {
  if (output === false) return { kind: "refused", message: "The result is false." };
  return {
    kind: "unreadable",
    message: `The answer is not what Cloudflare documents for ${operation.name}.`,
    leavesOpen: true,
  };
}

/** Makes the connector to Cloudflare: credentials, rate limit, the envelope, errors in our terms. */
export function createCloudflareConnector(options: CloudflareConnectorOptions): Connector {
  const { apiUrl, credentials, rateLimit = cloudflareRateLimit, clock = systemClock } = options;
  const { headers, secret } = authorize(credentials);
  const send = createHttp(options);
  const limiter = createRateLimiter({ access: [rateLimit, cloudflareAddressLimit(rateLimit)] }, clock);

  /** When Cloudflare last accepted the credentials. */
  let acceptedAt = Number.NEGATIVE_INFINITY;

  function errorOf(operation: Operation, answer: HttpResult, diagnosis: Diagnosis): VendorError {
    const situation = { credentials: "apiToken" in credentials ? "token" : "pair" } as const;
    return toVendorError(operation, answer, diagnosis, [secret], situation);
  }

  async function perform(
    operation: Operation,
    call: VendorCall,
    { signal, priority = 1, beforeAttempt, onAttempt }: ExecuteContext,
  ): Promise<CloudflareAnswer> {
    const answer = await send(toRequest(apiUrl, call, headers), {
      writes: operation.risk !== "read",
      repeatable: operation.idempotent,
      // The status alone never says that it was a success.
      needsBody: true,
      async beforeAttempt() {
        await limiter.acquire(operation.rateLimit, priority, signal);
        await beforeAttempt?.();
      },
      onAttempt,
      signal,
    });
    const accepted = clock.now() - acceptedAt < ACCEPTED_MILLISECONDS;
    const reading = readCloudflare(answer, { accepted });
    if (!reading.success) throw errorOf(operation, answer, reading.diagnosis);
    acceptedAt = clock.now();
    return { result: reading.result, info: reading.info, answer };
  }

  async function readList(
    operation: Operation,
    call: VendorCall,
    context: ExecuteContext,
  ): Promise<CloudflareAnswer & { fault?: string }> {
    const read = async (place: PagePlace) => toPage(await perform(operation, atPlace(call, place), context));
    const { items, answer: last, fault } = await readWholeList(operation.pages, read);
    return { ...last, result: items ?? last.result, fault };
  }

  return {
    async execute(operation, input, context = {}) {
      const call = operation.call(parseInput(operation, input));
      const read: CloudflareAnswer & { fault?: string } =
        operation.pages === undefined
          ? await perform(operation, call, context)
          : await readList(operation, call, context);
      const fail = (diagnosis: Diagnosis) => errorOf(operation, read.answer, diagnosis);
      if (read.fault !== undefined) throw fail({ kind: "unreadable", message: read.fault });
      const output = operation.output.safeParse(read.result);
      if (output.success) return output.data;
      throw fail(diagnoseOutput(operation, read.result));
    },
  };
}
