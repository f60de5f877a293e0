import type { Operation } from "../catalogue/operation.ts";
import { systemClock } from "./clock.ts";
import type { Connector } from "./connector.ts";
import { type Diagnosis, toVendorError } from "./failure.ts";
import { createHttp, type HttpOptions } from "./http.ts";
import { parseInput, toRequest } from "./operation-call.ts";
import { createRateLimiter, slackMethodLimits, type RateLimiter } from "./rate-limit.ts";
import { readSlack } from "./slack-error.ts";

export interface SlackAdminConnectorOptions extends HttpOptions {
  /** Base address, e.g. `https://slack.com/api/`. */
  apiUrl: string;
  /** A user token of someone who administers the organization; the bot's own is refused by Slack. */
  token: string;
}

/**
 * Makes the connector to Slack's administration: its own token, a rate limit for each method, the envelope, errors in
 * our terms. Messages and the directory go by the bot's client, which has nothing to do with it.
 */
export function createSlackAdminConnector(options: SlackAdminConnectorOptions): Connector {
  const { apiUrl, token, clock = systemClock } = options;
  const send = createHttp(options);
  // Slack counts each method by itself: looking must not hold up signing out.
  const limiters = new Map<string, RateLimiter>();
  function limiterOf({ name }: Operation): RateLimiter {
    const limiter = limiters.get(name) ?? createRateLimiter(slackMethodLimits, clock);
    limiters.set(name, limiter);
    return limiter;
  }
  // Without the charset Slack adds a warning to every answer.
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" };

  return {
    async execute(operation, input, { signal, priority = 1, beforeAttempt, onAttempt } = {}) {
      const call = operation.call(parseInput(operation, input));
      const answer = await send(toRequest(apiUrl, call, headers), {
        writes: operation.risk !== "read",
        repeatable: operation.idempotent,
        // The status says nothing here.
        needsBody: true,
        async beforeAttempt() {
          await limiterOf(operation).acquire(operation.rateLimit, priority, signal);
          await beforeAttempt?.();
        },
        onAttempt,
        signal,
      });
      const fail = (diagnosis: Diagnosis) => toVendorError(operation, answer, diagnosis, [token]);
      const reading = readSlack(answer);
      if (!reading.success) throw fail(reading.diagnosis);
      const output = operation.output.safeParse(reading.body);
      if (output.success) return output.data;
      throw fail({
        kind: "unreadable",
        message: `The answer is not what Slack documents for ${operation.name}.`,
        leavesOpen: true,
      });
    },
  };
}
