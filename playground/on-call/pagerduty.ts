import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { currentShifts, endsOf, pagerDutyId, type Schedule, type Shift } from "./schedules.ts";

const KNOWN = new Set(["schedule_ids[]", "include[]", "limit", "offset", "earliest", "since", "until"]);
const REPEATABLE = new Set(["schedule_ids[]", "include[]"]);
const MEDIA_TYPE = "application/vnd.pagerduty+json;version=2";

/** A refusal in PagerDuty's words. */
export function pagerDutyRefusal(
  status: number,
  code: number,
  message: string,
  errors: string[] = [],
): VendorAnswer {
  return { status, body: { error: { message, code, ...(errors.length === 0 ? {} : { errors }) } } };
}

const invalid = (what: string): VendorAnswer => pagerDutyRefusal(400, 2001, "Invalid Input Provided", [what]);

/** Why the question is not taken, or undefined when it is. */
function refuse(request: VendorRequest): VendorAnswer | undefined {
  if (request.headers["accept"] !== MEDIA_TYPE) return invalid(`The Accept header must be ${MEDIA_TYPE}.`);
  for (const name of request.query.keys()) {
    if (!KNOWN.has(name)) return invalid(`${name} is not a parameter.`);
    if (!REPEATABLE.has(name) && request.query.getAll(name).length > 1)
      return invalid(`${name} comes twice.`);
  }
  for (const name of ["earliest", "since", "until"])
    if (request.query.has(name)) return invalid(`${name} is not supported by this pretend PagerDuty.`);
  if (request.query.getAll("schedule_ids[]").length !== 1) return invalid("One schedule must be named.");
  if (request.query.getAll("include[]").some((name) => name !== "users"))
    return invalid("include[] names something unknown.");
  return undefined;
}

function readNumber(request: VendorRequest, name: string, fallback: number): number {
  const text = request.query.get(name);
  if (text === null) return fallback;
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

function reference(type: string, path: string, id: string, summary: string): Record<string, unknown> {
  return {
    id,
    type: `${type}_reference`,
    summary,
    self: `https://api.pagerduty.com/${path}/${id}`,
    html_url: `https://acme.pagerduty.com/${path}/${id}`,
  };
}

function describeUser(email: string | undefined, withUsers: boolean): Record<string, unknown> {
  const id = pagerDutyId(email ?? "deleted");
  const name = email?.split("@")[0] ?? "Somebody deleted";
  const base = reference("user", "users", id, name);
  if (!withUsers || email === undefined) return base;
  return { ...base, type: "user", name, email, time_zone: "Etc/UTC", role: "user", teams: [] };
}

function entriesOf(
  { id, name, escalationPolicies }: Schedule,
  shift: Shift,
  now: Date,
  withUsers: boolean,
): Record<string, unknown>[] {
  const { start, end } = endsOf(shift, now);
  return Array.from({ length: escalationPolicies }, (_, index) => ({
    escalation_policy: reference(
      "escalation_policy",
      "escalation_policies",
      pagerDutyId(`policy ${index}`),
      `Policy ${index + 1}`,
    ),
    escalation_level: 1,
    schedule: reference("schedule", "schedules", id, name),
    user: describeUser(shift.email, withUsers),
    start: start?.toISOString() ?? null,
    end: end?.toISOString() ?? null,
  }));
}

/**
 * What PagerDuty answers to `GET /oncalls`, strictly.
 * @param token the one API token that it takes
 * @param find the schedule of an id
 * @param answeredId the id that the entries are to bear; the schedule's own without it
 */
export function answerPagerDuty(
  request: VendorRequest,
  path: string,
  {
    token,
    now,
    find,
    answeredId,
  }: {
    token: string;
    now: Date;
    find: (id: string) => Schedule | undefined;
    answeredId?: string;
  },
): VendorAnswer {
  if (request.headers["authorization"] !== `Token token=${token}`)
    return pagerDutyRefusal(401, 2006, "Authentication failed");
  if (path !== "/oncalls" || request.method !== "GET") return pagerDutyRefusal(404, 2100, "Not Found");
  const refusal = refuse(request);
  if (refusal !== undefined) return refusal;
  const limit = readNumber(request, "limit", 25);
  const offset = readNumber(request, "offset", 0);
  if (!(limit >= 1 && limit <= 100)) return invalid("limit must be between 1 and 100.");
  if (!(offset + limit <= 10_000)) return invalid("offset and limit must not exceed 10000.");
  const schedule = find(request.query.get("schedule_ids[]") ?? "");
  if (schedule === undefined) return pagerDutyRefusal(404, 3004, "Schedule Not Found");
  const withUsers = request.query.has("include[]");
  const answered = { ...schedule, id: answeredId ?? schedule.id };
  const entries = currentShifts(schedule, now).flatMap((shift) => entriesOf(answered, shift, now, withUsers));
  return {
    status: 200,
    body: {
      oncalls: entries.slice(offset, offset + limit),
      limit,
      offset,
      more: entries.length > offset + limit,
      total: null,
    },
  };
}
