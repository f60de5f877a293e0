import { randomBytes } from "node:crypto";
import { startSimulator, type Simulator, type SimulatorOptions } from "../simulator.ts";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import type { CloudflareAccount } from "./state.ts";
import { createAccount } from "./account.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { accessNotEnabled, CloudflareRefusal, failure, invalidRequest, malformedHeader } from "./envelope.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { isEmail } from "./request-body.ts";
import { EVERY_PERMISSION, matchRoute } from "./routes.ts";

export interface CloudflareSimulatorOptions extends SimulatorOptions {
  /** Rules every session, block and limit; the system's clock by default. */
  clock?: () => Date;
  accountId?: string;
  apiToken?: string;
  /** The legacy pair, which may do everything. */
  apiEmail?: string;
  apiKey?: string;
  zoneIds?: string[];
  /** What the token may do; everything by default. */
  permissions?: string[];
  /** False for none; 1,200 requests in 300 seconds by default. */
  rateLimits?: RateLimit | false;
}

interface CloudflareCredentials {
  accountId: string;
  apiToken: string;
  apiEmail: string;
  apiKey: string;
  zoneIds: readonly string[];
}

/** The pretend Cloudflare: a server, and the account behind it to look into and to change. */
export interface CloudflareSimulator extends Simulator, CloudflareAccount {
  /** For `CLOUDFLARE_API_URL`. */
  readonly apiUrl: string;
  readonly credentials: CloudflareCredentials;
}

interface Caller {
  credential: string;
  mayDoAll: boolean;
}

/** Starts the pretend Cloudflare on loopback; close it when done. */
export async function startCloudflareSimulator(
  options: CloudflareSimulatorOptions = {},
): Promise<CloudflareSimulator> {
  const clock = options.clock ?? (() => new Date());
  const credentials: CloudflareCredentials = {
    accountId: options.accountId ?? cloudflareId(),
    apiToken: options.apiToken ?? randomBytes(30).toString("base64url"),
    apiEmail: options.apiEmail ?? "cloudflare-admin@example.com",
    apiKey: options.apiKey ?? randomBytes(19).toString("hex").slice(1),
    zoneIds: options.zoneIds ?? [cloudflareId()],
  };
  const account = createAccount({
    accountId: credentials.accountId,
    zoneIds: credentials.zoneIds,
    clock,
    permissions: options.permissions ?? [...EVERY_PERMISSION],
  });
  const rateLimit =
    options.rateLimits === false
      ? undefined
      : createRateLimit(options.rateLimits ?? { requests: 1200, seconds: 300 }, clock);

  function answer(request: VendorRequest): VendorAnswer {
    let headers = rateLimit?.describe() ?? {};
    try {
      const caller = identify(request, credentials);
      const spending = rateLimit?.spend(caller.credential);
      headers = spending?.headers ?? {};
      if (spending?.refused)
        throw new CloudflareRefusal(
          429,
          10429,
          "Rate limited. Please wait and consider throttling your request speed",
        );
      return withHeaders(answerCaller(request, caller), headers);
    } catch (error) {
      if (error instanceof CloudflareRefusal) return withHeaders(error.answer, headers);
      throw error;
    }
  }

  function answerCaller(request: VendorRequest, caller: Caller): VendorAnswer {
    const { route, parameters } = matchRoute(account, request);
    const isAllowed =
      route.permissions.length === 0 || route.permissions.some((name) => account.permissions.includes(name));
    if (!caller.mayDoAll && !isAllowed)
      return failure(403, 10000, "Forbidden", {
        documentationUrl: "https://developers.cloudflare.com/api/",
      });
    for (const name of request.query.keys())
      if (
        !route.query.includes(name) ||
        (request.query.getAll(name).length > 1 && !route.repeatable?.includes(name))
      )
        throw invalidRequest(`query parameter ${name}`);
    if (route.path.includes("/access/") && !account.accessEnabled) throw accessNotEnabled();
    return route.answer({ account, request, parameters });
  }

  const simulator = await startSimulator("cloudflare", answer, options);
  // The account itself, not a copy: the rules must see what a test changes on the simulator.
  return Object.assign(account, simulator, { apiUrl: `${simulator.url}/client/v4`, credentials });
}

function identify(request: VendorRequest, credentials: CloudflareCredentials): Caller {
  const { authorization, "x-auth-email": email, "x-auth-key": key } = request.headers;
  if (authorization !== undefined) {
    if (!/^Bearer [\w.~+/-]+=*$/.test(authorization)) throw malformedHeader("Authorization");
    if (authorization === `Bearer ${credentials.apiToken}`) return { credential: "token", mayDoAll: false };
    throw request.path.endsWith("/tokens/verify")
      ? new CloudflareRefusal(401, 1000, "Invalid API Token")
      : new CloudflareRefusal(401, 10000, "Authentication error");
  }
  if (email === undefined || key === undefined)
    throw new CloudflareRefusal(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
  if (!isEmail(email)) throw malformedHeader("X-Auth-Email");
  if (!/^[0-9a-f]{37}$/.test(key)) throw malformedHeader("X-Auth-Key");
  if (email === credentials.apiEmail && key === credentials.apiKey)
    return { credential: "key", mayDoAll: true };
  throw new CloudflareRefusal(401, 10000, "Authentication error");
}

function withHeaders(answer: VendorAnswer, headers: Record<string, string>): VendorAnswer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
