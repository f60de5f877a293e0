import { randomBytes } from "node:crypto";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { ApiFailure } from "./api-failure.ts";
import { MESSAGE_LIMITS } from "./limits.ts";
import { messageContent, type MessageContent } from "./message-content.ts";
import { readArguments } from "./method.ts";
import type { Message, ResponseAddress, SlackState } from "./state.ts";

const USES = 5;
const LIFETIME_MILLISECONDS = 30 * 60_000;
const PATH = "/response/";

/** Makes a `response_url` for one act of a person; `message` when the act was on one. */
export function issueResponseUrl(
  state: SlackState,
  userId: string,
  channel: string,
  message?: Message,
): string {
  const key = `${state.credentials.teamId}/${randomBytes(12).toString("hex")}`;
  state.responseAddresses.set(key, { userId, channel, issuedAt: state.clock(), uses: 0, message });
  return `${state.origin}${PATH}${key}`;
}

/** The person sees a message that only they can see, and which belongs to no API call. */
export function showEphemeral(
  state: SlackState,
  to: { userId: string; channel: string },
  content: Pick<MessageContent, "text" | "blocks">,
  source: "acknowledgement" | "response_url",
): void {
  const text = content.text ?? "";
  const blocks = content.blocks ?? [];
  postAs(state, to.channel, content, to.userId);
  state.notices.push({ toUser: to.userId, channel: to.channel, text, blocks, source });
}

/** The app posts in a channel, for everyone or for one person, without the Web API. */
export function postAs(
  state: SlackState,
  channel: string,
  content: Pick<MessageContent, "text" | "blocks">,
  ephemeralTo?: string,
  threadTs?: string,
): void {
  state.messages.push({
    channel,
    ts: state.nextTimestamp(),
    threadTs,
    user: state.credentials.botUserId,
    botId: state.credentials.botId,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
    ephemeralTo,
    edits: 0,
    deleted: false,
  });
}

function replace(state: SlackState, message: Message, content: MessageContent): void {
  message.text = content.text ?? message.text;
  message.blocks = content.blocks ?? [];
  message.edits += 1;
  if (message.ephemeralTo === undefined) return;
  const { text, blocks, channel } = message;
  state.notices.push({ toUser: message.ephemeralTo, channel, text, blocks, source: "response_url" });
}

function respond(state: SlackState, address: ResponseAddress, body: Record<string, unknown>): void {
  const args = readArguments(body);
  if (args.flag("delete_original")) {
    if (address.message === undefined) throw new ApiFailure("no_original_message");
    address.message.deleted = true;
    return;
  }
  const content = messageContent(args, MESSAGE_LIMITS.text);
  if (args.flag("replace_original") && address.message !== undefined)
    replace(state, address.message, content);
  else if (args.text("response_type") === "in_channel")
    postAs(state, address.channel, content, undefined, args.text("thread_ts"));
  else showEphemeral(state, address, content, "response_url");
}

/** Answers a call of a `response_url`; it works five times within thirty minutes, by the simulator's clock. */
export function answerResponseUrl(state: SlackState, request: VendorRequest): VendorAnswer {
  const address = state.responseAddresses.get(request.path.slice(PATH.length));
  const refuse = (status: number, error: string): VendorAnswer => ({ status, body: { ok: false, error } });
  if (address === undefined || request.method !== "POST") return refuse(404, "invalid_url");
  if (state.clock().getTime() - address.issuedAt.getTime() > LIFETIME_MILLISECONDS)
    return refuse(404, "expired_url");
  if (address.uses >= USES) return refuse(404, "used_url");
  if (request.body === undefined) return refuse(400, "invalid_payload");
  address.uses += 1;
  try {
    respond(state, address, request.body);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { status: 400, body: { ok: false, error: error.code, ...error.more } };
  }
}

/** Whether a path belongs to a `response_url`. */
export function isResponsePath(path: string): boolean {
  return path.startsWith(PATH);
}
