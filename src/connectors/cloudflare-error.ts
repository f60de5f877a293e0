import { z } from "zod";
import { type Diagnosis, diagnoseTransport } from "./failure.ts";
import type { HttpResult } from "./http.ts";
import { parseJsonObject } from "./operation-call.ts";
import type { VendorErrorKind } from "./vendor-error.ts";

const countOfEntries = z.number().int().nonnegative().nullish().catch(undefined);

const plainError = {
  code: z.number().int().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
};
/** The chain is read two deep: no answer of Cloudflare's was seen to go deeper, and a stranger's may go on for ever. */
const cause = z.looseObject({
  ...plainError,
  error_chain: z.array(z.looseObject(plainError)).nullish().catch(undefined),
});
const error = z.looseObject({ ...plainError, error_chain: z.array(cause).nullish().catch(undefined) });

const envelope = z.looseObject({
  success: z.boolean(),
  errors: z.array(error).nullish().catch(undefined),
  result: z.unknown().optional(),
  result_info: z
    .looseObject({
      page: countOfEntries,
      per_page: countOfEntries,
      count: countOfEntries,
      total_pages: countOfEntries,
      total_count: countOfEntries,
      cursor: z.string().nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

/** Where in a long list an answer stands, as far as Cloudflare says. */
export type CloudflareResultInfo = NonNullable<z.infer<typeof envelope>["result_info"]>;

/** How an answer of Cloudflare's reads: what is in the envelope, or what is wrong. */
export type CloudflareReading =
  | { success: true; result: unknown; info: CloudflareResultInfo }
  | { success: false; diagnosis: Diagnosis };

/** One error, and what stands behind it. */
interface CloudflareError {
  code?: number;
  message?: string;
  error_chain?: readonly CloudflareError[] | null;
}

/** No route: the address names an account or zone that is none. */
const wrongAddress = new Set([7000, 7003]);

/** The text of a token, an address or a key is malformed. */
const malformedCredentials = new Set([6102, 6103, 6111]);

/** What else is known when an answer is read. */
export interface CloudflareReader {
  /** Whether Cloudflare has just accepted the same credentials for another call. */
  accepted: boolean;
}

interface Said {
  status: number;
  code?: number;
  chain?: readonly number[];
  message?: string;
}

/** Whether the credentials were known, and may not do this. */
function isPermission({ status, code, message = "" }: Said, { accepted }: CloudflareReader): boolean {
  if (code === 10000)
    return (
      status === 403 ||
      (status === 400 && /authentication scheme/i.test(message)) ||
      (accepted && status === 401)
    );
  if (code === 9109) return status === 403 && /unauthorized to access/i.test(message);
  return code === 1001 && status === 401 && accepted && /not authorized/i.test(message);
}

/** Whether the credentials themselves are not taken. */
function isCredentials({ status, code, chain = [] }: Said): boolean {
  if (chain.some((one) => malformedCredentials.has(one)) || code === 9106 || code === 9109) return true;
  return status === 401 || (status === 400 && (code === 1000 || code === 10001));
}

function classify(said: Said, reader: CloudflareReader): VendorErrorKind {
  const { status, code } = said;
  if (status === 429) return "rate_limited";
  if (status >= 500) return "server_error";
  if (code !== undefined && wrongAddress.has(code)) return "refused";
  if (isPermission(said, reader)) return "missing_scope";
  if (isCredentials(said)) return "unauthorized";
  if (status === 404) return "not_found";
  return "refused";
}

function fail(diagnosis: Diagnosis): CloudflareReading {
  return { success: false, diagnosis };
}

/** The errors of a chain, from the first to the cause of all. */
function chained({ error_chain: chain }: CloudflareError): readonly CloudflareError[] {
  return chain?.flatMap((one) => [one, ...chained(one)]) ?? [];
}

/** An error in Cloudflare's own words, with what is behind it. */
function wordsOf(error: CloudflareError): string {
  const said = ({ code, message }: CloudflareError) =>
    [code, message].filter((part) => part !== undefined).join(" ");
  const causes = chained(error).map(said);
  return causes.length === 0 ? said(error) : `${said(error)} (${causes.join("; ")})`;
}

/**
 * Opens Cloudflare's envelope. A success is only what says `success: true` with a 2xx; `success: false` can come with
 * 200, and HTML from a proxy with anything.
 */
export function readCloudflare(result: HttpResult, reader: CloudflareReader): CloudflareReading {
  const transport = diagnoseTransport(result);
  if (transport !== undefined || result.kind !== "answer") return fail(transport ?? { kind: "unreadable" });
  const { status, text } = result;
  const body = envelope.safeParse(parseJsonObject(text)).data;
  const isOk = status >= 200 && status < 300;
  if (body === undefined) {
    const kind = classify({ status }, reader);
    // Without the envelope only these statuses mean what they say: a proxy's 404 or 403 is not Cloudflare's.
    return kind === "rate_limited" || kind === "server_error" || kind === "unauthorized"
      ? fail({ kind })
      : fail({ kind: "unreadable", message: "The answer is not Cloudflare's JSON.", leavesOpen: true });
  }
  if (isOk && body.success) return { success: true, result: body.result, info: body.result_info ?? {} };
  const errors = body.errors ?? [];
  const [code, ...chain] = errors
    .flatMap((error) => [error, ...chained(error)])
    .flatMap((one) => one.code ?? []);
  const message = errors.map(wordsOf).join("; ");
  return fail({ kind: classify({ status, code, chain, message }, reader), code, chain, message });
}
