import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { startSimulator, type Simulator, type SimulatorOptions } from "../simulator.ts";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { createAccount, openDirectory } from "./account.ts";
import type { ZoomAccount } from "./state.ts";
import { checkQuery } from "./parameters.ts";
import { createRateLimits, type ZoomPlan } from "./rate-limits.ts";
import { ZoomRefusal, userDoesNotExist, userNotOnAccount } from "./refusal.ts";
import { createRoutes, matchRoute } from "./routes.ts";
import type { ZoomRoute } from "./route.ts";
import { SETUP_SCOPES } from "./scopes.ts";
import { createTokens, type ZoomCredentials } from "./tokens.ts";
import { zoomId } from "./user.ts";

export interface ZoomSimulatorOptions extends SimulatorOptions {
  /** Rules every lifetime, limit and delay; the system's clock by default. */
  clock?: () => Date;
  accountId?: string;
  clientId?: string;
  clientSecret?: string;
  /** Granted to the app, classic or granular; those of `docs/setup.md` by default. */
  scopes?: readonly string[];
  /** Decides the rate limits; `pro` by default. */
  plan?: ZoomPlan;
  /** Whether there are rate limits at all; true by default. With a clock that stands still they never recover. */
  rateLimits?: boolean;
}

/** The pretend Zoom: a server, and the account behind it to look into and to change. */
export interface ZoomSimulator extends Simulator, ZoomAccount {
  /** For `ZOOM_API_URL`. */
  readonly apiUrl: string;
  /** For `ZOOM_OAUTH_URL`. */
  readonly oauthUrl: string;
  readonly credentials: ZoomCredentials;
  /** Lets every access token run out now. */
  expireTokens(): void;
  /** Another program takes a token with the same credentials; with `newTokenRevokesOlder` it ends all others. */
  takeTokenElsewhere(): void;
}

/** Starts the pretend Zoom on loopback; close it when done. */
export async function startZoomSimulator(options: ZoomSimulatorOptions = {}): Promise<ZoomSimulator> {
  const clock = options.clock ?? (() => new Date());
  const credentials = {
    accountId: options.accountId ?? zoomId(),
    clientId: options.clientId ?? zoomId(),
    clientSecret: options.clientSecret ?? randomBytes(24).toString("base64url"),
  };
  const account = createAccount({
    accountId: credentials.accountId,
    clock,
    plan: options.plan ?? "pro",
    rateLimits: options.rateLimits ?? true,
  });
  const directory = openDirectory(account);
  const tokens = createTokens(account, credentials, options.scopes ?? SETUP_SCOPES);
  const rateLimits = createRateLimits(clock);
  const routes = createRoutes();

  async function answerApi(request: VendorRequest): Promise<VendorAnswer> {
    const { route, userId, segments } = matchRoute(routes, request);
    const scopes = tokens.scopesOf(request);
    const spending = account.rateLimits
      ? rateLimits.spend(route.label, account.plan, account.rateLimitHeaders)
      : { headers: {} };
    const answer =
      spending.refusal ??
      (await refusalsAsAnswers(async () => {
        checkScopes(route, scopes, userId === "me" || userId === account.owner.id);
        checkQuery(request, route.query);
        return route.answer({ account, directory, request, userId, segments });
      }));
    const said = account.unknownUserCode === 1010 ? inOtherWords(answer, userId) : answer;
    return { ...said, headers: { ...spending.headers, ...said.headers } };
  }

  /** 400/1010 for 404/1001, where it is said of the user whom the call is about. */
  function inOtherWords(answer: VendorAnswer, userId: string): VendorAnswer {
    const isUnknown = isDeepStrictEqual(answer, userDoesNotExist(userId).answer);
    return isUnknown ? userNotOnAccount(account.accountId).answer : answer;
  }

  const simulator = await startSimulator(
    "zoom",
    (request) =>
      request.path === "/oauth/token" ? tokens.issue(request) : refusalsAsAnswers(() => answerApi(request)),
    options,
  );
  // The account itself, not a copy: the rules must see what a test changes on the simulator.
  return Object.assign(account, simulator, {
    apiUrl: `${simulator.url}/v2`,
    oauthUrl: `${simulator.url}/oauth/token`,
    credentials,
    expireTokens: () => tokens.expireAll(),
    takeTokenElsewhere: () => tokens.grantToAnother(),
  });
}

function checkScopes(route: ZoomRoute, granted: readonly string[], isOwner: boolean): void {
  const sufficient = route.scopes.filter((scope) => isOwner || /:(admin|master)$/.test(scope));
  if (sufficient.some((scope) => granted.includes(scope))) return;
  throw new ZoomRefusal(
    400,
    route.missingScopeCode ?? 4711,
    `Invalid access token, does not contain scopes:[${sufficient.join(", ")}].`,
  );
}

async function refusalsAsAnswers(work: () => Promise<VendorAnswer>): Promise<VendorAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZoomRefusal) return error.answer;
    throw error;
  }
}
