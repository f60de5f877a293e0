import { randomUUID } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { invalidRequest, notFound, notFoundInAccess, success } from "./envelope.ts";
import { numberedPage } from "./page.ts";
import { asFields, asFilledList, asText, readBody } from "./request-body.ts";
import { type CloudflareContext, parameter } from "./route.ts";
import type { AccountToken, ServiceToken } from "./state.ts";

/** A service token that works. */
export function createServiceToken(partial: Partial<ServiceToken>, clock: () => Date): ServiceToken {
  const now = clock().toISOString();
  return {
    id: randomUUID(),
    name: "Deployments",
    client_id: `${cloudflareId()}.access`,
    duration: "8760h",
    enabled: true,
    created_at: now,
    updated_at: now,
    last_seen_at: null,
    ...partial,
  };
}

/** An account token that works. */
export function createAccountToken(partial: Partial<AccountToken>, clock: () => Date): AccountToken {
  const now = clock().toISOString();
  return {
    id: cloudflareId(),
    name: "Deployments",
    status: "active",
    issued_on: now,
    modified_on: now,
    last_used_on: null,
    policies: [
      { id: cloudflareId(), effect: "allow", permission_groups: [{ id: cloudflareId() }], resources: {} },
    ],
    ...partial,
  };
}

/** All service tokens, without their secrets. */
export function listServiceTokens({ account, request }: CloudflareContext): VendorAnswer {
  return numberedPage({ account, request }, [...account.serviceTokens.values()]);
}

/** Changes what is named and leaves the rest. Throws 404 and 400. */
export function updateServiceToken(context: CloudflareContext): VendorAnswer {
  const token = context.account.serviceTokens.get(parameter(context, "service_token_id"));
  if (!token) throw notFoundInAccess("service token");
  const { name, duration, enabled } = readBody(context.request, ["name", "duration", "enabled"]);
  if (enabled !== undefined && typeof enabled !== "boolean") throw invalidRequest("enabled is not a boolean");
  Object.assign(token, {
    name: name === undefined ? token.name : asText(name, "name"),
    duration: duration === undefined ? token.duration : asText(duration, "duration"),
    enabled: enabled ?? token.enabled,
    updated_at: context.account.clock().toISOString(),
  });
  return success(token);
}

/** All tokens of the account, without their values. */
export function listAccountTokens({ account, request }: CloudflareContext): VendorAnswer {
  return numberedPage({ account, request }, [...account.accountTokens.values()], { usual: 20, most: 50 });
}

/** Puts a token in the place of the one that was: what is not named is gone. Throws 404 and 400. */
export function replaceAccountToken(context: CloudflareContext): VendorAnswer {
  const { account, request } = context;
  const token = account.accountTokens.get(parameter(context, "token_id"));
  if (!token) throw notFound("token");
  const limits = ["condition", "expires_on", "not_before"];
  const body = readBody(request, ["name", "policies", "status", ...limits]);
  const name = asText(body["name"], "name");
  const policies = asFilledList(body["policies"], "policies");
  const status = asStatus(body["status"] ?? "active");
  if (body["condition"] !== undefined) asFields(body["condition"], ["request_ip"]);
  const kept = Object.fromEntries(limits.flatMap((key) => (key in body ? [[key, body[key]]] : [])));
  const { id, issued_on, last_used_on } = token;
  const modified_on = account.clock().toISOString();
  const replaced = { id, issued_on, last_used_on, modified_on, name, policies, status, ...kept };
  account.accountTokens.set(id, replaced);
  return success(replaced);
}

function asStatus(status: unknown): AccountToken["status"] {
  if (status !== "active" && status !== "disabled" && status !== "expired") throw invalidRequest("status");
  return status;
}

/** What the caller's own token is. Whoever has a wrong one was refused before. */
export function verifyToken({ account }: CloudflareContext): VendorAnswer {
  return success({ id: account.tokenId, status: "active" });
}
