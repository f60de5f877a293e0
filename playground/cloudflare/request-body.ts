import type { VendorRequest } from "../vendor-http.ts";
import { invalidRequest } from "./envelope.ts";

/** The body as JSON. Throws 400 for anything else. */
export function readJson(request: VendorRequest): unknown {
  const [mediaType = ""] = (request.headers["content-type"] ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== "application/json")
    throw invalidRequest("content type is not application/json");
  return request.body;
}

/** A value as an object with no other fields than these. Throws 400 for anything else. */
export function asFields(value: unknown, fields: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidRequest("body is not a JSON object");
  for (const field of Object.keys(value))
    if (!fields.includes(field)) throw invalidRequest(`unknown field ${field}`);
  return value as Record<string, unknown>;
}

/** The body as an object with no other fields than these. Throws 400 for anything else. */
export function readBody(request: VendorRequest, fields: readonly string[]): Record<string, unknown> {
  return asFields(readJson(request), fields);
}

/** A required e-mail address. Throws 400 for anything else. */
export function readEmail({ email }: Record<string, unknown>): string {
  if (!isEmail(email)) throw invalidRequest("email is required");
  return email;
}

/** Whether a value looks like an e-mail address. */
export function isEmail(value: unknown): value is string {
  return typeof value === "string" && /^[^\s@]+@[^\s@]+$/.test(value);
}

/** A value as a list that is not empty. Throws 400 for anything else. */
export function asFilledList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw invalidRequest(`${name} is required`);
  return value;
}

/** A value as text that is not empty. Throws 400 for anything else. */
export function asText(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw invalidRequest(`${name} is not a text`);
  return value;
}
