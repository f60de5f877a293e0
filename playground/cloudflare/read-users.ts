import type { VendorAnswer, VendorRequest } from "../simulator.ts";
import { CloudflareRefusal, invalidRequest, success, type ResultInfo } from "./envelope.ts";
import type { CloudflareContext } from "./routes.ts";

/**
 * The people of the account, in pages. `email`, `name` and `search` match parts of words without regard to case:
 * an exact match is promised nowhere, and a caller who counts on one would act on the wrong person here.
 */
export function listUsers({ account, request }: CloudflareContext): VendorAnswer {
  const part = (name: string): string => request.query.get(name)?.toLowerCase() ?? "";
  const users = [...account.accessUsers.values()].filter(
    ({ email, name }) =>
      email.toLowerCase().includes(part("email")) &&
      name.toLowerCase().includes(part("name")) &&
      `${email} ${name}`.toLowerCase().includes(part("search")),
  );
  return page(request, users);
}

/** The live sessions of one person. Throws 404/12135 when unknown. */
export function listActiveSessions({ account, request, parameters }: CloudflareContext): VendorAnswer {
  const userId = parameters["user_id"] ?? "";
  if (!account.accessUsers.has(userId))
    throw new CloudflareRefusal(404, 12135, "access.api.error.not_found: user");
  const sessions = account.liveSessions(userId).map(({ nonce, startedAt, expiresAt, apps }) => {
    const expires = Math.floor(expiresAt.getTime() / 1000);
    const issued = Math.floor(startedAt.getTime() / 1000);
    return {
      name: nonce,
      expiration: expires,
      metadata: { apps, expires, iat: issued, nonce, ttl: expires - issued },
    };
  });
  return page(request, sessions);
}

function page(request: VendorRequest, everything: readonly unknown[]): VendorAnswer {
  const number = readNumber(request, "page", 1, 100_000);
  const size = readNumber(request, "per_page", 25, 1000);
  const result = everything.slice((number - 1) * size, number * size);
  const info: ResultInfo = {
    page: number,
    per_page: size,
    count: result.length,
    total_count: everything.length,
    total_pages: Math.ceil(everything.length / size),
  };
  return success(result, info);
}

function readNumber(request: VendorRequest, name: string, fallback: number, maximum: number): number {
  const text = request.query.get(name);
  if (text === null) return fallback;
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > maximum) throw invalidRequest(`${name} is not a number from 1 to ${maximum}`);
  return number;
}
