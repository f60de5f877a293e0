import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { PageMessage } from "../../page-api.ts";
import { Message } from "./message.tsx";
import { dayName, momentOf } from "./times.ts";
import { useWorkspace } from "./use-workspace.ts";

interface Props {
  label: string;
  messages: readonly PageMessage[];
  /** Whether each message offers its thread. */
  withThreads: boolean;
  /** What is there while nothing is said yet. */
  empty: string;
}

const NEAR_PIXELS = 120;

/** Messages, the newest at the bottom, where the list stays until the reader scrolls up. */
export function MessageList({ label, messages, withThreads, empty }: Props) {
  const { snapshot, me } = useWorkspace();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shownAs = `${label} ${me.id}`;

  useLayoutEffect(() => {
    isAtEnd.current = true;
  }, [shownAs]);
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo(0, list.current.scrollHeight);
  });
  useEffect(() => {
    const shown = list.current;
    if (shown === null) return undefined;
    // The list shrinks when the panel below it opens.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) shown.scrollTo(0, shown.scrollHeight);
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      class="message-list"
      ref={list}
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PIXELS;
      }}
    >
      <div class="message-list-inside">
        {messages.length === 0 && <p class="empty">{empty}</p>}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const day = dayName(momentOf(message.ts), me.timeZone);
          const isNewDay = before === undefined || dayName(momentOf(before.ts), me.timeZone) !== day;
          return (
            <Fragment key={message.key}>
              {isNewDay && withThreads && <p class="day">{day}</p>}
              <Message
                message={message}
                {...(withThreads ? { replies: repliesTo(snapshot.messages, message) } : {})}
              />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

/** The answers in a message's thread, the oldest first. */
export function repliesTo(messages: readonly PageMessage[], root: PageMessage): PageMessage[] {
  return messages.filter(
    ({ channel, threadTs, key }) => channel === root.channel && threadTs === root.ts && key !== root.key,
  );
}
