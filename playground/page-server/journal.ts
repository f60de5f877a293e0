import type { Company } from "../company.ts";
import type { PageCall } from "../page-api.ts";
import type { Call } from "../simulator.ts";
import { createRedactor, type Redactor } from "./redact.ts";

const KEPT = 200;
const READABLE_CHARACTERS = 700;

const STRUCK: Record<string, string> = {
  reset: "connection reset",
  hang: "no answer",
  lostAnswer: "answer lost",
  truncated: "answer cut off",
};

function cut(text: string): string {
  return text.length <= READABLE_CHARACTERS ? text : `${text.slice(0, READABLE_CHARACTERS)}…`;
}

function shown(value: unknown, redactor: Redactor): string | undefined {
  if (value === undefined || value === "") return undefined;
  const safe = redactor.value(value);
  return cut(typeof safe === "string" ? safe : JSON.stringify(safe));
}

/** Slack sends blocks and views as JSON within a form; they are shown as what they are. */
function unpacked(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (typeof value !== "string" || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}

function pathOf({ request }: Call, redactor: Redactor): string {
  const query = redactor.value(Object.fromEntries(request.query)) as Record<string, string>;
  const behind = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return redactor.text(request.path) + (behind.length === 0 ? "" : `?${behind.join("&")}`);
}

function pageCall(call: Call, sequence: number, redactor: Redactor): PageCall {
  const { outcome, request } = call;
  const body = shown(request.body === undefined ? request.rawBody : unpacked(request.body), redactor);
  const common = {
    sequence,
    at: call.at.toISOString(),
    vendor: call.simulator as PageCall["vendor"],
    method: request.method,
    path: pathOf(call, redactor),
    body,
  };
  if ("fault" in outcome) return { ...common, answer: STRUCK[outcome.fault] ?? outcome.fault, ok: false };
  const error = slackError(call);
  const detail = Buffer.isBuffer(outcome.body)
    ? `${outcome.body.length} bytes`
    : shown(outcome.body, redactor);
  return {
    ...common,
    answer: error === undefined ? String(outcome.status) : `${outcome.status} ${error}`,
    ok: outcome.status < 400 && error === undefined,
    detail,
  };
}

/** Slack's error code in an answer, which comes with a 200. */
export function slackError(call: Call): string | undefined {
  if (call.simulator !== "slack" || "fault" in call.outcome) return undefined;
  const { body } = call.outcome;
  if (typeof body !== "object" || body === null || !("ok" in body) || body.ok !== false) return undefined;
  return "error" in body ? String(body.error) : "unknown_error";
}

/** The calls that the three vendors received, as they may be shown. */
export interface Journal {
  /** The newest last, at most 200. */
  calls(): PageCall[];
  close(): void;
}

/** Follows the vendors' calls from now on, with those that were made before. */
export function followCalls(company: Company): Journal {
  const { slack, zoom, cloudflare } = company;
  const redactor = createRedactor([
    slack.credentials.botToken,
    slack.credentials.appToken,
    slack.credentials.signingSecret,
    zoom.credentials.clientSecret,
    cloudflare.credentials.apiToken,
    cloudflare.credentials.apiKey,
  ]);
  const vendors = [slack, zoom, cloudflare];
  const kept: PageCall[] = [];
  let sequence = 0;
  const keep = (call: Call) => {
    sequence += 1;
    kept.push(pageCall(call, sequence, redactor));
    if (kept.length > KEPT) kept.shift();
  };
  const before = vendors
    .flatMap(({ calls }) => calls)
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
  for (const call of before) keep(call);
  for (const { events } of vendors) events.on("call", keep);
  return {
    calls: () => [...kept],
    close() {
      for (const { events } of vendors) events.off("call", keep);
    },
  };
}
