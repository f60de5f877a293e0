import { z } from "zod";
import { type Diagnosis, diagnoseTransport } from "./failure.ts";
import type { HttpResult } from "./http.ts";
import { parseJsonObject } from "./operation-call.ts";
import type { VendorErrorKind } from "./vendor-error.ts";

const envelope = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional().catch(undefined),
  needed: z.string().optional().catch(undefined),
});

/** How an answer of Slack's reads: the whole of it, or what is wrong. */
export type SlackReading =
  | { success: true; body: Record<string, unknown> }
  | { success: false; diagnosis: Diagnosis };

/** The shape of Slack's error words; what else stands in their place may be anything. */
const WORD = /^[a-z][a-z0-9_]{1,63}$/;

const KINDS: Readonly<Record<string, VendorErrorKind>> = {
  user_not_found: "not_found",
  missing_scope: "missing_scope",
  ratelimited: "rate_limited",
  not_authed: "unauthorized",
  invalid_auth: "unauthorized",
  account_inactive: "unauthorized",
  token_revoked: "unauthorized",
  token_expired: "unauthorized",
  not_allowed_token_type: "unauthorized",
  not_an_admin: "unauthorized",
  admin_unauthorized: "unauthorized",
  no_permission: "unauthorized",
  access_denied: "unauthorized",
  accesslimited: "unauthorized",
  team_access_not_granted: "unauthorized",
  two_factor_setup_required: "unauthorized",
  // Slack says of these that some of it may have been done.
  internal_error: "server_error",
  fatal_error: "server_error",
  service_unavailable: "server_error",
  request_timeout: "server_error",
};

function kindOf(status: number, word: string | undefined): VendorErrorKind {
  if (status === 429) return "rate_limited";
  if (status >= 500) return "server_error";
  return (word === undefined ? undefined : KINDS[word]) ?? "refused";
}

function fail(diagnosis: Diagnosis): SlackReading {
  return { success: false, diagnosis };
}

/** That there is none is an answer to a question for a list, though Slack words it as a refusal. */
const NO_SESSIONS = "no_active_sessions";

/**
 * Opens Slack's envelope. A success is only what says exactly `ok: true` with a 2xx: Slack refuses with 200 as well,
 * and a proxy answers HTML with anything.
 */
export function readSlack(result: HttpResult): SlackReading {
  const transport = diagnoseTransport(result);
  if (transport !== undefined || result.kind !== "answer") return fail(transport ?? { kind: "unreadable" });
  const { status, text } = result;
  const json = parseJsonObject(text);
  const body = envelope.safeParse(json).data;
  if (json === undefined || body === undefined) {
    const kind = kindOf(status, undefined);
    return kind === "refused"
      ? fail({ kind: "unreadable", message: "The answer is not Slack's JSON.", leavesOpen: true })
      : fail({ kind });
  }
  const isOk = status >= 200 && status < 300;
  if (isOk && body.ok) return { success: true, body: json };
  if (isOk && body.error === NO_SESSIONS) return { success: true, body: { ok: true, active_sessions: [] } };
  const word = body.error !== undefined && WORD.test(body.error) ? body.error : undefined;
  const kind = kindOf(status, word);
  const message = word === undefined ? body.error : body.needed && `needed: ${body.needed}`;
  return fail({
    kind,
    code: word,
    ...(message ? { message } : {}),
    leavesOpen: kind === "server_error",
  });
}
