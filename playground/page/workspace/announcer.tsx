import { useEffect, useRef, useState } from "preact/hooks";
import { titleOf } from "./channel-title.ts";
import { useWorkspace } from "./use-workspace.ts";

/** Says new messages to screen readers, wherever they arrive; not those that were there before. */
export function Announcer() {
  const { snapshot, me } = useWorkspace();
  const [said, say] = useState("");
  const known = useRef<{ me: string; keys: Set<string> }>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = { me: me.id, keys: new Set(snapshot.messages.map(({ key }) => key)) };
    // What was said to one person is not said to the next.
    if (before?.me !== me.id) return say("");
    const fresh = snapshot.messages.filter(({ key, user }) => !before.keys.has(key) && user !== me.id);
    if (fresh.length === 0) return undefined;
    say(
      fresh
        .map(({ user, channel, text, onlyYou }) => {
          const name = snapshot.people.find(({ id }) => id === user)?.realName ?? user;
          const where = titleOf(
            snapshot.channels.find(({ id }) => id === channel),
            snapshot.people,
          );
          return `${name} in ${where}${onlyYou ? ", only to you" : ""}: ${text.slice(0, 200)}`;
        })
        .join(". "),
    );
    return undefined;
  }, [snapshot, me]);
  return (
    <div class="hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}
