import { takeCommandAcknowledgement, takeSubmissionAcknowledgement } from "./acknowledgement.ts";
import { ClientRefusal } from "./client-refusal.ts";
import { escapedText } from "./command-text.ts";
import type { Courier } from "./deliver.ts";
import type { Entry } from "./entry.ts";
import { addFile } from "./files.ts";
import {
  clickAction,
  enterAll,
  enterOne,
  findElement,
  openView,
  visibleMessage,
  type ClickTarget,
  type MessagePlace,
} from "./hands.ts";
import {
  closedPayload,
  commandPayload,
  globalShortcutPayload,
  homeOpenedPayload,
  messageActionPayload,
  messageShortcutPayload,
  submissionPayload,
  viewActionPayload,
} from "./payloads.ts";
import { issueResponseUrl } from "./response-address.ts";
import { findMessage, type Delivery, type Message, type SlackState, type User } from "./state.ts";
import { issueTrigger } from "./trigger.ts";
import { closeFrom, closeStack } from "./view-stack.ts";
import { directMessages } from "./workspace.ts";

/**
 * What one person can do in their Slack client. Every act is delivered to the app and its answer taken as Slack
 * takes it. What the client itself would prevent throws a ClientRefusal and is never sent.
 */
export interface Person {
  /** Writes in a conversation, or in a thread there; the app is not told, as it subscribes to no messages. */
  say(channel: string, text: string, threadTs?: string): void;
  /** Writes through an app that has their token: the author is the person, beside another app's `bot_id`. */
  sayThroughApp(channel: string, text: string): void;
  /** Uploads a file, as choosing one in a form does; answers its id. */
  upload(name: string, bytes: Buffer): string;
  /** Types a slash command, in the direct messages with the app when no channel is given. */
  command(command: string, text?: string, where?: { channel?: string }): Promise<Delivery>;
  /** Fills in and submits a modal; fields that are not named keep what they hold, undefined empties one. */
  submit(viewId: string, values?: Record<string, Entry>): Promise<Delivery>;
  /** Closes a modal; only a view with `notify_on_close` tells the app. */
  closeView(viewId: string): Promise<Delivery | undefined>;
  /** Changes one field of a view that reports its changes; `actionId` where the block has several elements. */
  change(viewId: string, blockId: string, value: Entry, actionId?: string): Promise<Delivery>;
  /**
   * Presses a button, or chooses from a menu, in a message or a view. A copy of a message models a client that has
   * not seen later changes. `value` tells buttons with one action id apart, or is what is chosen.
   */
  click(target: ClickTarget, actionId: string, which?: { value?: Entry }): Promise<Delivery>;
  globalShortcut(callbackId: string): Promise<Delivery>;
  messageShortcut(callbackId: string, message: Message | MessagePlace): Promise<Delivery>;
  openHome(): Promise<Delivery>;
}

