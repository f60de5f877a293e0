import { sendOnce } from "../http-attempt.ts";

/** Milliseconds for one answer. */
const TIMEOUT = 5_000;
const MOST_BYTES = 1024 * 1024;

/** What Slack answered, with what only the headers say. */
export interface SlackSaid {
  ok: boolean;
  /** Slack's error code, or what kept it from answering. */
  error?: string;
  body: Readonly<Record<string, unknown>>;
  /** The scopes of the token. */
  scopes?: readonly string[];
  /** Slack's clock, Unix milliseconds. */
  date?: number;
}

/**
 * Calls one method of Slack's Web API and reads its headers too, which the client keeps to itself. Never throws.
 * @param apiUrl with a slash at its end
 */
export async function askSlack(
  apiUrl: string,
  token: string,
  method: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<SlackSaid> {
  const result = await sendOnce(
    {
      method: "POST",
      url: new URL(method, apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`),
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/x-www-form-urlencoded",
        "accept-encoding": "identity",
      },
      body: new URLSearchParams(parameters).toString(),
    },
    { needsBody: true, limits: { timeout: TIMEOUT, maxBodyBytes: MOST_BYTES }, signal: undefined },
  );
  if (result.kind !== "answer") return { ok: false, error: result.reason, body: {} };
  const body = parse(result.text);
  const date = Date.parse(String(result.headers["date"] ?? ""));
  const scopes = result.headers["x-oauth-scopes"];
  const error = typeof body["error"] === "string" ? body["error"] : `HTTP ${result.status}`;
  return {
    ok: body["ok"] === true,
    ...(body["ok"] === true ? {} : { error }),
    body,
    ...(typeof scopes === "string" ? { scopes: scopes.split(/,\s*/).filter(Boolean) } : {}),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
