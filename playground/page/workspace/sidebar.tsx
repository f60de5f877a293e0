import type { PageChannel } from "../../page-api.ts";
import { personBehind } from "./channel-title.ts";
import { Face } from "./face.tsx";
import { useWorkspace } from "./use-workspace.ts";

/** Channels, the app, and direct messages, with what is unread. */
export function Sidebar() {
  const { snapshot, place, channel, go, act, unread, isSidebarOpen, setSidebarOpen } = useWorkspace();
  const app = snapshot.people.find(({ isApp }) => isApp);
  const withApp = snapshot.channels.find(({ withUser }) => withUser === app?.id);
  const channels = snapshot.channels.filter(({ kind }) => kind === "channel");
  const direct = snapshot.channels.filter((one) => one.kind === "direct" && one !== withApp);
  const line = (one: PageChannel) => {
    const count = one.id === channel?.id ? 0 : unread(one.id);
    const other = personBehind(one, snapshot.people);
    return (
      <li key={one.id}>
        <button
          type="button"
          class={`side-link ${count > 0 ? "is-unread" : ""}`}
          aria-current={one.id === channel?.id ? "page" : undefined}
          data-channel={one.id}
          onClick={() => go({ kind: "channel", id: one.id })}
        >
          {other === undefined ? (
            <span class="hash" aria-hidden="true">
              #
            </span>
          ) : (
            <Face person={other} size="small" />
          )}
          <span class="side-name">{other?.realName ?? one.name}</span>
          <Count count={count} />
        </button>
      </li>
    );
  };
  const appCount = withApp === undefined || withApp.id === channel?.id ? 0 : unread(withApp.id);
  return (
    <>
      {isSidebarOpen && <div class="veil" onClick={() => setSidebarOpen(false)} />}
      <nav
        class={`sidebar ${isSidebarOpen ? "is-open" : ""}`}
        id="sidebar"
        aria-label="Channels and people"
        onKeyDown={(event) => {
          if (event.key === "Escape") setSidebarOpen(false);
        }}
      >
        <h2>Channels</h2>
        <ul>{channels.map(line)}</ul>
        <h2>App</h2>
        <ul>
          <li>
            <button
              type="button"
              class={`side-link ${appCount > 0 ? "is-unread" : ""}`}
              aria-current={
                place.kind === "home" || (withApp !== undefined && channel?.id === withApp.id)
                  ? "page"
                  : undefined
              }
              data-channel="app"
              onClick={() => {
                if (withApp !== undefined && appCount > 0) return go({ kind: "channel", id: withApp.id });
                go({ kind: "home" });
                void act({ kind: "home" });
                return undefined;
              }}
            >
              <Face person={app} size="small" />
              <span class="side-name">{app?.realName ?? "The app"}</span>
              <Count count={appCount} />
            </button>
          </li>
        </ul>
        {direct.length > 0 && (
          <>
            <h2>Direct messages</h2>
            <ul>{direct.map(line)}</ul>
          </>
        )}
      </nav>
    </>
  );
}

function Count({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="count">
      {count}
      <span class="hidden"> unread</span>
    </span>
  );
}
