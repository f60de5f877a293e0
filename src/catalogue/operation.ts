import type { z } from "zod";
import type { Effects } from "./effect.ts";
import type { About, Check, Choices, Current, Quota } from "./known.ts";
import type { Vendor } from "./vendor.ts";

/** What a call can do: nothing, something that can be taken back, or something that cannot. */
export type Risk = "read" | "reversible" | "irreversible";

/**
 * Which vendor limit a call counts against; `access` is Cloudflare's one limit for each token, `tier2` the one that
 * Slack has for each such method.
 */
export type RateLimitLabel = "light" | "medium" | "heavy" | "resource-intensive" | "access" | "tier2";

/** One HTTP call, relative to the vendor's base address. Every path segment from input is already encoded. */
export interface VendorCall {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** A list is sent as its name once for each value. */
  query?: Record<string, string | readonly string[]>;
  body?: Record<string, unknown> | readonly unknown[];
  /** Sent as `multipart/form-data`, instead of a body. */
  form?: FormFile;
}

/** The one file of a form. */
export interface FormFile {
  /** What the vendor calls the part of the form. */
  field: string;
  name: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a read-back saw: the vendor's answer, or that the vendor knows no such thing (404). */
export type Reading<Output> = { found: true; output: Output } | { found: false };

/**
 * The read that proves an effect. `operation` is the read's name in the catalogue; `input` makes the read's input
 * from the effect's own, or undefined where it lacks what the read needs, so that there is nothing to read;
 * `proves` answers whether what the read saw shows that the effect of this input took hold.
 */
export interface ReadBack<Input> {
  operation: string;
  input(input: Input): unknown;
  proves(reading: Reading<unknown>, input: Input): boolean;
  /**
   * Why the effect cannot be proven where our credentials may make the call and not the read. Absent where they are
   * meant to have both: then a read that is refused is a fault.
   */
  denied?: string;
}

/** What goes to the vendor, and what comes back. */
interface OperationCall<Input> {
  call(input: Input): VendorCall;
  /**
   * The same call in another spelling, for one that the vendor's documents spell in two ways: sent once, where the
   * vendor refuses the first as invalid for a reason that it does not document. Undefined where there is no other.
   */
  alternative?(input: Input): VendorCall | undefined;
  rateLimit: RateLimitLabel;
  /** Whether sending the same call twice has the effect of sending it once. */
  idempotent: boolean;
  /** Who else the call names, by e-mail address or id: the vendor's "no such user" may be about them. */
  others?(input: Input): readonly string[];
  /** Whose record a write changes: writes on one subject are made one at a time. Absent where order is no matter. */
  subject?(input: Input): string;
  /** What the vendor documents that it answers when it refuses; `means` is for the person who must act. */
  errors?: readonly DocumentedError[];
  /**
   * Fields of the output that are credentials: shown once to the one who asked, redacted everywhere else. A field
   * within another is named by its path, with dots.
   */
  secrets?: readonly string[];
  /** How the vendor cuts a long list; the connector puts its pages together. Absent: one answer is the whole. */
  pages?: "numbered" | "cursor";
  /** What Zoom's answer calls the list in it, where something may be concluded from what the list lacks. */
  list?: string;
}

/** How it is confirmed that the effect took hold, and how it is taken back. */
interface OperationProof<Input> {
  /** Absent for reads, and for effects that the vendor offers no way to see: then `noReadBack` says why. */
  readBack?: ReadBack<Input>;
  noReadBack?: string;
  /** How it can be taken back, or why it cannot, for the person who decides. */
  undo?: string;
}

/** What a form needs to ask for the input, and what must hold before the call is sent. */
interface OperationForm<Input> {
  title: string;
  /** Whom the call is about. Absent where it is about no person. */
  about?: About;
  /** Where the things are listed that fields of the input name, by the field's path, with dots. */
  choices?: Readonly<Record<string, Choices>>;
  /** What is there before the change. Absent for reads, and where the vendor shows nothing of it. */
  current?: Current<NoInfer<Input>>;
  /** Fields of the input that are credentials: they are typed into a form, never into a command. */
  secretInputs?: readonly string[];
  /** What must hold first, and limits beyond the rate: one sentence each, for the person who fills in the form. */
  limits?: readonly string[];
  /** What must hold before the call is sent. */
  checks?: readonly Check<NoInfer<Input>>[];
  /** How often the vendor takes the call about one `subject`. */
  quota?: Quota;
}

/**
 * One vendor call as data. Forms, permission checks, previews, documentation and contract tests derive from it.
 * `call` is pure; `input` and `output` are the schemas that the connector enforces on the way out and in.
 */
export interface Operation<Input = unknown, Output = unknown>
  extends OperationCall<Input>, OperationProof<Input>, OperationForm<Input> {
  /** `vendor.resource.verb`, e.g. `zoom.user.updateStatus`. */
  name: string;
  vendor: Vendor;
  /**
   * Scopes without the vendor's name in front; holding any one of them, classic or granular, is enough. Only those
   * that let the app act on someone else's account are listed.
   */
  scopes: { classic: readonly string[]; granular: readonly string[] };
  /** What the vendor calls the right that our credentials need, where scopes do not say it (Cloudflare tokens). */
  vendorPermission?: string;
  risk: Risk;
  /** What it does to access paths. Every call but a read that shows no credential says so. */
  effects?: Effects;
  /** The vendor's own documentation of the call. */
  docs: string;
  input: z.ZodType<Input>;
  output: z.ZodType<Output>;
}

/** One refusal as the vendor documents it. */
export interface DocumentedError {
  /** HTTP status; Slack refuses with 200. */
  status: number;
  /** The vendor's own code in the body, where it has one; Slack's are words. */
  code?: number | string;
  /** What its message says, where the vendor uses one code for many refusals: without these words it means nothing. */
  words?: RegExp;
  means: string;
}

/** Declares an operation; the types of `call`, `readBack` and `subject` follow from its schemas. */
export function defineOperation<Input, Output>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}
