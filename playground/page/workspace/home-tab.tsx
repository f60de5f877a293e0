import { Blocks } from "../block-kit/blocks.tsx";
import { useWorkspace } from "./use-workspace.ts";

/** What the app publishes as its home tab for this person. */
export function HomeTab() {
  const { snapshot, me, act } = useWorkspace();
  const viewId = snapshot.home?.id ?? "";
  return (
    <div class="home-tab" tabIndex={0} role="region" aria-label="Home of the app">
      {snapshot.home === undefined ? (
        <div class="empty home-empty">
          <p>
            <strong>The app shows nothing here.</strong>
          </p>
          <p>Its work is in the channel: type /zoom-offboard there, or /deadbolt for help.</p>
        </div>
      ) : (
        <Blocks
          blocks={snapshot.home.blocks}
          context={{
            people: snapshot.people,
            channels: snapshot.channels,
            timeZone: me.timeZone,
            surface: "home",
            onPress: (actionId, _blockId, value) =>
              void act({ kind: "pressInView", viewId, actionId, value }),
            onChange: () => undefined,
            onDispatch: (blockId, actionId, value) =>
              void act({ kind: "change", viewId, blockId, actionId, value: value ?? "" }),
          }}
        />
      )}
    </div>
  );
}
