import type { Credentials } from "./credentials.ts";
import { createTimestamps } from "./identifiers.ts";
import { createSwitches, type SlackSwitches } from "./switches.ts";

export type JsonObject = Record<string, unknown>;

/** One place where someone is signed in to Slack. */
export interface SlackSession {
  id: number;
  device: string;
  ip: string;
  /** When it is over; undefined while nobody has ended it. */
  endsAt?: Date;
}

export interface User {
  id: string;
  name: string;
  realName: string;
  email: string | undefined;
  timeZone: string;
  teamId: string;
  isAdmin: boolean;
  isOwner: boolean;
  isPrimaryOwner: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isBot: boolean;
  isStranger: boolean;
  deleted: boolean;
}

export interface Usergroup {
  id: string;
  handle: string;
  name: string;
  /** User ids; change it to let people join or leave. */
  members: Set<string>;
  /** A disabled group keeps its members and is listed only for those who ask for disabled ones. */
  isDisabled: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: "public" | "private" | "im" | "mpim";
  isArchived: boolean;
  members: Set<string>;
}

/** One message. The object is changed in place by updates; copy it to model a client that has not seen them. */
export interface Message {
  channel: string;
  ts: string;
  threadTs?: string;
  /** The author's user id; for the app's messages the bot user. */
  user: string;
  /** Absent for messages that a person wrote. */
  botId?: string;
  /** The app that it was posted through, where it is not the one that is installed. */
  appId?: string;
  text: string;
  blocks: JsonObject[];
  metadata?: JsonObject;
  /** Ids of the files that it carries. */
  files?: string[];
  /** The only person who sees it. */
  ephemeralTo?: string;
  /** How often it was updated. */
  edits: number;
  deleted: boolean;
}

/** What an element of a view holds, in the shape of `view.state.values[blockId][actionId]`. */
export type ElementState = JsonObject & { type: string };
export type ViewState = Record<string, Record<string, ElementState>>;

/** A view as the app gave it, with the ids that Slack filled in. */
export interface ViewContent {
  type: "modal" | "home";
  blocks: JsonObject[];
  title?: JsonObject;
  submit?: JsonObject;
  close?: JsonObject;
  callback_id?: string;
  private_metadata?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
}

/** A modal that is open in front of someone, or a home tab. */
export interface OpenView {
  id: string;
  /** The person who sees it. */
  owner: string;
  hash: string;
  content: ViewContent;
  /** What the person has entered so far. */
  state: ViewState;
  /** Errors next to fields, by block id, as the last submission was answered. */
  errors: Record<string, string>;
  rootId: string;
  previousId: string | undefined;
  /** Ids of the views that lie on each other, the lowest first; shared between them. */
  stack: string[];
}

/** A file in the workspace. One whose upload was not completed is seen by nobody. */
export interface SlackFile {
  id: string;
  name: string;
  title: string;
  /** Who uploaded it: a person, or the app's bot user. */
  user: string;
  bytes: Buffer;
  isComplete: boolean;
  createdAt: Date;
}

/** Text that only one person saw: ephemeral messages and answers to commands. */
interface Notice {
  toUser: string;
  channel: string;
  text: string;
  blocks: JsonObject[];
  source: "postEphemeral" | "acknowledgement" | "response_url";
}

export interface Trigger {
  id: string;
  userId: string;
  issuedAt: Date;
  exchanged: boolean;
  /** The modal it was made in; only such a trigger can push. */
  viewId: string | undefined;
}

export interface ResponseAddress {
  userId: string;
  channel: string;
  issuedAt: Date;
  uses: number;
  /** The message it belongs to, where there is one. */
  message: Message | undefined;
}

/** A request as it goes over the wire, to be kept and sent again. A `ws:` address stands for Socket Mode. */
export interface RawRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** One delivery to the app and what came back. */
export interface Delivery {
  /** The HTTP status; 200 for a Socket Mode acknowledgement; 0 when no answer came in time. */
  status: number;
  body: string;
  milliseconds: number;
  triggerId: string | undefined;
  request: RawRequest;
  /** What Slack would show the person as an error: `operation_timeout`, `dispatch_failed` or what is wrong. */
  shown?: string;
}

/** Everything the pretend workspace knows. */
export interface SlackState {
  readonly clock: () => Date;
  readonly credentials: Credentials;
  readonly switches: SlackSwitches;
  readonly scopes: Set<string>;
  /** What the administrator's token may do. */
  readonly adminScopes: Set<string>;
  /** Where people are signed in, by user id. */
  readonly sessions: Map<string, SlackSession[]>;
  /** Milliseconds from a reset until the sessions are over. */
  readonly signOutMilliseconds: number;
  /** Where this simulator itself is reached, without a slash at the end. */
  origin: string;
  readonly users: Map<string, User>;
  readonly usergroups: Map<string, Usergroup>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
  readonly views: Map<string, OpenView>;
  /** Home tabs by user id. */
  readonly homes: Map<string, OpenView>;
  readonly files: Map<string, SlackFile>;
  /** Addresses that wait for a file's bytes, by their last part. */
  readonly uploads: Map<string, { fileId: string; length: number }>;
  readonly notices: Notice[];
  readonly triggers: Map<string, Trigger>;
  readonly responseAddresses: Map<string, ResponseAddress>;
  readonly deliveries: Delivery[];
  /** Answers of the app that Slack would not accept. */
  readonly mistakes: string[];
  readonly nextTimestamp: () => string;
}

export function createState(
  clock: () => Date,
  credentials: Credentials,
  scopes: Iterable<string>,
  administration: { scopes: Iterable<string>; signOutMilliseconds: number },
  rateLimits: boolean,
): SlackState {
  return {
    clock,
    credentials,
    switches: createSwitches(rateLimits),
    scopes: new Set(scopes),
    adminScopes: new Set(administration.scopes),
    sessions: new Map(),
    signOutMilliseconds: administration.signOutMilliseconds,
    origin: "",
    users: new Map(),
    usergroups: new Map(),
    channels: new Map(),
    messages: [],
    views: new Map(),
    homes: new Map(),
    files: new Map(),
    uploads: new Map(),
    notices: [],
    triggers: new Map(),
    responseAddresses: new Map(),
    deliveries: [],
    mistakes: [],
    nextTimestamp: createTimestamps(clock),
  };
}

/** The workspace's own name for itself, as in its address. */
export const TEAM_DOMAIN = "deadbolt";

/** Live messages that everyone in the channel sees, by channel and ts. */
export function findMessage(state: SlackState, channel: string, ts: string): Message | undefined {
  return state.messages.find(
    (message) => message.channel === channel && message.ts === ts && !message.deleted,
  );
}
