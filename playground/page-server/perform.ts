import type { Act, ActResult } from "../page-api.ts";
import { ClientRefusal } from "../slack/client-refusal.ts";
import type { Entry } from "../slack/entry.ts";
import type { SlackSimulator } from "../slack/server.ts";
import type { Delivery } from "../slack/state.ts";
import type { AppManifest } from "./manifest.ts";
import { shownWords } from "./refusals.ts";

/** Undefined when Slack tells the app nothing. */
function act(
  slack: SlackSimulator,
  manifest: AppManifest,
  one: Act,
): Promise<Delivery | undefined> | undefined {
  const person = slack.as(one.as);
  switch (one.kind) {
    case "say":
      person.say(one.channel, one.text, one.threadTs);
      return undefined;
    case "command":
      if (!manifest.commands.some(({ command }) => command === one.command))
        throw new ClientRefusal(`${one.command} is not a command of this workspace`);
      return person.command(one.command, one.text, { channel: one.channel });
    case "submit":
      return person.submit(one.viewId, one.values);
    case "close":
      return person.closeView(one.viewId);
    case "change":
      return person.change(one.viewId, one.blockId, one.value, one.actionId);
    case "pressInView":
      return person.click({ viewId: one.viewId }, one.actionId, chosen(one.value));
    case "press":
      return person.click({ channel: one.channel, ts: one.ts }, one.actionId, chosen(one.value));
    case "home":
      // Slack tells an app only what it subscribed to.
      return manifest.events.has("app_home_opened") ? person.openHome() : undefined;
    case "globalShortcut":
      return person.globalShortcut(one.callbackId);
    default:
      return person.messageShortcut(one.callbackId, { channel: one.channel, ts: one.ts });
  }
}

function chosen(value: Entry): { value?: Entry } {
  return value === undefined ? {} : { value };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith(".") ? "" : "."}`;
}

/**
 * Does what a person does, and waits until the app has acknowledged it.
 * @returns what Slack would show them when it failed; never throws for what a person can do wrong
 */
export async function perform(slack: SlackSimulator, manifest: AppManifest, one: Act): Promise<ActResult> {
  try {
    const delivery = await act(slack, manifest, one);
    return delivery?.shown === undefined
      ? { ok: true }
      : { ok: false, shown: shownWords(delivery.shown).words };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, shown: sentence(error.message) };
  }
}
