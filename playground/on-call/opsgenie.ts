import { decodePath } from "../path.ts";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { currentShifts, type Schedule } from "./schedules.ts";

const KNOWN = new Set(["scheduleIdentifierType", "flat"]);
const envelope = { took: 0.004, requestId: "43a29c5c-3dbf-4fa4-9c26-f4f71023e120" };

/** A refusal in Opsgenie's words. */
export function opsgenieRefusal(status: number, message: string, code?: number): VendorAnswer {
  return { status, body: { message, code, ...envelope } };
}

function refuse(request: VendorRequest): VendorAnswer | undefined {
  for (const name of request.query.keys()) {
    if (!KNOWN.has(name)) return opsgenieRefusal(422, `${name} is not a parameter.`);
    if (request.query.getAll(name).length > 1) return opsgenieRefusal(422, `${name} comes twice.`);
  }
  if ((request.query.get("scheduleIdentifierType") ?? "id") !== "id")
    return opsgenieRefusal(422, "This pretend Opsgenie finds schedules by id only.");
  if (request.query.get("flat") !== "true")
    return opsgenieRefusal(422, "This pretend Opsgenie answers flat only.");
  return undefined;
}

/**
 * What Opsgenie answers to `GET /v2/schedules/:id/on-calls`, strictly.
 * @param key the one API key that it takes
 * @param find the schedule of an id
 * @param answeredId the id that the answer is to bear; the schedule's own without it
 */
export function answerOpsgenie(
  request: VendorRequest,
  path: string,
  {
    key,
    now,
    find,
    answeredId,
  }: {
    key: string;
    now: Date;
    find: (id: string) => Schedule | undefined;
    answeredId?: string;
  },
): VendorAnswer {
  if (request.headers["authorization"] !== `GenieKey ${key}`)
    return opsgenieRefusal(401, "Could not authenticate");
  const [version, collection, id, question, ...rest] = decodePath(path) ?? [];
  if (
    request.method !== "GET" ||
    version !== "v2" ||
    collection !== "schedules" ||
    id === undefined ||
    question !== "on-calls" ||
    rest.length > 0
  )
    return opsgenieRefusal(404, "Resource or handler is not found.");
  const refusal = refuse(request);
  if (refusal !== undefined) return refusal;
  const schedule = find(id);
  if (schedule === undefined) return opsgenieRefusal(404, `Schedule with id [${id}] does not exist.`);
  const recipients = schedule.enabled ? currentShifts(schedule, now) : [];
  return {
    status: 200,
    body: {
      data: {
        _parent: { id: answeredId ?? schedule.id, name: schedule.name, enabled: schedule.enabled },
        onCallRecipients: recipients.map(({ email }) => email ?? "somebody deleted"),
      },
      ...envelope,
    },
  };
}
