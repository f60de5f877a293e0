import type { JsonObject } from "./state.ts";
import type { Fault } from "./rules.ts";

/** A Web API call that Slack refuses: `code` is its error, `more` goes into the answer beside it. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  readonly code: string;
  readonly more: JsonObject;
  constructor(code: string, more: JsonObject = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

/** The refusal of content that breaks Slack's rules, with the place of each offence. */
export function contentFailure(code: string, faults: readonly Fault[]): ApiFailure {
  const errors = faults.map((fault) => `${fault.message} [json-pointer:${fault.pointer}]`);
  return new ApiFailure(code, {
    errors,
    response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
  });
}
