import type { VendorAnswer } from "../vendor-http.ts";

/** Where an answer is in a longer list: numbered pages, or a cursor that is empty on the last. */
export interface ResultInfo {
  per_page: number;
  count: number;
  total_count: number;
  page?: number;
  total_pages?: number;
  cursor?: string;
}

/** A success in Cloudflare's envelope, with `result_info` where the result is a page. */
export function success(result: unknown, resultInfo?: ResultInfo): VendorAnswer {
  return {
    status: 200,
    body: {
      success: true,
      errors: [],
      messages: [],
      result,
      ...(resultInfo ? { result_info: resultInfo } : {}),
    },
  };
}

interface ErrorDetails {
  documentationUrl?: string;
  /** What is behind the error. */
  chain?: readonly { code: number; message: string }[];
}

/** A failure in Cloudflare's envelope; `status` can be 200 too, as the vendor's own schema allows. */
export function failure(
  status: number,
  code: number,
  message: string,
  { documentationUrl, chain }: ErrorDetails = {},
): VendorAnswer {
  const error = {
    code,
    message,
    ...(documentationUrl ? { documentation_url: documentationUrl } : {}),
    ...(chain ? { error_chain: chain } : {}),
  };
  return { status, body: { success: false, errors: [error], messages: [], result: null } };
}

/** Thrown by a rule of the pretend Cloudflare; becomes a failure in the envelope. */
export class CloudflareRefusal extends Error {
  override name = "CloudflareRefusal";
  readonly answer: VendorAnswer;

  constructor(status: number, code: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.answer = failure(status, code, message, details);
  }
}

/** 400/6003: the text of a credential cannot be one, whoever it belongs to; the chain says which. */
export function malformedHeader(name: "Authorization" | "X-Auth-Key" | "X-Auth-Email"): CloudflareRefusal {
  const codes = { Authorization: 6111, "X-Auth-Key": 6103, "X-Auth-Email": 6102 } as const;
  return new CloudflareRefusal(400, 6003, "Invalid request headers", {
    chain: [{ code: codes[name], message: `Invalid format for ${name} header` }],
  });
}

/** 404/7003: no such route, or an account or zone that is not the caller's. */
export function noRoute(path: string): CloudflareRefusal {
  return new CloudflareRefusal(
    404,
    7003,
    `Could not route to ${path}, perhaps your object identifier is invalid?`,
  );
}

/** 400/12130: the request does not fit the operation. */
export function invalidRequest(reason: string): CloudflareRefusal {
  return new CloudflareRefusal(400, 12130, `access.api.error.invalid_request: ${reason}`);
}

/** 404/12135: Access knows no such thing. */
export function notFoundInAccess(thing: string): CloudflareRefusal {
  return new CloudflareRefusal(404, 12135, `access.api.error.not_found: ${thing}`);
}

/** 404/10404: there is no such thing outside Access. */
export function notFound(thing: string): CloudflareRefusal {
  return new CloudflareRefusal(404, 10404, `${thing} not found`);
}

/** 403/9999: Access is not set up in the account. */
export function accessNotEnabled(): CloudflareRefusal {
  return new CloudflareRefusal(403, 9999, "access.api.error.not_enabled: Access is not enabled");
}
