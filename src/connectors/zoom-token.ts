import { atMost } from "../concurrency/timeout.ts";
import { z } from "zod";
import { type Clock, systemClock, waitUnlessAborted } from "./clock.ts";
import { type FailedCall, toVendorError } from "./failure.ts";
import type { SendHttp } from "./http.ts";
import { parseJsonObject, toRequest } from "./operation-call.ts";
import { createSealer } from "./sealed-text.ts";
import { diagnoseZoom } from "./zoom-error.ts";

/** A token this close to its end, in milliseconds, is replaced before it is used. */
const margin = 60_000;
/** Milliseconds that the shared store gets to answer: it saves a call, and must never cost a lockout. */
const storePatience = 1_000;

/** Where several instances share the token; what is put there is encrypted. */
export interface TokenStore {
  get(key: string): Promise<string | undefined>;
  /** Keeps a value for this many milliseconds. */
  set(key: string, value: string, milliseconds: number): Promise<unknown>;
}

/** What may stand behind `Bearer` in a header (RFC 6750): anything else is no token, and is never kept. */
const bearerToken = z.string().regex(/^[\w\-.~+/]+=*$/);

const storedToken = z.object({
  accessToken: bearerToken,
  /** As Zoom names them, without the vendor in front. */
  scopes: z.array(z.string()),
  /** Unix milliseconds. */
  expiresAt: z.number(),
});

export type ZoomToken = Readonly<z.output<typeof storedToken>>;

export interface ZoomTokenOptions {
  oauthUrl: string;
  accountId: string;
  clientId: string;
  clientSecret: string;
  store?: TokenStore;
  clock?: Clock;
}

export interface ZoomTokenSource {
  /** A token that is good for another minute; fetched at most once however many ask. */
  get(signal?: AbortSignal): Promise<ZoomToken>;
  /** A token other than the one that Zoom has just refused. */
  renew(refused: ZoomToken, signal?: AbortSignal): Promise<ZoomToken>;
}

const answerBody = z.looseObject({
  access_token: bearerToken,
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

const tokenCall: FailedCall = {
  vendor: "zoom",
  name: "zoom.oauth.token",
  // A failure here means that the operation itself was never sent.
  risk: "read",
  scopes: { classic: [], granular: [] },
};

/** Asks Zoom for a token. Throws a VendorError of `zoom.oauth.token`. */
async function fetchToken(
  send: SendHttp,
  { oauthUrl, accountId, clientId, clientSecret }: ZoomTokenOptions,
  clock: Clock,
): Promise<ZoomToken> {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const headers = {
    authorization: `Basic ${credentials}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  // In the body: Zoom was reported to refuse them in the query.
  const parameters = new URLSearchParams({ grant_type: "account_credentials", account_id: accountId });
  const request = {
    ...toRequest(oauthUrl, { method: "POST", path: "" }, headers),
    body: parameters.toString(),
  };
  const askedAt = clock.now();
  const result = await send(request, { writes: false, repeatable: true, needsBody: true });
  const diagnosis = diagnoseZoom(result);
  const secrets = [clientSecret, credentials];
  if (diagnosis !== undefined)
    throw toVendorError(
      tokenCall,
      result,
      diagnosis.kind === "refused" || diagnosis.kind === "missing_scope"
        ? { ...diagnosis, kind: "unauthorized" }
        : diagnosis,
      secrets,
    );
  const body = answerBody.safeParse(result.kind === "answer" ? parseJsonObject(result.text) : undefined);
  if (!body.success)
    throw toVendorError(
      tokenCall,
      result,
      { kind: "unreadable", message: "The answer holds no token that can be used." },
      secrets,
    );
  return {
    accessToken: body.data.access_token,
    scopes: body.data.scope?.split(/\s+/).filter((scope) => scope !== "") ?? [],
    expiresAt: askedAt + body.data.expires_in * 1_000,
  };
}

/**
 * Makes the source of server-to-server access tokens. Sources disagree on whether a new token ends the one before, so
 * as few as possible are asked for: one shared by all calls, and with a store by all instances. Both functions reject
 * with a VendorError of `zoom.oauth.token`, or with the reason of `signal`.
 */
export function createZoomTokenSource(send: SendHttp, options: ZoomTokenOptions): ZoomTokenSource {
  const { accountId, clientId, clientSecret, store, clock = systemClock } = options;
  const storeKey = `zoom-token:${accountId}:${clientId}`;
  const sealer = createSealer(clientSecret, storeKey);
  let current: ZoomToken | undefined;
  let underWay: Promise<ZoomToken> | undefined;

  function isFresh(token: ZoomToken): boolean {
    return token.expiresAt - margin > clock.now();
  }

  async function readStore(): Promise<ZoomToken | undefined> {
    const sealed = await orNothing(store?.get(storeKey));
    const text = typeof sealed === "string" ? sealer.open(sealed) : undefined;
    return text === undefined ? undefined : storedToken.safeParse(parseJsonObject(text)).data;
  }

  async function obtain(refused: ZoomToken | undefined): Promise<ZoomToken> {
    const stored = await readStore();
    if (stored !== undefined && isFresh(stored) && stored.accessToken !== refused?.accessToken)
      return (current = stored);
    const token = await fetchToken(send, options, clock);
    current = token;
    await orNothing(
      store?.set(storeKey, sealer.seal(JSON.stringify(token)), Math.max(1, token.expiresAt - clock.now())),
    );
    return token;
  }

  function obtainOnce(refused?: ZoomToken): Promise<ZoomToken> {
    underWay ??= obtain(refused).finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  async function renew(refused: ZoomToken): Promise<ZoomToken> {
    // Whatever is under way may end with the very token that was refused.
    await underWay?.catch(() => undefined);
    if (current !== undefined && current.accessToken !== refused.accessToken && isFresh(current))
      return current;
    return obtainOnce(refused);
  }

  return {
    get: async (signal) =>
      current !== undefined && isFresh(current) ? current : waitUnlessAborted(obtainOnce(), signal),
    renew: (refused, signal) => waitUnlessAborted(renew(refused), signal),
  };
}

/** What the store answers, or undefined when it fails or takes too long. */
async function orNothing<Value>(answer: Promise<Value> | undefined): Promise<Value | undefined> {
  try {
    return await atMost(storePatience, Promise.resolve(answer));
  } catch {
    return undefined;
  }
}
