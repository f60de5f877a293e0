import { z } from "zod";
import type { Operation, VendorCall } from "../catalogue/operation.ts";
import type { HttpRequest } from "../http-attempt.ts";

/**
 * Checks an operation's input against its schema.
 * @throws TypeError when it does not fit, which is a fault of the program, not of the vendor
 */
export function parseInput(operation: Operation, input: unknown): unknown {
  const parsed = operation.input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new TypeError(
    `${operation.name} was called with input that it does not take:\n${z.prettifyError(parsed.error)}`,
  );
}

/** Asked twice in every call, and a schema takes long to say no. */
const bodyReaders = new WeakMap<Operation, boolean>();

/** Whether an operation's output comes from the answer's body; where it does not, the status says everything. */
export function readsBody(operation: Operation): boolean {
  const known = bodyReaders.get(operation);
  if (known !== undefined) return known;
  const reads = !operation.output.safeParse(undefined).success;
  bodyReaders.set(operation, reads);
  return reads;
}

function toSearch(query: NonNullable<VendorCall["query"]>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    // It would vanish from the address, and a vendor takes a filter that is not there for everything.
    if (value.length === 0 && typeof value !== "string")
      throw new RangeError(`The list of ${JSON.stringify(name)} is empty.`);
    for (const one of typeof value === "string" ? [value] : value) search.append(name, one);
  }
  return search;
}

/** JSON with what TypeScript's library does not describe yet. */
const exactJson = JSON as JSON & { rawJSON(text: string): unknown };

/** Zoom's larger licences are powers of two past 2^53, which JSON.stringify would round to another number. */
function exactly(_name: string, value: unknown): unknown {
  if (typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  return exactJson.rawJSON(BigInt(value).toString());
}

function toJson(body: VendorCall["body"]): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body, exactly);
}

/** Its content type is left to what encodes it, which alone knows the boundary between the parts. */
function toForm({ field, name, mediaType, bytes }: NonNullable<VendorCall["form"]>): FormData {
  const form = new FormData();
  form.set(field, new Blob([bytes], { type: mediaType }), name);
  return form;
}

/**
 * Turns a call into a request on a vendor's base address.
 * @throws RangeError when the finished address would lead elsewhere than the call says, a list in it is empty, or it
 * has both a body and a form
 */
export function toRequest(baseUrl: string, call: VendorCall, headers: Record<string, string>): HttpRequest {
  const base = new URL(baseUrl);
  const path = `${base.pathname.replace(/\/+$/, "")}${call.path}` || "/";
  const url = new URL(path, base.origin);
  // The last line of defence: whatever put the path together, the parser must not have resolved anything in it.
  if (url.origin !== base.origin || url.pathname !== path || url.search !== "" || url.hash !== "")
    throw new RangeError(`The path ${JSON.stringify(call.path)} does not lead where it says.`);
  if (call.body !== undefined && call.form !== undefined)
    throw new RangeError(`The call to ${JSON.stringify(call.path)} has both a body and a form.`);
  url.search = toSearch(call.query ?? {}).toString();
  return {
    method: call.method,
    url,
    headers: {
      accept: "application/json",
      // Nothing here would decompress it.
      "accept-encoding": "identity",
      "user-agent": "deadbolt",
      ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: call.form === undefined ? toJson(call.body) : toForm(call.form),
    ...(call.form === undefined ? {} : { uploadBytes: call.form.bytes.byteLength }),
  };
}

/** A body as the JSON object it should be, or undefined. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
