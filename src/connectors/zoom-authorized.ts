import type { Operation, VendorCall } from "../catalogue/operation.ts";
import type { Clock } from "./clock.ts";
import type { ExecuteContext } from "./connector.ts";
import type { HttpResult, SendHttp } from "./http.ts";
import { readsBody, toRequest } from "./operation-call.ts";
import type { RateLimiter } from "./rate-limit.ts";
import type { Exclusively } from "./serialise.ts";
import { isTokenInvalid, isTokenRefused } from "./zoom-error.ts";
import type { ZoomToken, ZoomTokenSource } from "./zoom-token.ts";

/** A call on its way, which may have to wait for its turn. */
export type CallContext = ExecuteContext & { inTurn?: Exclusively };

/** How a call ended, and the credentials that went with it. */
export interface AuthorizedResult {
  result: HttpResult;
  secrets: readonly string[];
}

/** Puts a token on a call, waits for room in the rate limits and for its turn, and sends it. */
export type SendAuthorized = (
  operation: Operation,
  call: VendorCall,
  context: CallContext,
) => Promise<AuthorizedResult>;

interface AuthorizedOptions {
  send: SendHttp;
  limiter: RateLimiter;
  tokens: ZoomTokenSource;
  apiUrl: string;
  clientSecret: string;
  clock: Clock;
}

/**
 * Milliseconds before each further renewal. A new token ends those before it: another program that gets tokens for the
 * same Zoom app takes ours from us, and for some seconds we take it back.
 */
const RENEWAL_PAUSES = [250, 500, 1_000, 2_000];

/** Makes the one function by which calls to Zoom's API go out. It throws what getting a token throws. */
export function createSendAuthorized(options: AuthorizedOptions): SendAuthorized {
  const { send, limiter, tokens, apiUrl, clientSecret, clock } = options;

  function sendWith(token: ZoomToken, operation: Operation, call: VendorCall, context: CallContext) {
    const { signal, priority = 1, beforeAttempt, onAttempt, inTurn } = context;
    return send(toRequest(apiUrl, call, { authorization: `Bearer ${token.accessToken}` }), {
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

  /** Sends again with another token when Zoom refuses this one; a refused call did nothing, so any may go again. */
  return async function sendAuthorized(operation, call, context) {
    const { signal, onAttempt } = context;
    let token = await tokens.get(signal);
    const secrets = [clientSecret];
    let attempts = 0;
    let unsettled = false;
    for (let renewals = 0; ; renewals += 1) {
      secrets.push(token.accessToken);
      const before = attempts;
      const result = await sendWith(token, operation, call, {
        ...context,
        onAttempt: (report) => onAttempt?.({ ...report, attempt: report.attempt + before }),
      });
      attempts += result.attempts;
      unsettled ||= result.unsettled;
      const pause = renewals === 0 ? 0 : RENEWAL_PAUSES[renewals - 1];
      const isWorthRenewing = renewals === 0 ? isTokenRefused(result) : isTokenInvalid(result);
      if (!isWorthRenewing || pause === undefined)
        return { result: { ...result, attempts, unsettled }, secrets };
      if (pause > 0) await clock.sleep(pause, signal);
      token = await tokens.renew(token, signal);
    }
  };
}
