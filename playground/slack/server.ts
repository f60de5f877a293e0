import { startSimulator, type Simulator, type SimulatorOptions } from "../simulator.ts";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import type { Credentials } from "./credentials.ts";
import { createCourier, type Courier } from "./deliver.ts";
import { answerFile, isFilePath } from "./files.ts";
import { liveSessions } from "./methods/administration.ts";
import { createPerson, type Person } from "./person.ts";
import { answerResponseUrl, isResponsePath } from "./response-address.ts";
import { createSocketMode, type SocketMode } from "./socket.ts";
import { createState, type SlackSession, type SlackState } from "./state.ts";
import { createWebApi } from "./web-api.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export interface SlackSimulatorOptions extends SimulatorOptions {
  /** The time for triggers, rate limits, `response_url`s, signatures and message timestamps. */
  clock?: () => Date;
  teamId?: string;
  appId?: string;
  botToken?: string;
  appToken?: string;
  signingSecret?: string;
  botUserId?: string;
  botId?: string;
  adminToken?: string;
  /** The Enterprise organization of the workspace; empty: it belongs to none. */
  enterpriseId?: string;
  /** What the administrator's token may do; both that Deadbolt uses without it. */
  adminScopes?: readonly string[];
  /** Milliseconds from a reset until the sessions are over; 0 without it. */
  signOutMilliseconds?: number;
  /** What the bot token may do; everything that Deadbolt asks for without it. */
  scopes?: readonly string[];
  /** Whether limits are enforced at first; true without it. */
  rateLimits?: boolean;
  /** Whether commands are sent with references in place of names (`should_escape`); true without it. */
  escapesCommands?: boolean;
  /** Milliseconds that Slack waits for an acknowledgement; 3,000 without it. */
  acknowledgeWithin?: number;
}

type ReadableState = Pick<
  SlackState,
  | "credentials"
  | "adminScopes"
  | "switches"
  | "users"
  | "usergroups"
  | "channels"
  | "messages"
  | "views"
  | "homes"
  | "files"
  | "notices"
  | "deliveries"
  | "mistakes"
>;

/** A pretend Slack workspace with one app in it. The Web API is at `${url}/api/`. */
export interface SlackSimulator extends Simulator, Workspace, ReadableState {
  /** Where signed requests go, e.g. `http://127.0.0.1:3000/slack/events`; undefined for Socket Mode. */
  requestUrl: string | undefined;
  /** What a person does. @throws Error when nobody has this id */
  as(userId: string): Person;
  /** A signed request, as Slack would send it or forged. */
  signedRequest: Courier["sign"];
  /** Sends a request as it is, e.g. a delivery's own once more; its answer changes nothing here. */
  deliver: Courier["deliver"];
  /** Signs someone in, on one more device. */
  signIn(userId: string, device?: string): SlackSession;
  /** Where someone is signed in now. */
  liveSessions(userId: string): SlackSession[];
  /** How many Socket Mode connections are open. */
  socketConnections(): number;
  /** Tells the Socket Mode connections to go, as Slack does from time to time. */
  disconnectSockets: SocketMode["disconnect"];
  /** Sends every Socket Mode connection a frame as it is, e.g. one that is no JSON or no envelope. */
  sendFrame: SocketMode["sendFrame"];
}

const SCOPES = [
  "commands",
  "chat:write",
  "users:read",
  "users:read.email",
  "usergroups:read",
  "channels:read",
  "channels:history",
  "groups:read",
  "groups:history",
  "im:read",
  "im:write",
  "im:history",
  "files:read",
  "files:write",
] as const;

function credentialsFrom(options: SlackSimulatorOptions): Credentials {
  return {
    teamId: options.teamId ?? "T0DEADBOLT",
    appId: options.appId ?? "A0DEADBOLT",
    botToken: options.botToken ?? "xoxb-playground-bot-token",
    appToken: options.appToken ?? "xapp-playground-app-token",
    signingSecret: options.signingSecret ?? "playground-signing-secret",
    botUserId: options.botUserId ?? "U0DEADBOLT",
    botId: options.botId ?? "B0DEADBOLT",
    adminToken: options.adminToken ?? "xoxp-playground-admin-token",
    enterpriseId: options.enterpriseId ?? "E0DEADBOLT",
  };
}

/** Starts a pretend Slack on loopback. Tokens and secrets have fixed values unless they are given. */
export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const clock = options.clock ?? (() => new Date());
  const state = createState(
    clock,
    credentialsFrom(options),
    options.scopes ?? SCOPES,
    {
      scopes: options.adminScopes ?? ["admin.users:read", "admin.users:write"],
      signOutMilliseconds: options.signOutMilliseconds ?? 0,
    },
    options.rateLimits ?? true,
  );
  const workspace = createWorkspace(state);
  const { botUserId } = state.credentials;
  workspace.addUser({ id: botUserId, name: "deadbolt", realName: "Deadbolt", isBot: true });

  const socket = createSocketMode(state);
  const api = createWebApi(state, { socketMethods: socket.methods });

  function answer(request: VendorRequest): VendorAnswer | Promise<VendorAnswer> {
    if (request.path.startsWith("/api/")) return api(request);
    if (isFilePath(request.path)) return answerFile(state, request);
    if (isResponsePath(request.path)) return answerResponseUrl(state, request);
    return { status: 404, body: "not_found" };
  }

  const { server, ...simulator } = await startSimulator("slack", answer, options);
  state.origin = simulator.url;
  socket.attach(server);

  let nextSession = 1_112_275_520_242;
  const target: { requestUrl: string | undefined } = { requestUrl: undefined };
  const courier = createCourier(state, socket, target, options.acknowledgeWithin ?? 3_000);

  return {
    ...simulator,
    ...workspace,
    credentials: state.credentials,
    adminScopes: state.adminScopes,
    switches: state.switches,
    users: state.users,
    usergroups: state.usergroups,
    channels: state.channels,
    messages: state.messages,
    views: state.views,
    homes: state.homes,
    files: state.files,
    notices: state.notices,
    deliveries: state.deliveries,
    mistakes: state.mistakes,
    get requestUrl() {
      return target.requestUrl;
    },
    set requestUrl(url: string | undefined) {
      target.requestUrl = url;
    },
    as(userId) {
      const user = state.users.get(userId);
      if (user === undefined) throw new Error(`There is no user ${userId} in the pretend Slack.`);
      return createPerson(state, courier, user, options.escapesCommands ?? true);
    },
    signIn(userId, device = "Apple M4") {
      const session = { id: nextSession, device, ip: "192.0.2.7" };
      nextSession += 1;
      state.sessions.set(userId, [...(state.sessions.get(userId) ?? []), session]);
      return session;
    },
    liveSessions: (userId) => liveSessions(state, userId),
    signedRequest: courier.sign,
    deliver: courier.deliver,
    socketConnections: () => socket.count(),
    disconnectSockets: socket.disconnect,
    sendFrame: socket.sendFrame,
    async close() {
      await socket.close();
      await simulator.close();
    },
  };
}
