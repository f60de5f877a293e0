import { randomBytes } from "node:crypto";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import type { ZoomAccount } from "./state.ts";
import { ZoomRefusal } from "./refusal.ts";

const LIFETIME_SECONDS = 3600;

export interface ZoomCredentials {
  accountId: string;
  clientId: string;
  clientSecret: string;
}

export interface Tokens {
  /** Answers `POST /oauth/token`. */
  issue(request: VendorRequest): VendorAnswer;
  /** The scopes that the request's token carries. Throws 401/124. */
  scopesOf(request: VendorRequest): readonly string[];
  /** Grants a token to someone else who has the app's credentials. */
  grantToAnother(): void;
  /** Lets every token that is out run out now. */
  expireAll(): void;
}

/** Server-to-server OAuth of one app: tokens that live an hour by the account's clock. */
export function createTokens(
  account: ZoomAccount,
  credentials: ZoomCredentials,
  scopes: readonly string[],
): Tokens {
  const expiries = new Map<string, number>();

  function grant(): string {
    if (account.newTokenRevokesOlder) expiries.clear();
    const token = randomBytes(48).toString("base64url");
    expiries.set(token, account.clock().getTime() + LIFETIME_SECONDS * 1000);
    account.tokensIssued += 1;
    return token;
  }

  return {
    issue(request) {
      if (request.method !== "POST") return oauthError(405, "Method Not Allowed", "invalid_request");
      const { clientId, clientSecret, accountId } = credentials;
      const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
      if (request.headers["authorization"] !== basic)
        return oauthError(401, "Invalid client_id or client_secret", "invalid_client");
      const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      const parameter = (name: string): unknown =>
        (account.tokenParameters === "body" ? undefined : request.query.get(name)) ??
        (isForm ? request.body?.[name] : undefined);
      if (parameter("grant_type") !== "account_credentials")
        return oauthError(400, "unsupported grant type", "unsupported_grant_type");
      if (parameter("account_id") !== accountId) return oauthError(400, "Bad Request", "invalid_request");
      return {
        status: 200,
        headers: { "cache-control": "no-store" },
        body: {
          access_token: grant(),
          token_type: "bearer",
          expires_in: LIFETIME_SECONDS,
          scope: scopes.join(" "),
          api_url: `http://${request.headers["host"] ?? "127.0.0.1"}`,
        },
      };
    },
    scopesOf(request) {
      const [scheme, token, ...rest] = (request.headers["authorization"] ?? "").split(" ");
      const expiry =
        rest.length === 0 && scheme?.toLowerCase() === "bearer" ? expiries.get(token ?? "") : undefined;
      if (expiry === undefined) throw new ZoomRefusal(401, 124, "Invalid access token.");
      if (expiry <= account.clock().getTime()) throw new ZoomRefusal(401, 124, "Access token is expired.");
      return scopes;
    },
    grantToAnother: () => void grant(),
    expireAll() {
      for (const token of expiries.keys()) expiries.set(token, 0);
    },
  };
}

function oauthError(status: number, reason: string, error: string): VendorAnswer {
  return { status, body: { reason, error } };
}