/** @param escapes whether the manifest has `should_escape` on its commands */
export function createPerson(state: SlackState, courier: Courier, user: User, escapes: boolean): Person {
  const channelOf = (id: string) => {
    const channel = state.channels.get(id);
    if (channel === undefined) throw new ClientRefusal(`there is no channel ${id}`);
    if (channel.kind !== "public" && !channel.members.has(user.id))
      throw new ClientRefusal(`${user.id} cannot see ${id}`);
    return channel;
  };

  function clickInView(viewId: string, actionId: string, value: Entry): Promise<Delivery> {
    const view = openView(state, user, viewId);
    const action = clickAction(state, view.content.blocks, actionId, value, view.state);
    const triggerId = issueTrigger(state, user.id, viewId);
    return courier.send(
      "interactive",
      viewActionPayload(state, { user, view, action, triggerId }),
      triggerId,
    );
  }

  function write(channel: string, text: string, threadTs?: string): Message {
    if (!channelOf(channel).members.has(user.id))
      throw new ClientRefusal(`${user.realName} is not a member of this channel`);
    if (text.trim() === "") throw new ClientRefusal("there is nothing to send");
    const root = threadTs === undefined ? undefined : findMessage(state, channel, threadTs);
    if (threadTs !== undefined && root === undefined)
      throw new ClientRefusal(`there is no message ${threadTs}`);
    const message: Message = {
      channel,
      ts: state.nextTimestamp(),
      ...(root === undefined ? {} : { threadTs: root.threadTs ?? root.ts }),
      user: user.id,
      // Commands carry the name of a mentioned person beside the id, messages only the id.
      text: escapedText(state, text).replaceAll(/<@(\w+)\|[^>]*>/g, "<@$1>"),
      blocks: [],
      edits: 0,
      deleted: false,
    };
    state.messages.push(message);
    return message;
  }

  return {
    say: (channel, text, threadTs) => void write(channel, text, threadTs),
    sayThroughApp: (channel, text) =>
      void Object.assign(write(channel, text), { botId: "B0OTHERAPP", appId: "A0OTHERAPP" }),
    upload: (name, bytes) => addFile(state, user.id, name, bytes).id,
    async command(command, text = "", where = {}) {
      if (user.teamId !== state.credentials.teamId || user.isStranger)
        throw new ClientRefusal("people of other workspaces are not offered our commands");
      const channel = where.channel === undefined ? directMessages(state, user.id) : channelOf(where.channel);
      const triggerId = issueTrigger(state, user.id);
      const responseUrl = issueResponseUrl(state, user.id, channel.id);
      const sent = escapes ? escapedText(state, text) : text;
      const payload = commandPayload(state, {
        user,
        channel,
        command,
        text: sent.trim(),
        triggerId,
        responseUrl,
      });
      const delivery = await courier.send("slash_commands", payload, triggerId);
      takeCommandAcknowledgement(state, delivery, { userId: user.id, channel });
      return delivery;
    },
    async submit(viewId, values = {}) {
      const view = openView(state, user, viewId);
      if (view.content.type !== "modal" || view.content.submit === undefined)
        throw new ClientRefusal("this view has no submit button");
      enterAll(state, view, values);
      const triggerId = issueTrigger(state, user.id, viewId);
      const delivery = await courier.send(
        "interactive",
        submissionPayload(state, user, view, triggerId),
        triggerId,
      );
      takeSubmissionAcknowledgement(state, delivery, view);
      return delivery;
    },
    async closeView(viewId) {
      const view = openView(state, user, viewId);
      const isCleared = view.content.clear_on_close === true;
      const payload = closedPayload(state, user, view, isCleared);
      if (isCleared) closeStack(state, view);
      else closeFrom(state, view);
      return view.content.notify_on_close === true
        ? courier.send("interactive", payload, undefined)
        : undefined;
    },
    async change(viewId, blockId, value, actionId) {
      const view = openView(state, user, viewId);
      const placed = findElement(view.content.blocks, blockId, actionId);
      if (placed.block["type"] === "input" && placed.block["dispatch_action"] !== true)
        throw new ClientRefusal(`block "${blockId}" does not report its changes`);
      const held = enterOne(state, view, placed, value);
      const { type: _type, ...entered } = held;
      const action = { type: placed.element.type, block_id: blockId, action_id: placed.actionId, ...entered };
      const triggerId = issueTrigger(state, user.id, viewId);
      return courier.send(
        "interactive",
        viewActionPayload(state, { user, view, action, triggerId }),
        triggerId,
      );
    },
    async click(target, actionId, which = {}) {
      if ("viewId" in target) return clickInView(target.viewId, actionId, which.value);
      const { message, live } = visibleMessage(state, user, target);
      const channel = channelOf(message.channel);
      const action = clickAction(state, message.blocks, actionId, which.value);
      const triggerId = issueTrigger(state, user.id);
      const responseUrl = issueResponseUrl(state, user.id, channel.id, live);
      const act = { user, channel, message, action, triggerId, responseUrl };
      return courier.send("interactive", messageActionPayload(state, act), triggerId);
    },
    async globalShortcut(callbackId) {
      const triggerId = issueTrigger(state, user.id);
      return courier.send(
        "interactive",
        globalShortcutPayload(state, user, callbackId, triggerId),
        triggerId,
      );
    },
    async messageShortcut(callbackId, target) {
      const { message, live } = visibleMessage(state, user, target);
      const channel = channelOf(message.channel);
      const triggerId = issueTrigger(state, user.id);
      const responseUrl = issueResponseUrl(state, user.id, channel.id, live);
      const act = { user, channel, message, callbackId, triggerId, responseUrl };
      return courier.send("interactive", messageShortcutPayload(state, act), triggerId);
    },
    async openHome() {
      const payload = homeOpenedPayload(state, user, directMessages(state, user.id).id);
      return courier.send("events_api", payload, undefined);
    },
  };
}
