import type {
  ContextActionsBlock as SlackContextActionsBlock,
  FeedbackButtons,
  IconButton,
} from "@slack/types";
import { useState } from "preact/hooks";
import { useBlockContext } from "./context.ts";
import { useConfirmation } from "./elements/confirmation.tsx";
import "./elements/buttons.css";
import { TextObject } from "./text.tsx";

/** Small buttons under an answer: feedback, and what else can be done with it. Each is shown to everyone. */
export function ContextActionsBlock({ block }: { block: SlackContextActionsBlock }) {
  const blockId = block.block_id ?? "";
  return (
    <div class="bk-context-actions" data-block={blockId}>
      {block.elements.map((element, index) =>
        element.type === "feedback_buttons" ? (
          <Feedback key={element.action_id ?? index} element={element} blockId={blockId} />
        ) : (
          <SmallButton key={element.action_id ?? index} element={element} blockId={blockId} />
        ),
      )}
    </div>
  );
}

function Feedback({ element, blockId }: { element: FeedbackButtons; blockId: string }) {
  const context = useBlockContext();
  const [given, setGiven] = useState<"up" | "down" | undefined>(undefined);
  const answers = [
    { sign: "up", button: element.positive_button },
    { sign: "down", button: element.negative_button },
  ] as const;
  return (
    <>
      {answers.map(({ sign, button }) => (
        <button
          key={sign}
          type="button"
          class="bk-small-button"
          aria-label={button.accessibility_label}
          aria-pressed={given === sign ? "true" : "false"}
          onClick={() => {
            setGiven(sign);
            context.onPress(element.action_id ?? "", blockId, button.value);
          }}
        >
          <Sign path={THUMB} isTurned={sign === "down"} />
          <TextObject text={button.text} />
        </button>
      ))}
    </>
  );
}

function SmallButton({ element, blockId }: { element: IconButton; blockId: string }) {
  const context = useBlockContext();
  const { ask, dialog } = useConfirmation(element.confirm);
  return (
    <>
      <button
        type="button"
        class="bk-small-button"
        aria-label={element.accessibility_label}
        onClick={() => ask(() => context.onPress(element.action_id ?? "", blockId, element.value))}
      >
        <Sign path={element.icon === "trash" ? TRASH : DOTS} />
        <TextObject text={element.text} />
      </button>
      {dialog}
    </>
  );
}

const THUMB =
  "M7 11v9H3.5v-9H7zm0 0 4-8c1.6 0 2.6 1.2 2.3 2.8L12.6 9H19a2 2 0 0 1 2 2.4l-1.3 7a2 2 0 0 1-2 1.6H7";
const TRASH = "M4 6.5h16M9.5 6.5V4h5v2.5M6 6.5 7 20h10l1-13.5M10 10.5v5.5M14 10.5v5.5";
const DOTS = "M5 12h.01M12 12h.01M19 12h.01";

function Sign({ path, isTurned = false }: { path: string; isTurned?: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="16"
      height="16"
      class={isTurned ? "bk-turned" : ""}
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
