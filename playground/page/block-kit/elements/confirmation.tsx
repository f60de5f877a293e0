import type { ConfirmationDialog } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { TextObject } from "../text.tsx";

interface Question {
  yes: () => void;
  no: () => void;
}

/**
 * Asks before something is done.
 * @param confirm as the element has it; without it `ask` does it at once
 * @returns `dialog` has to be rendered beside the element, outside of its label
 */
export function useConfirmation(confirm: ConfirmationDialog | undefined) {
  const [question, setQuestion] = useState<Question | undefined>(undefined);
  const ask = (yes: () => void, no: () => void = () => undefined) => {
    if (confirm === undefined) yes();
    else setQuestion({ yes, no });
  };
  const answer = (isYes: boolean) => {
    if (question === undefined) return;
    setQuestion(undefined);
    if (isYes) question.yes();
    else question.no();
  };
  const dialog: ComponentChildren =
    confirm === undefined || question === undefined ? null : <Dialog confirm={confirm} answer={answer} />;
  return { ask, dialog };
}

function Dialog({ confirm, answer }: { confirm: ConfirmationDialog; answer: (isYes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [title, text] = [useId(), useId()];
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closing gives the focus back to where it was; removing alone does not.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="bk-confirm"
      aria-labelledby={title}
      aria-describedby={text}
      onKeyDown={(event) => {
        // What lies behind has its own answer to Escape and Enter.
        event.stopPropagation();
      }}
      onCancel={(event) => {
        event.stopPropagation();
        event.preventDefault();
        answer(false);
      }}
      onClose={() => answer(false)}
    >
      <h2 id={title}>
        {confirm.title === undefined ? "Are you sure?" : <TextObject text={confirm.title} />}
      </h2>
      <p id={text}>
        <TextObject text={confirm.text} />
      </p>
      <div class="bk-confirm-answers">
        <button type="button" class="bk-button" onClick={() => answer(false)}>
          {confirm.deny === undefined ? "Cancel" : <TextObject text={confirm.deny} />}
        </button>
        <button
          type="button"
          class={`bk-button ${confirm.style === "danger" ? "bk-danger-filled" : "bk-primary"}`}
          onClick={() => answer(true)}
        >
          {confirm.confirm === undefined ? "Yes" : <TextObject text={confirm.confirm} />}
        </button>
      </div>
    </dialog>
  );
}
