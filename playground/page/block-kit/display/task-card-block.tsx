import type { TaskCardBlock as SlackTaskCardBlock } from "@slack/types";
import { SafeLink } from "../safe-link.tsx";
import "./cards.css";
import "./display.css";
import { RichText } from "./rich-text.tsx";

const STATUS = {
  pending: { sign: "○", words: "Waiting" },
  in_progress: { sign: "◐", words: "Working" },
  complete: { sign: "✓", words: "Complete" },
  error: { sign: "✕", words: "Failed" },
} as const;

/** One piece of work with where it is; what it says of itself unfolds. */
export function TaskCardBlock({ block }: { block: SlackTaskCardBlock }) {
  const { sign, words } = STATUS[block.status] ?? STATUS.pending;
  return (
    <div class={`bk-task bk-task-${block.status}`}>
      <div class="bk-task-head">
        <span class="bk-task-sign" aria-hidden="true">
          {sign}
        </span>
        <span class="bk-task-title">{block.title}</span>
        <span class="bk-task-status">{words}</span>
      </div>
      {block.details !== undefined && <RichText block={block.details} />}
      {block.output !== undefined && (
        <div class="bk-task-output">
          <RichText block={block.output} />
        </div>
      )}
      {block.sources !== undefined && block.sources.length > 0 && (
        <ul class="bk-task-sources">
          {block.sources.map((source, index) => (
            <li key={index}>
              <SafeLink url={source.url}>{source.text}</SafeLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
