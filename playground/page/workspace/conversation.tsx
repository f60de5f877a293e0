import { Composer } from "./composer.tsx";
import { HomeTab } from "./home-tab.tsx";
import { MessageList } from "./message-list.tsx";
import { personBehind, titleOf } from "./channel-title.ts";
import { useWorkspace } from "./use-workspace.ts";

/** The main part: a channel, direct messages, or the app's home tab. */
export function Conversation() {
  const { snapshot, place, channel, go, act } = useWorkspace();
  const app = snapshot.people.find(({ isApp }) => isApp);
  const withApp = snapshot.channels.find(({ withUser }) => withUser === app?.id);
  const isApp = place.kind === "home" || (channel !== undefined && channel.id === withApp?.id);
  const title = isApp ? (app?.realName ?? "The app") : titleOf(channel, snapshot.people);
  const other = personBehind(channel, snapshot.people);
  const inside =
    channel?.kind === "channel"
      ? "Requests and their threads appear here."
      : isApp
        ? "The app that takes access away."
        : (other?.role ?? "");
  return (
    <main class="conversation" id="main" tabIndex={-1} aria-label={title}>
      <header class="pane-head">
        <div>
          <h1>{title}</h1>
          <p class="soft pane-topic">{inside}</p>
        </div>
        {isApp && (
          <div class="tabs" role="group" aria-label={`${title}: what to show`}>
            <button
              type="button"
              class="tab"
              aria-pressed={place.kind === "home"}
              onClick={() => {
                go({ kind: "home" });
                void act({ kind: "home" });
              }}
            >
              Home
            </button>
            <button
              type="button"
              class="tab"
              aria-pressed={place.kind === "channel"}
              disabled={withApp === undefined}
              title={withApp === undefined ? "There are no messages yet" : undefined}
              onClick={() => withApp !== undefined && go({ kind: "channel", id: withApp.id })}
            >
              Messages
            </button>
          </div>
        )}
      </header>
      {channel === undefined ? (
        <HomeTab />
      ) : (
        <>
          <MessageList
            key={channel.id}
            label={`Messages in ${title}`}
            withThreads
            empty="Nothing was said here yet."
            messages={snapshot.messages.filter(
              ({ channel: id, threadTs, ts }) =>
                id === channel.id && (threadTs === undefined || threadTs === ts),
            )}
          />
          <Composer
            key={`${snapshot.me} ${channel.id} composer`}
            channel={channel.id}
            label={`Message ${title}`}
          />
        </>
      )}
    </main>
  );
}
