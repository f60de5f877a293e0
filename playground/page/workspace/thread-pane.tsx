import { useEffect, useRef } from "preact/hooks";
import { Composer } from "./composer.tsx";
import { MessageList, repliesTo } from "./message-list.tsx";
import { titleOf } from "./channel-title.ts";
import { useWorkspace } from "./use-workspace.ts";

/** One message and the answers to it, beside the channel. */
export function ThreadPane() {
  const { snapshot, channel, thread, openThread } = useWorkspace();
  const pane = useRef<HTMLElement>(null);
  const opener = useRef<HTMLElement>(undefined);
  const root = snapshot.messages.find((message) => message.ts === thread && message.channel === channel?.id);

  useEffect(() => {
    if (thread === undefined) return;
    if (document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
    pane.current?.focus();
  }, [thread]);

  if (root === undefined) return null;
  const close = () => {
    openThread(undefined);
    const link = document.querySelector<HTMLElement>(`[data-thread="${root.ts}"]`);
    (opener.current?.isConnected === true ? opener.current : link)?.focus();
  };
  return (
    <aside
      class="thread"
      ref={pane}
      tabIndex={-1}
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header class="pane-head">
        <div>
          <h2>Thread</h2>
          <p class="soft pane-topic">{titleOf(channel, snapshot.people)}</p>
        </div>
        <button type="button" class="icon-button" aria-label="Close the thread" onClick={close}>
          ✕
        </button>
      </header>
      <MessageList
        key={root.key}
        label="Messages in the thread"
        withThreads={false}
        empty=""
        messages={[root, ...repliesTo(snapshot.messages, root)]}
      />
      <Composer key={snapshot.me} channel={root.channel} threadTs={root.ts} label="Reply in the thread" />
    </aside>
  );
}
