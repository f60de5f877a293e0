import type { VendorRequest } from "../vendor-http.ts";
import { ZoomRefusal, validationFailed } from "./refusal.ts";

/** Zoom's numbers of how a user signs in, as a query has them. */
export const LOGIN_TYPES = ["0", "1", "11", "21", "23", "24", "27", "97", "98", "99", "100", "101"] as const;

/** A query flag, false when absent. Throws 400/300 for anything but `true` and `false`. */
export function readFlag(request: VendorRequest, name: string): boolean {
  return readChoice(request, name, ["true", "false"], "false") === "true";
}

/** A query parameter out of a fixed set. Throws 400/300 for a value outside of it. */
export function readChoice<Choice extends string>(
  request: VendorRequest,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = request.query.get(name);
  if (value === null) return fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw validationFailed(name, "Invalid field.");
  return choice;
}

/** A whole number of the query between two bounds. Throws 400/300. */
export function readNumber(
  request: VendorRequest,
  name: string,
  { minimum, maximum, fallback }: { minimum: number; maximum: number; fallback: number },
): number {
  const value = request.query.get(name);
  if (value === null) return fallback;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= minimum && number <= maximum)) throw validationFailed(name, "Invalid field.");
  return number;
}

/** The body as a JSON object with no other than the named fields. Throws 415 or 400/300. */
export function readJsonBody(request: VendorRequest, fields: readonly string[]): Record<string, unknown> {
  const [mediaType = ""] = (request.headers["content-type"] ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== "application/json")
    throw new ZoomRefusal(415, 300, "Unsupported Content Type.");
  const body: unknown = request.body;
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ZoomRefusal(400, 300, "Request Body should be a valid JSON object.");
  for (const field of Object.keys(body))
    if (!fields.includes(field)) throw validationFailed(field, "Unknown field.");
  return body as Record<string, unknown>;
}

/** Throws 400/300 for a query parameter that the operation does not have, or that comes twice. */
export function checkQuery(request: VendorRequest, names: readonly string[]): void {
  for (const name of request.query.keys()) {
    if (!names.includes(name)) throw validationFailed(name, "Unknown field.");
    if (request.query.getAll(name).length > 1) throw validationFailed(name, "Invalid field.");
  }
}
