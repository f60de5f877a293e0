import type { Button, WorkflowButton } from "@slack/types";
import { useBlockContext } from "../context.ts";
import { safeAddress } from "../safe-link.tsx";
import { TextObject } from "../text.tsx";
import { useConfirmation } from "./confirmation.tsx";
import { plainWords } from "./plain-words.ts";

interface Props {
  element: Button | WorkflowButton;
  blockId: string;
}

const STYLES = { primary: "bk-primary", danger: "bk-danger" };

/** A button; one with an address is a link that also tells the app. */
export function ButtonElement({ element, blockId }: Props) {
  const context = useBlockContext();
  const { ask, dialog } = useConfirmation(element.confirm);
  const isButton = element.type === "button";
  const address = isButton && element.url !== undefined ? safeAddress(element.url) : undefined;
  const press = () => context.onPress(element.action_id ?? "", blockId, isButton ? element.value : undefined);
  const look = {
    class: `bk-button ${element.style === undefined ? "" : STYLES[element.style]}`,
    "aria-label":
      element.accessibility_label === undefined
        ? undefined
        : plainWords({ type: "plain_text", text: element.accessibility_label }),
  };
  if (address === undefined)
    return (
      <>
        <button type="button" {...look} onClick={() => ask(press)}>
          <TextObject text={element.text} />
        </button>
        {dialog}
      </>
    );
  return (
    <>
      <a
        {...look}
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        onClick={(event) => {
          if (element.confirm === undefined) return press();
          event.preventDefault();
          ask(() => {
            press();
            window.open(address, "_blank", "noopener,noreferrer");
          });
        }}
      >
        <TextObject text={element.text} />
      </a>
      {dialog}
    </>
  );
}
