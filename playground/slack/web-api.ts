import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { ApiFailure } from "./api-failure.ts";
import { readArguments, requireScope, type Method } from "./method.ts";
import { ADMINISTRATION_METHODS } from "./methods/administration.ts";
import { CHAT_METHODS } from "./methods/chat.ts";
import { CONVERSATION_METHODS } from "./methods/conversations.ts";
import { DIRECTORY_METHODS } from "./methods/directory.ts";
import { FILE_METHODS } from "./methods/files.ts";
import { VIEW_METHODS } from "./methods/views.ts";
import { createLimiter } from "./rate-limit.ts";
import type { JsonObject, SlackState } from "./state.ts";
import type { Caller } from "./switches.ts";

function bearerToken(request: VendorRequest): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  const inBody = request.body?.["token"];
  return header ?? (typeof inBody === "string" ? inBody : undefined);
}

/** @throws ApiFailure `not_authed`, `invalid_auth` or as its switch says, `not_allowed_token_type`, `missing_scope` */
function authorize(state: SlackState, request: VendorRequest, method: Method): Caller {
  const { botToken, appToken, adminToken } = state.credentials;
  const token = bearerToken(request);
  if (token === undefined || token === "") throw new ApiFailure("not_authed");
  const callers: Record<string, Caller> = { [botToken]: "bot", [appToken]: "app", [adminToken]: "admin" };
  const caller = Object.hasOwn(callers, token) ? callers[token] : undefined;
  if (caller === undefined) throw new ApiFailure("invalid_auth");
  const refusal = state.switches.refusedTokens.get(caller);
  if (refusal !== undefined) throw new ApiFailure(refusal);
  const wanted = method.token ?? "bot";
  if (wanted !== "any" && wanted !== caller) throw new ApiFailure("not_allowed_token_type");
  if (caller !== "app") requireScope(scopesOf(state, caller), method.scopes);
  return caller;
}

function scopesOf(state: SlackState, caller: Caller): ReadonlySet<string> {
  return caller === "admin" ? state.adminScopes : state.scopes;
}

/** @throws ApiFailure `invalid_arguments` for arguments that the method does not know */
function refuseUnknown({ takes }: Method, values: JsonObject): void {
  const unknown = Object.keys(values).filter((name) => name !== "token" && takes?.includes(name) === false);
  if (unknown.length > 0) throw new ApiFailure("invalid_arguments", { unknown });
}

function argumentValues(request: VendorRequest): JsonObject {
  return { ...Object.fromEntries(request.query), ...request.body };
}

/**
 * The Web API at `/api/`: every call is authorized, counted against its limit and then run. As in Slack, a refusal
 * is a 200 with `ok: false`; only a rate limit is a 429.
 * @param socketMethods methods that belong to Socket Mode, by name
 */
export function createWebApi(
  state: SlackState,
  options: { socketMethods: Record<string, Method> },
): (request: VendorRequest) => VendorAnswer {
  const methods: Record<string, Method> = {
    ...ADMINISTRATION_METHODS,
    ...DIRECTORY_METHODS,
    ...CONVERSATION_METHODS,
    ...CHAT_METHODS,
    ...FILE_METHODS,
    ...VIEW_METHODS,
    ...options.socketMethods,
  };
  const count = createLimiter(state.clock);

  function run(name: string, request: VendorRequest): VendorAnswer {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined) throw new ApiFailure("unknown_method", { req_method: name });
    const caller = authorize(state, request, method);
    const values = argumentValues(request);
    const args = readArguments(values);
    const key = method.limit === "posting" ? `${name} ${args.text("channel") ?? ""}` : name;
    const limit =
      state.switches.callsAMinute.get(name) ?? (state.switches.rateLimits ? method.limit : "none");
    const wait = count(limit, key);
    if (wait !== undefined)
      return {
        status: 429,
        headers: { "retry-after": String(wait) },
        body: { ok: false, error: "ratelimited" },
      };
    refuseUnknown(method, values);
    const body = { ok: true, ...method.run(args, state, caller) };
    return { status: 200, headers: scopeHeaders(method, caller), body };
  }

  function scopeHeaders(method: Method, caller: Caller): Record<string, string> {
    return {
      "x-oauth-scopes": [...scopesOf(state, caller)].join(","),
      "x-accepted-oauth-scopes": method.scopes.join(","),
    };
  }

  return (request) => {
    try {
      return run(request.path.slice("/api/".length), request);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      return { status: 200, body: { ok: false, error: error.code, ...error.more } };
    }
  };
}
