import type { AlertBlock as SlackAlertBlock } from "@slack/types";
import { TextObject } from "../text.tsx";
import "./display.css";

const WORDS = {
  default: "Note",
  info: "Note",
  warning: "Warning",
  error: "Error",
  success: "Success",
} as const;

/** One important sentence; how important is said in words too. */
export function AlertBlock({ block }: { block: SlackAlertBlock }) {
  const level = block.level ?? "default";
  return (
    <div class={`bk-alert bk-alert-${level}`} role="note" aria-label={WORDS[level]}>
      <strong>{WORDS[level]}</strong>
      <span>
        <TextObject text={block.text} />
      </span>
    </div>
  );
}
