import type { Operation, VendorCall } from "../catalogue/operation.ts";
import { systemClock } from "./clock.ts";
import type { Connector, ExecuteContext } from "./connector.ts";
import { toVendorError } from "./failure.ts";
import { createHttp, type HttpOptions, type HttpResult, type SendHttp } from "./http.ts";
import { parseInput, parseJsonObject, readsBody, toRequest } from "./operation-call.ts";
import { createRateLimiter, type RateLimiter, zoomLimits, type ZoomPlan } from "./rate-limit.ts";
import { createSerialiser, type InTurn } from "./serialise.ts";
import { isVendorError } from "./vendor-error.ts";
import { diagnoseZoom, isTokenRefused } from "./zoom-error.ts";
import { createZoomTokenSource, type TokenStore, type ZoomToken } from "./zoom-token.ts";

export interface ZoomConnectorOptions extends HttpOptions {
  /** Base address, e.g. `https://api.zoom.us/v2`. */
  apiUrl: string;
  oauthUrl: string;
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** What the account pays for, which sets its rate limits. */
  plan: ZoomPlan;
  /** How much of those limits this app may use; 100 unless told. */
  rateLimitPercent?: number;
  /** Shares the access token between instances. */
  tokenStore?: TokenStore;
}

export interface ZoomConnector extends Connector {
  /** The scopes that Zoom granted the app, as Zoom names them. Rejects with a VendorError when it gives no token. */
  grantedScopes(signal?: AbortSignal): Promise<readonly string[]>;
}

/** Zoom deactivates no administrator: the role goes first, also where that has to be tried again. */
const IN_ORDER: ReadonlySet<string> = new Set(["zoom.role.removeMember", "zoom.user.updateStatus"]);

/** A call on its way, which may have to wait for its turn. */
type CallContext = ExecuteContext & { inTurn?: InTurn };

/** Puts a token on a call, waits for room in the rate limits and for its turn, and sends it. */
type SendWithToken = (
  token: ZoomToken,
  operation: Operation,
  call: VendorCall,
  context: CallContext,
) => Promise<HttpResult>;

function createSendWithToken(send: SendHttp, limiter: RateLimiter, apiUrl: string): SendWithToken {
  return (token, operation, call, { signal, priority = 1, beforeAttempt, onAttempt, inTurn }) =>
    send(toRequest(apiUrl, call, { authorization: `Bearer ${token.accessToken}` }), {
      writes: operation.risk !== "read",
      repeatable: operation.idempotent,
      needsBody: readsBody(operation),
      async beforeAttempt() {
        await limiter.acquire(operation.rateLimit, priority, signal);
        if (inTurn === undefined) await beforeAttempt?.();
      },
      // Looked at last of all: what it waits for may be the very lockout by which it must not be sent any more.
      inTurn: inTurn && ((attempt) => inTurn(async () => (await beforeAttempt?.(), attempt()))),
      onAttempt,
      signal,
    });
}

/** What Zoom answered, as the operation describes it. Throws a VendorError for everything else. */
function readOutput(operation: Operation, result: HttpResult, secrets: readonly string[]): unknown {
  const diagnosis = diagnoseZoom(result);
  if (diagnosis !== undefined) throw toVendorError(operation, result, diagnosis, secrets);
  if (!readsBody(operation)) return undefined;
  const body = result.kind === "answer" ? parseJsonObject(result.text) : undefined;
  const output = operation.output.safeParse(body);
  if (output.success) return output.data;
  const message = body === undefined ? "The answer is not JSON." : "The answer is not what Zoom documents.";
  throw toVendorError(operation, result, { kind: "unreadable", message, leavesOpen: true }, secrets);
}

/** Makes the connector to Zoom: token, rate limits, one write at a time on each user, errors in our terms. */
export function createZoomConnector(options: ZoomConnectorOptions): ZoomConnector {
  const { apiUrl, clientSecret, plan, rateLimitPercent = 100, tokenStore, clock = systemClock } = options;
  const send = createHttp(options);
  const limiter = createRateLimiter(zoomLimits(plan, rateLimitPercent), clock);
  const writes = createSerialiser();
  const tokens = createZoomTokenSource(send, { ...options, clock, store: tokenStore });
  const sendWith = createSendWithToken(send, limiter, apiUrl);

  /** Sends again with another token when Zoom refuses this one; a refused call did nothing, so any may go again. */
  async function perform(operation: Operation, call: VendorCall, context: CallContext): Promise<unknown> {
    const token = await tokens.get(context.signal);
    const first = await sendWith(token, operation, call, context);
    if (!isTokenRefused(first)) return readOutput(operation, first, [token.accessToken, clientSecret]);
    const other = await tokens.renew(token, context.signal);
    const { onAttempt } = context;
    const second = await sendWith(other, operation, call, {
      ...context,
      onAttempt: (report) => onAttempt?.({ ...report, attempt: report.attempt + first.attempts }),
    });
    const both: HttpResult = {
      ...second,
      attempts: first.attempts + second.attempts,
      unsettled: first.unsettled || second.unsettled,
    };
    return readOutput(operation, both, [token.accessToken, other.accessToken, clientSecret]);
  }

  async function performEither(operation: Operation, input: unknown, context: CallContext) {
    try {
      return await perform(operation, operation.call(input), context);
    } catch (error) {
      const other = isUndocumentedRefusal(operation, error) ? operation.alternative?.(input) : undefined;
      if (other === undefined) throw error;
      return perform(operation, other, context);
    }
  }

  return {
    async execute(operation, input, context = {}) {
      const parsed = parseInput(operation, input);
      const subject = operation.subject?.(parsed);
      if (subject === undefined) return performEither(operation, parsed, context);
      const { priority = 1, signal } = context;
      const isUrgent = priority < 1;
      return writes.run(
        subject.toLowerCase(),
        (inTurn) => performEither(operation, parsed, { ...context, inTurn }),
        { isUrgent, keepsOrder: !isUrgent || IN_ORDER.has(operation.name), signal },
      );
    },
    grantedScopes: async (signal) => (await tokens.get(signal)).scopes,
  };
}

/** Whether Zoom refused a call as invalid, and for none of the reasons that it documents for it. */
function isUndocumentedRefusal(operation: Operation, error: unknown): boolean {
  if (!isVendorError(error) || error.facts.kind !== "refused" || error.facts.status !== 400) return false;
  return !operation.errors?.some(({ status, code }) => status === 400 && code === error.facts.code);
}
