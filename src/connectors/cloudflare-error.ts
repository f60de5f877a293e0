import { z } from "zod";
import { type Diagnosis, diagnoseTransport } from "./failure.ts";
import type { HttpResult } from "./http.ts";
import { parseJsonObject } from "./operation-call.ts";
import type { VendorErrorKind } from "./vendor-error.ts";

const countOfEntries = z.number().int().nonnegative().nullish().catch(undefined);

const envelope = z.looseObject({
  success: z.boolean(),
  errors: z
    .array(z.looseObject({ code: z.number().int().optional(), message: z.string().optional() }))
    .nullish()
    .catch(undefined),
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

/** No route: the address names an account or zone that is none. */
const wrongAddress = new Set([7000, 7003]);

function classify(status: number, code: number | undefined): VendorErrorKind {
  if (status === 429) return "rate_limited";
  if (status >= 500) return "server_error";
  if (code !== undefined && wrongAddress.has(code)) return "refused";
  if (status === 403) return "missing_scope";
  if (status === 401 || code === 9106 || code === 10000 || code === 1000 || code === 9109)
    return "unauthorized";
  if (status === 404) return "not_found";
  return "refused";
}

function fail(diagnosis: Diagnosis): CloudflareReading {
  return { success: false, diagnosis };
}

/**
 * Opens Cloudflare's envelope. A success is only what says `success: true` with a 2xx; `success: false` can come with
 * 200, and HTML from a proxy with anything.
 */
export function readCloudflare(result: HttpResult): CloudflareReading {
  const transport = diagnoseTransport(result);
  if (transport !== undefined || result.kind !== "answer") return fail(transport ?? { kind: "unreadable" });
  const { status, text } = result;
  const body = envelope.safeParse(parseJsonObject(text)).data;
  const isOk = status >= 200 && status < 300;
  if (body === undefined) {
    const kind = classify(status, undefined);
    // Without the envelope only these statuses mean what they say: a proxy's 404 or 403 is not Cloudflare's.
    return kind === "rate_limited" || kind === "server_error" || kind === "unauthorized"
      ? fail({ kind })
      : fail({ kind: "unreadable", message: "The answer is not Cloudflare's JSON.", leavesOpen: true });
  }
  if (isOk && body.success) return { success: true, result: body.result, info: body.result_info ?? {} };
  const said = body.errors?.map(({ code, message }) =>
    [code, message].filter((part) => part !== undefined).join(" "),
  );
  const code = body.errors?.find((error) => error.code !== undefined)?.code;
  return fail({
    kind: classify(status, code),
    code,
    ...(said?.length ? { message: said.join("; ") } : {}),
  });
}
