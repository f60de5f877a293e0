import type { Company } from "../company.ts";
import type {
  Block,
  FaultOrder,
  PageChannel,
  PageFile,
  PageMessage,
  PageView,
  Snapshot,
} from "../page-api.ts";
import type { SlackFile, Channel, JsonObject, Message, OpenView } from "../slack/state.ts";
import type { SlackSimulator } from "../slack/server.ts";
import type { AppPulse } from "./app-pulse.ts";
import type { Journal } from "./journal.ts";
import type { AppManifest } from "./manifest.ts";
import { pagePeople } from "./people.ts";
import type { Refusals } from "./refusals.ts";
import { cloudflarePeople, zoomPeople } from "./vendor-people.ts";

/** All that snapshots are made of. */
export interface Sources {
  company: Company;
  manifest: AppManifest;
  journal: Journal;
  refusals: Refusals;
  pulse: AppPulse;
  faults(): FaultOrder[];
}

function isSeenBy(channel: Channel, userId: string): boolean {
  return channel.kind === "public" ? !channel.isArchived : channel.members.has(userId);
}

function pageChannel(channel: Channel, me: string): PageChannel {
  const { id, name } = channel;
  if (channel.kind === "public" || channel.kind === "private") return { id, name, kind: "channel" };
  const other = [...channel.members].find((member) => member !== me);
  return { id, name, kind: "direct", withUser: other };
}

function pageFiles(slack: SlackSimulator, ids: readonly string[]): PageFile[] {
  return ids.flatMap((id) => {
    const file = slack.files.get(id);
    return file === undefined ? [] : [{ id, name: file.name, title: file.title, size: file.bytes.length }];
  });
}

function pageMessage(slack: SlackSimulator, message: Message): PageMessage {
  const { channel, ts, threadTs, user, text } = message;
  return {
    key: `${channel} ${ts}`,
    channel,
    ts,
    threadTs,
    user,
    text,
    blocks: message.blocks as Block[],
    files: pageFiles(slack, message.files ?? []),
    edited: message.edits > 0,
    onlyYou: message.ephemeralTo !== undefined,
  };
}

function plainText(value: JsonObject | undefined): string | undefined {
  return typeof value?.["text"] === "string" ? value["text"] : undefined;
}

function pageView({ id, hash, content, state, errors }: OpenView): PageView {
  const submit = plainText(content.submit);
  return {
    id,
    hash,
    title: plainText(content.title) ?? "",
    submit,
    close: plainText(content.close) ?? "Close",
    blocks: content.blocks as Block[],
    state: state as PageView["state"],
    errors,
  };
}

function seenIn(
  slack: SlackSimulator,
  me: string,
): Pick<Snapshot, "channels" | "messages" | "views" | "home"> {
  const channels = [...slack.channels.values()].filter((channel) => isSeenBy(channel, me));
  const seen = new Set(channels.map(({ id }) => id));
  const messages = slack.messages.filter(
    ({ channel, deleted, ephemeralTo }) =>
      !deleted && seen.has(channel) && (ephemeralTo === undefined || ephemeralTo === me),
  );
  const home = slack.homes.get(me);
  return {
    channels: channels.map((channel) => pageChannel(channel, me)),
    messages: messages.map((message) => pageMessage(slack, message)),
    views: [...slack.views.values()].filter(({ owner }) => owner === me).map(pageView),
    ...(home === undefined ? {} : { home: { id: home.id, blocks: home.content.blocks as Block[] } }),
  };
}

/** The file, when this person sees a message that carries it, or uploaded it. */
export function visibleFile(slack: SlackSimulator, me: string, id: string): SlackFile | undefined {
  const file = slack.files.get(id);
  const isSeen =
    file?.user === me || seenIn(slack, me).messages.some(({ files }) => files.some((one) => one.id === id));
  return isSeen ? file : undefined;
}

/** What one person sees now, and what the vendors see; all but its number. */
export function takeSnapshot(sources: Sources, me: string): Omit<Snapshot, "revision"> {
  const { company, manifest, journal, refusals, pulse } = sources;
  return {
    me,
    people: pagePeople(company.slack),
    ...seenIn(company.slack, me),
    commands: manifest.commands,
    zoom: zoomPeople(company),
    cloudflare: cloudflarePeople(company),
    calls: journal.calls(),
    faults: sources.faults(),
    refusals: refusals.list(),
    appIsUp: pulse.isUp(),
  };
}
