import { z } from "zod";
import { type Diagnosis, diagnoseTransport } from "./failure.ts";
import type { HttpResult } from "./http.ts";
import { parseJsonObject } from "./operation-call.ts";
import type { VendorErrorKind } from "./vendor-error.ts";

const errorBody = z.looseObject({
  code: z.coerce.number().int().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  errors: z
    .array(z.looseObject({ field: z.string().optional(), message: z.string() }))
    .optional()
    .catch(undefined),
  // The token endpoint's words.
  reason: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
});

/** Zoom's error body, as far as there is one. */
function readErrorBody(text: string): { code?: number; message?: string } | undefined {
  const body = errorBody.safeParse(parseJsonObject(text)).data;
  if (body === undefined) return undefined;
  const fields = body.errors?.map(({ field, message }) =>
    field === undefined ? message : `${field}: ${message}`,
  );
  const said = [body.message, ...(fields ?? []), body.reason, body.error].filter(
    (part) => part !== undefined,
  );
  return {
    code: body.code,
    ...(said.length === 0 ? {} : { message: said.join(" ") }),
  };
}

function classify(status: number, code: number | undefined, message: string): VendorErrorKind {
  // Sources disagree on the code in the body of a 429 and of a 5xx: the status decides.
  if (status === 429) return "rate_limited";
  if (status >= 500) return "server_error";
  if (code === 4711 || /does not contain .*scope/i.test(message)) return "missing_scope";
  // Only these codes say that the user or the meeting does not exist. Any other 404 is a wrong address, and reading
  // it as "gone" would prove a deletion that never took place.
  if (code === 1001 || code === 1010 || (status === 404 && code === 3001)) return "not_found";
  if (status === 401 || status === 403 || code === 124 || code === 4700) return "unauthorized";
  return "refused";
}

/** What is wrong with an answer of Zoom's; undefined when it is a success. */
export function diagnoseZoom(result: HttpResult): Diagnosis | undefined {
  const transport = diagnoseTransport(result);
  if (transport !== undefined || result.kind !== "answer") return transport;
  const { status, text } = result;
  if (status >= 200 && status < 300) return undefined;
  const body = readErrorBody(text);
  const kind = classify(status, body?.code, body?.message ?? "");
  // A refusal in something else than Zoom's words comes from something else than Zoom.
  if (body === undefined && kind === "refused")
    return { kind: "unreadable", message: "The answer is not JSON.", leavesOpen: true };
  return { kind, ...body };
}

/** Whether Zoom refused the access token itself, so that a fresh one may help. */
export function isTokenRefused(result: HttpResult): boolean {
  if (result.kind !== "answer") return false;
  return result.status === 401 || (result.status === 400 && readErrorBody(result.text)?.code === 124);
}

/** Whether Zoom says of the token that it is worth nothing (any more): another one may be. */
export function isTokenInvalid(result: HttpResult): boolean {
  return isTokenRefused(result) && result.kind === "answer" && readErrorBody(result.text)?.code === 124;
}
