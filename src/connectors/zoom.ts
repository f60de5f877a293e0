import type { Operation, VendorCall } from "../catalogue/operation.ts";
import { systemClock } from "./clock.ts";
import type { Connector } from "./connector.ts";
import { type Diagnosis, toVendorError } from "./failure.ts";
import { createHttp, type HttpOptions } from "./http.ts";
import { parseInput, parseJsonObject, readsBody } from "./operation-call.ts";
import { createRateLimiter, zoomLimits, type ZoomPlan } from "./rate-limit.ts";
import { createSerialiser } from "./serialise.ts";
import { isVendorError, type VendorError } from "./vendor-error.ts";
import { readWholeList } from "./whole-list.ts";
import { type NamedPeople, readWhom } from "./whom.ts";
import { type CallContext, createSendAuthorized } from "./zoom-authorized.ts";
import { diagnoseZoom } from "./zoom-error.ts";
import { asksForOnePage, atZoomPlace, toZoomPage, wholeZoomBody } from "./zoom-list.ts";
import { createZoomTokenSource, type TokenStore } from "./zoom-token.ts";

export interface ZoomConnectorOptions extends HttpOptions {
  /** Base address, e.g. `https://api.zoom.us/v2`. */
  apiUrl: string;
  oauthUrl: string;
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** What the account pays for, which sets its rate limits. */
  plan: ZoomPlan;
  /** How much of those limits this app may use; 100 by default. */
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

/** One call to be made, and whom it names. */
type ZoomContext = CallContext & { people: NamedPeople };

/** An accepted call's body, and what makes an error of it where it cannot be used after all. */
interface Answered {
  /** Undefined where the operation reads none. */
  body: Record<string, unknown> | undefined;
  fail: (diagnosis: Diagnosis) => VendorError;
}

/** Makes the connector to Zoom: token, rate limits, one write at a time on each user, errors in our terms. */
export function createZoomConnector(options: ZoomConnectorOptions): ZoomConnector {
  const { apiUrl, clientSecret, plan, rateLimitPercent = 100, tokenStore, clock = systemClock } = options;
  const send = createHttp(options);
  const limiter = createRateLimiter(zoomLimits(plan, rateLimitPercent), clock);
  const writes = createSerialiser();
  const tokens = createZoomTokenSource(send, { ...options, clock, store: tokenStore });
  const sendAuthorized = createSendAuthorized({ send, limiter, tokens, apiUrl, clientSecret, clock });

  async function perform(operation: Operation, call: VendorCall, context: ZoomContext): Promise<Answered> {
    const { people, ...sending } = context;
    const { result, secrets } = await sendAuthorized(operation, call, sending);
    const fail = (diagnosis: Diagnosis) => toVendorError(operation, result, diagnosis, secrets);
    const diagnosis = diagnoseZoom(result);
    if (diagnosis !== undefined) throw fail(readWhom(diagnosis, people));
    if (!readsBody(operation)) return { body: undefined, fail };
    const body = result.kind === "answer" ? parseJsonObject(result.text) : undefined;
    if (body === undefined)
      throw fail({ kind: "unreadable", message: "The answer is not JSON.", leavesOpen: true });
    return { body, fail };
  }

  async function performWhole(
    operation: Operation,
    name: string,
    call: VendorCall,
    context: ZoomContext,
  ): Promise<Answered> {
    const { items, answer, fault } = await readWholeList(operation.pages, async (place) =>
      toZoomPage(name, await perform(operation, atZoomPlace(call, place), context)),
    );
    if (items === undefined || fault !== undefined)
      throw answer.fail({ kind: "unreadable", message: fault ?? "The list is missing in the answer." });
    return { ...answer, body: wholeZoomBody(answer, name, items) };
  }

  async function complete(operation: Operation, input: unknown, call: VendorCall, context: ZoomContext) {
    const { list } = operation;
    const { body, fail } =
      list === undefined || asksForOnePage(operation, input)
        ? await perform(operation, call, context)
        : await performWhole(operation, list, call, context);
    const output = operation.output.safeParse(body);
    if (output.success) return output.data;
    throw fail({ kind: "unreadable", message: "The answer is not what Zoom documents.", leavesOpen: true });
  }

  async function performEither(operation: Operation, input: unknown, context: ZoomContext) {
    try {
      return await complete(operation, input, operation.call(input), context);
    } catch (error) {
      const other = isUndocumentedRefusal(operation, error) ? operation.alternative?.(input) : undefined;
      if (other === undefined) throw error;
      return complete(operation, input, other, context);
    }
  }

  return {
    async execute(operation, input, context = {}) {
      const parsed = parseInput(operation, input);
      const subject = operation.subject?.(parsed);
      const people = { subject, others: operation.others?.(parsed) ?? [] };
      if (subject === undefined) return performEither(operation, parsed, { ...context, people });
      const { priority = 1, signal } = context;
      const isUrgent = priority < 1;
      return writes.run(
        subject.toLowerCase(),
        (inTurn) => performEither(operation, parsed, { ...context, people, inTurn }),
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
