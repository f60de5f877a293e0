import type { VendorAnswer, VendorRequest } from "../simulator.ts";
import { ApiFailure } from "./api-failure.ts";
import { readArguments, requireScope, type Method } from "./method.ts";
import { CHAT_METHODS } from "./methods/chat.ts";
import { CONVERSATION_METHODS } from "./methods/conversations.ts";
import { DIRECTORY_METHODS } from "./methods/directory.ts";
import { FILE_METHODS } from "./methods/files.ts";
import { VIEW_METHODS } from "./methods/views.ts";
import { createLimiter } from "./rate-limit.ts";
import type { JsonObject, SlackState } from "./state.ts";

function bearerToken(request: VendorRequest): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  const inBody = request.body?.["token"];
  return header ?? (typeof inBody === "string" ? inBody : undefined);
}

/** @throws ApiFailure `not_authed`, `invalid_auth`, `not_allowed_token_type`, `missing_scope` */
function authorize(state: SlackState, request: VendorRequest, method: Method): void {
  const { botToken, appToken } = state.credentials;
  const token = bearerToken(request);
  if (token === undefined || token === "") throw new ApiFailure("not_authed");
  if (token !== botToken && token !== appToken) throw new ApiFailure("invalid_auth");
  const wanted = method.token === "app" ? appToken : botToken;
  if (token !== wanted) throw new ApiFailure("not_allowed_token_type");
  if (method.token !== "app") requireScope(state, method.scopes);
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
  options: { rateLimits: boolean; socketMethods: Record<string, Method> },
): (request: VendorRequest) => VendorAnswer {
  const methods: Record<string, Method> = {
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
    authorize(state, request, method);
    const args = readArguments(argumentValues(request));
    const key = method.limit === "posting" ? `${name} ${args.text("channel") ?? ""}` : name;
    const wait = options.rateLimits ? count(method.limit, key) : undefined;
    if (wait !== undefined)
      return {
        status: 429,
        headers: { "retry-after": String(wait) },
        body: { ok: false, error: "ratelimited" },
      };
    return { status: 200, headers: scopeHeaders(method), body: { ok: true, ...method.run(args, state) } };
  }

  function scopeHeaders(method: Method): Record<string, string> {
    return {
      "x-oauth-scopes": [...state.scopes].join(","),
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
