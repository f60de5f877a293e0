import type { Operation, VendorCall } from "../catalogue/operation.ts";
import { systemClock } from "./clock.ts";
import { readCloudflare } from "./cloudflare-error.ts";
import { type CloudflarePage, type ReadList, readWholeList } from "./cloudflare-pages.ts";
import type { Connector, ExecuteContext } from "./connector.ts";
import { type Diagnosis, toVendorError } from "./failure.ts";
import { createHttp, type HttpOptions } from "./http.ts";
import { parseInput, toRequest } from "./operation-call.ts";
import { cloudflareAddressLimit, cloudflareRateLimit, createRateLimiter } from "./rate-limit.ts";
import type { RateLimit } from "./rate.ts";

export interface CloudflareConnectorOptions extends HttpOptions {
  /** Base address, e.g. `https://api.cloudflare.com/client/v4`. */
  apiUrl: string;
  /** A token, or the legacy pair of an e-mail address and the global key. */
  credentials: { apiToken: string } | { email: string; key: string };
  /** What the contract allows the token, where it is more than the usual. */
  rateLimit?: RateLimit;
}

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

  async function perform(
    operation: Operation,
    call: VendorCall,
    { signal, priority = 1, beforeAttempt, onAttempt }: ExecuteContext,
  ): Promise<CloudflarePage> {
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
    const reading = readCloudflare(answer);
    if (!reading.success) throw toVendorError(operation, answer, reading.diagnosis, [secret]);
    return { result: reading.result, info: reading.info, answer };
  }

  return {
    async execute(operation, input, context = {}) {
      const call = operation.call(parseInput(operation, input));
      const read = (next: VendorCall) => perform(operation, next, context);
      const list: ReadList = operation.pages
        ? await readWholeList(operation.pages, call, read)
        : await read(call);
      const fail = (diagnosis: Diagnosis) => toVendorError(operation, list.answer, diagnosis, [secret]);
      if (list.fault !== undefined) throw fail({ kind: "unreadable", message: list.fault });
      const output = operation.output.safeParse(list.result);
      if (output.success) return output.data;
      throw fail(diagnoseOutput(operation, list.result));
    },
  };
}
