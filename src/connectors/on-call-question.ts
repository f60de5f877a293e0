import type { z } from "zod";
import type { VendorCall } from "../catalogue/operation.ts";
import type { HttpResult, SendHttp } from "./http.ts";
import { OnCallError, PROVIDER_NAMES } from "./on-call-error.ts";
import type { OnCallSchedule } from "./on-call-schedule.ts";
import { parseJsonObject, toRequest } from "./operation-call.ts";

/** What asking a provider needs besides the question. */
export interface OnCallMeans {
  send: SendHttp;
  /** Aborts when the whole question has taken too long. */
  signal: AbortSignal;
}

function meaningOf(status: number): string {
  if (status >= 300 && status < 400) return "it answered with a redirect, which is not followed";
  if (status >= 500) return "it has a fault of its own";
  switch (status) {
    case 401:
      return "it refused our credentials";
    case 402:
      return "its plan does not include this question";
    case 403:
      return "our credentials may not see this schedule";
    case 404:
      return "it does not know this schedule";
    case 429:
      return "it is being asked too often";
    default:
      return "it refused the question";
  }
}

/** Why there is no answer, as the rest of a sentence, or undefined when there is one. Nothing of it is the provider's. */
function findFault(result: HttpResult): string | undefined {
  if (result.kind !== "answer") return `it could not be reached (${result.reason})`;
  return result.status === 200 ? undefined : `${meaningOf(result.status)} (HTTP ${result.status})`;
}

/**
 * Asks a provider one thing and reads its answer by `shape`.
 * @param authorization the whole value of the header
 * @throws OnCallError for every answer but a 200 of that shape
 */
export async function askProvider<Shape extends z.ZodType>(
  { send, signal }: OnCallMeans,
  schedule: OnCallSchedule,
  { apiUrl, headers, call, shape }: OnCallQuestion<Shape>,
): Promise<z.output<Shape>> {
  let result: HttpResult;
  try {
    result = await send(toRequest(apiUrl, call, headers), {
      writes: false,
      repeatable: true,
      needsBody: true,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new OnCallError(schedule, "it took too long to answer");
  }
  const fault = findFault(result);
  if (fault !== undefined) throw new OnCallError(schedule, fault);
  const answer = shape.safeParse(result.kind === "answer" ? parseJsonObject(result.text) : undefined);
  if (!answer.success)
    throw new OnCallError(
      schedule,
      `its answer is not what ${PROVIDER_NAMES[schedule.provider]} documents${placeOf(answer.error)}`,
    );
  return answer.data;
}

export interface OnCallQuestion<Shape extends z.ZodType> {
  apiUrl: string;
  headers: Record<string, string>;
  call: VendorCall;
  shape: Shape;
}

/** Where the first fault stands: names of our own schema and places in lists, nothing that was sent. */
function placeOf({ issues: [first] }: z.ZodError): string {
  return first === undefined || first.path.length === 0 ? "" : ` (at ${first.path.join(".")})`;
}
