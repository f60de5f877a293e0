import { useWorkspace } from "./use-workspace.ts";

/** What went wrong, in plain words, until it is put away. */
export function NoticeStack() {
  const { notices } = useWorkspace();
  return (
    <div class="notices" role="alert">
      {notices.shown.map(({ key, words, code }) => (
        <div class="notice" key={key}>
          <p>
            {words}
            {code !== undefined && <code class="notice-code">{code}</code>}
          </p>
          <button
            type="button"
            class="icon-button"
            aria-label="Put this away"
            onClick={() => notices.putAway(key)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
