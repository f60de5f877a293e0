import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageChannel, PageMessage, Snapshot } from "../../page-api.ts";

/** What the main part shows: a conversation, or the app's home tab. */
export type Place = { kind: "channel"; id: string } | { kind: "home" };

export const DOCK_TABS = ["zoom", "cloudflare", "calls", "faults", "audit"] as const;
export type DockTab = (typeof DOCK_TABS)[number];

/** Where the person is on the page, and how to go elsewhere. */
export interface Places {
  place: Place;
  channel: PageChannel | undefined;
  go: (place: Place) => void;
  /** The ts of the message whose thread is open. */
  thread: string | undefined;
  openThread: (ts: string | undefined) => void;
  dock: { tab: DockTab; isOpen: boolean };
  setDock: (dock: Partial<{ tab: DockTab; isOpen: boolean }>) => void;
  isSidebarOpen: boolean;
  setSidebarOpen: (isOpen: boolean) => void;
  /** How many messages of a channel this person has not seen. */
  unread: (channelId: string) => number;
}

function isNews(message: PageMessage, me: string): boolean {
  return message.user !== me && (message.threadTs === undefined || message.threadTs === message.ts);
}

/** A tall screen has room for what the vendors see; on a low or narrow one it waits to be asked for. */
export function hasRoomForDock(): boolean {
  return window.matchMedia("(min-width: 900px) and (min-height: 700px)").matches;
}

/** Keeps the place, and per person what has been read. */
export function usePlace(snapshot: Snapshot | undefined): Places {
  const [wanted, setPlace] = useState<Place>();
  const [thread, openThread] = useState<string>();
  const [dock, setDock] = useState(() => ({ tab: "calls" as DockTab, isOpen: hasRoomForDock() }));
  const [isSidebarOpen, setSidebarOpen] = useState(false);
  const read = useRef(new Map<string, string>());

  const me = snapshot?.me ?? "";
  const channels = snapshot?.channels ?? [];
  const isThere = wanted?.kind === "home" || channels.some(({ id }) => id === wanted?.id);
  const first = channels.find(({ kind }) => kind === "channel") ?? channels[0];
  const place: Place =
    wanted !== undefined && isThere
      ? wanted
      : first === undefined
        ? { kind: "home" }
        : { kind: "channel", id: first.id };
  const channel = place.kind === "channel" ? channels.find(({ id }) => id === place.id) : undefined;

  const newest = snapshot?.messages.findLast((message) => message.channel === channel?.id)?.ts;
  if (channel !== undefined && newest !== undefined) read.current.set(`${me} ${channel.id}`, newest);

  const isThreadHere = snapshot?.messages.some(
    (message) => message.ts === thread && message.channel === channel?.id,
  );
  useEffect(() => {
    if (isThreadHere === false) openThread(undefined);
  }, [isThreadHere]);

  return useMemo(
    () => ({
      place,
      channel,
      go(next) {
        setPlace(next);
        setSidebarOpen(false);
      },
      thread: isThreadHere === true ? thread : undefined,
      openThread,
      dock,
      setDock: (change) => setDock((before) => ({ ...before, ...change })),
      isSidebarOpen,
      setSidebarOpen,
      unread(channelId) {
        const since = Number(read.current.get(`${me} ${channelId}`) ?? 0);
        return (snapshot?.messages ?? []).filter(
          (message) => message.channel === channelId && Number(message.ts) > since && isNews(message, me),
        ).length;
      },
    }),
    [snapshot, wanted, thread, isThreadHere, dock, isSidebarOpen],
  );
}
