import type { AlertBlock as SlackAlertBlock } from "@slack/types";
import { TextObject } from "../text.tsx";
import "./display.css";

const WORDS: Readonly<Record<string, string>> = {
  default: "Note",
  info: "Information",
  warning: "Warning",
  error: "Error",
  success: "Success",
};

/** One important sentence; how important is said in words too. */
export function AlertBlock({ block }: { block: SlackAlertBlock }) {
  const level = Object.hasOwn(WORDS, block.level ?? "") ? (block.level ?? "default") : "default";
  return (
    <div class={`bk-alert bk-alert-${level}`} role="note" aria-label={WORDS[level]}>
      <strong>{WORDS[level]}</strong>
      <div>
        <TextObject text={block.text} />
      </div>
    </div>
  );
}
