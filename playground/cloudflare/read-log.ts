import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { invalidRequest, success } from "./envelope.ts";
import { readChoice, readNumber } from "./page.ts";
import type { CloudflareContext } from "./route.ts";

/** The log of sign-ins; `email` matches parts of addresses unless `email_exact` is true. */
export function listAccessRequests({ account, request }: CloudflareContext): VendorAnswer {
  const email = request.query.get("email")?.toLowerCase() ?? "";
  const isExact = readChoice(request, "email_exact", ["false", "true"]) === "true";
  const since = readInstant(request, "since") ?? -Infinity;
  const until = readInstant(request, "until") ?? Infinity;
  const direction = readChoice(request, "direction", ["desc", "asc"]);
  const limit = readNumber(request, "limit", 25, 1000);
  const entries = account.signIns.entries.filter(({ user_email, created_at }) => {
    const at = Date.parse(created_at);
    const address = user_email.toLowerCase();
    return (
      at >= since && at <= until && (isExact && email !== "" ? address === email : address.includes(email))
    );
  });
  const ordered = direction === "asc" ? entries : entries.toReversed();
  return success(ordered.slice(0, limit).map(({ userId: _userId, ...entry }) => entry));
}

function readInstant(request: VendorRequest, name: string): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (Number.isNaN(instant)) throw invalidRequest(`${name} is not a date and time`);
  return instant;
}
