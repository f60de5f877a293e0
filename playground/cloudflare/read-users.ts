import type { VendorAnswer } from "../vendor-http.ts";
import { notFoundInAccess, success } from "./envelope.ts";
import { numberedPage } from "./page.ts";
import { type CloudflareContext, parameter } from "./route.ts";

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
  return numberedPage({ account, request }, users);
}

/** The Access organization of a zone that has one of its own. */
export function showOrganization(): VendorAnswer {
  return success({
    name: "Northwind",
    auth_domain: "northwind.cloudflareaccess.com",
    session_duration: "24h",
  });
}

function findUser(context: CloudflareContext) {
  const user = context.account.accessUsers.get(parameter(context, "user_id"));
  if (!user) throw notFoundInAccess("user");
  return user;
}

function inSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/** One person. Throws 404 when unknown. */
export function showUser(context: CloudflareContext): VendorAnswer {
  return success(findUser(context));
}

/** The live sessions of one person. Throws 404 when unknown. */
export function listActiveSessions(context: CloudflareContext): VendorAnswer {
  const user = findUser(context);
  const sessions = context.account.liveSessions(user.id).map(({ nonce, startedAt, expiresAt, apps }) => {
    const expires = inSeconds(expiresAt);
    const issued = inSeconds(startedAt);
    return {
      name: nonce,
      expiration: expires,
      metadata: { apps, expires, iat: issued, nonce, ttl: expires - issued },
    };
  });
  return numberedPage(context, sessions);
}

/** One live session of one person. Throws 404 when either is unknown. */
export function showActiveSession(context: CloudflareContext): VendorAnswer {
  const user = findUser(context);
  const nonce = parameter(context, "nonce");
  const session = context.account.liveSessions(user.id).find((one) => one.nonce === nonce);
  if (!session) throw notFoundInAccess("session");
  return success({ ...identify(context, user, session), isActive: true });
}

/** Who Access took the person for last. Throws 404 for the person who is unknown or has never signed in. */
export function showLastSeenIdentity(context: CloudflareContext): VendorAnswer {
  const user = findUser(context);
  const session = context.account.lastSessions.get(user.id);
  if (!session) throw notFoundInAccess("identity");
  return success(identify(context, user, session));
}

function identify(
  { account }: CloudflareContext,
  { id, email, name }: { id: string; email: string; name: string },
  { startedAt, idp, ip, country }: { startedAt: Date; idp: object; ip: string; country: string },
): object {
  return {
    account_id: account.accountId,
    user_uuid: id,
    email,
    common_name: name,
    iat: inSeconds(startedAt),
    idp,
    ip,
    geo: { country },
    is_warp: false,
    is_gateway: false,
    device_id: "",
    devicePosture: {},
    device_sessions: {},
    auth_status: "NONE",
    service_token_id: "",
    service_token_status: false,
    version: 2,
  };
}

/** The refused sign-ins of one person. Throws 404 when unknown. */
export function listFailedLogins(context: CloudflareContext): VendorAnswer {
  const user = findUser(context);
  const failed = context.account.signIns.entries.filter(
    ({ userId, allowed }) => userId === user.id && !allowed,
  );
  return numberedPage(
    context,
    failed.map(({ created_at, app_domain, ip_address, ray_id }) => ({
      expiration: inSeconds(new Date(created_at)) + 86_400,
      metadata: { app_name: "Wiki", aud: app_domain, datetime: created_at, ray_id, user_ip: ip_address },
    })),
  );
}
