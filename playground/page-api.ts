/**
 * What the playground's page and its server say to each other. `GET /api/events?as=U…` streams a `Snapshot` as a
 * server-sent event at once and after every change; `POST /api/act` takes an `Act`, `POST /api/faults` a
 * `FaultOrder`, `POST /api/file` an `Upload` and answers its `{ id }`, `DELETE /api/faults` mends everything; `GET /api/audit` answers an `AuditReport`.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Block = { type: string; block_id?: string; [key: string]: Json | undefined };

export interface PagePerson {
  id: string;
  name: string;
  realName: string;
  /** What they are for in the story: `Requester, in IT`, `Approver, in IT`, `The one who leaves`… */
  role: string;
  timeZone: string;
  isApp: boolean;
  /** Whether the page offers to be this person. */
  canBe: boolean;
}

export interface PageChannel {
  id: string;
  name: string;
  kind: "channel" | "direct";
  /** The other one in a direct conversation. */
  withUser?: string;
}

/** A file that a message carries; `GET /api/file?as=U…&id=F…` gives its content to those who see the message. */
export interface PageFile {
  id: string;
  name: string;
  title: string;
  /** In bytes. */
  size: number;
}

/** A file that a person chose in a form; `content` in base64. */
export interface Upload {
  as: string;
  name: string;
  content: string;
}

export interface PageMessage {
  /** Unique and stable on the page. */
  key: string;
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  text: string;
  blocks: Block[];
  files: PageFile[];
  edited: boolean;
  /** Only the person whose snapshot this is sees it. */
  onlyYou: boolean;
}

/** A modal, the topmost last in `views`. `state` holds what is entered, in the shape of Slack's view.state.values. */
export interface PageView {
  id: string;
  hash: string;
  title: string;
  submit?: string;
  close: string;
  blocks: Block[];
  state: Record<string, Record<string, { [key: string]: Json }>>;
  /** By block id, as the app answered the last submission. */
  errors: Record<string, string>;
}

export interface PageCommand {
  command: string;
  usage: string;
  description: string;
}

export interface PageVendorUser {
  id: string;
  name: string;
  email: string;
  /** `active`, `inactive`, `deleted`, `left the account`; for Cloudflare `known`. */
  status: string;
  /** Words such as `Licensed`, `Basic`, `3 sessions`, `2 devices`. */
  facts: string[];
}

/** One call as a vendor received it; credentials are never in here. */
export interface PageCall {
  sequence: number;
  at: string;
  vendor: "slack" | "zoom" | "cloudflare";
  method: string;
  path: string;
  body?: string;
  /** HTTP status, or what the fault did. */
  answer: string;
  ok: boolean;
  /** The answer's body, cut to a readable length. */
  detail?: string;
}

export type FaultName = "slow" | "429" | "500" | "reset" | "hang" | "down";
export type FaultPlace = "slack" | "slack-directory" | "zoom" | "cloudflare";

export interface FaultOrder {
  place: FaultPlace;
  fault: FaultName;
}

/** Something that Slack refused or could not use, in plain words. */
export interface PageRefusal {
  key: string;
  at: string;
  /** Slack's error code, e.g. `invalid_blocks`. */
  code: string;
  words: string;
}

/** All that one person sees, and what the vendors see. */
export interface Snapshot {
  revision: number;
  me: string;
  people: PagePerson[];
  channels: PageChannel[];
  messages: PageMessage[];
  views: PageView[];
  /** The home tab of the app, once opened and published; its buttons are pressed as those of the view `id`. */
  home?: { id: string; blocks: Block[] };
  commands: PageCommand[];
  zoom: PageVendorUser[];
  cloudflare: PageVendorUser[];
  /** The newest last, at most 200. */
  calls: PageCall[];
  faults: FaultOrder[];
  refusals: PageRefusal[];
  /** Whether the app's process answers. */
  appIsUp: boolean;
}

/** A value entered in one field: text, an id, an option's value, several of them, or undefined to empty it. */
export type EnteredValue = string | string[] | undefined;

/** Something that a person does. `as` is who. */
export type Act = { as: string } & (
  | { kind: "say"; channel: string; threadTs?: string; text: string }
  | { kind: "command"; channel: string; command: string; text: string }
  | { kind: "submit"; viewId: string; values: Record<string, EnteredValue> }
  | { kind: "close"; viewId: string }
  | { kind: "change"; viewId: string; blockId: string; actionId: string; value: EnteredValue }
  | { kind: "pressInView"; viewId: string; actionId: string; value?: string }
  | { kind: "press"; channel: string; ts: string; actionId: string; value?: string | string[] }
  | { kind: "home" }
  | { kind: "globalShortcut"; callbackId: string }
  | { kind: "messageShortcut"; callbackId: string; channel: string; ts: string }
);

/** What came of an act; `shown` is what Slack would show as an error, in plain words. */
export interface ActResult {
  ok: boolean;
  shown?: string;
}

export interface AuditReport {
  text: string;
  ok: boolean;
}
