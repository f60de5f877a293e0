import { ApiFailure, contentFailure } from "./api-failure.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { JsonObject, SlackState } from "./state.ts";
import type { Caller } from "./switches.ts";

/** The arguments of a call, from a form or from JSON; a form carries structures as JSON in a string. */
export interface Arguments {
  has(name: string): boolean;
  /** A string, or undefined when absent. */
  text(name: string): string | undefined;
  /** @throws ApiFailure `invalid_arguments` naming the field */
  required(name: string): string;
  flag(name: string): boolean;
  count(name: string, otherwise: number, max: number): number;
  /** A structure; @throws ApiFailure with `code` when it is a string that is no JSON. */
  structure(name: string, code: string): unknown;
}

export interface Method {
  /** Any one of them is enough; empty for methods that every token may call. */
  scopes: readonly string[];
  /** Which token may call it; the bot's without it. */
  token?: "app" | "admin" | "any";
  limit: RateLimit;
  /** The only arguments that it takes; unknown ones do no harm without it. */
  takes?: readonly string[];
  run(args: Arguments, state: SlackState, caller: Caller): JsonObject;
}

export function readArguments(values: Readonly<Record<string, unknown>>): Arguments {
  const text = (name: string) => {
    const value = values[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  return {
    has: (name) => values[name] !== undefined && values[name] !== null,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined || value === "")
        throw contentFailure("invalid_arguments", [
          { pointer: "", message: `missing required field: ${name}` },
        ]);
      return value;
    },
    flag: (name) => ["true", "1"].includes(text(name) ?? ""),
    count(name, otherwise, max) {
      const value = Number(text(name) ?? otherwise);
      if (!Number.isInteger(value) || value < 0) throw new ApiFailure("invalid_limit");
      return Math.min(value === 0 ? otherwise : value, max);
    },
    structure(name, code) {
      const value = values[name];
      if (typeof value !== "string") return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        throw new ApiFailure(code);
      }
    },
  };
}

/** @throws ApiFailure `missing_scope` unless the token has one of these */
export function requireScope(granted: ReadonlySet<string>, anyOf: readonly string[]): void {
  if (anyOf.length === 0 || anyOf.some((scope) => granted.has(scope))) return;
  throw new ApiFailure("missing_scope", {
    needed: anyOf.join(","),
    provided: [...granted].join(","),
  });
}

/** One page of a list; cursors are opaque to callers. @throws ApiFailure `invalid_cursor` */
export function page<Item>(
  items: readonly Item[],
  args: Arguments,
  otherwise: number,
): { items: Item[]; next: string } {
  const limit = args.count("limit", otherwise, 1_000);
  const cursor = args.text("cursor") ?? "";
  const start = cursor === "" ? 0 : Number(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new ApiFailure("invalid_cursor");
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString("base64url") : "",
  };
}
