import type {
  ActionsBlockElement,
  CardBlock,
  ImageElement,
  InputBlockElement,
  SectionBlockAccessory,
} from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Picture } from "../image.tsx";
import { ButtonElement } from "./button.tsx";
import { Checkboxes, RadioButtons } from "./choices.tsx";
import { DateTime } from "./date-time.tsx";
import type { ElementProps } from "./element-props.ts";
import "./buttons.css";
import "./elements.css";
import "./menus.css";
import { FileInput } from "./file-input.tsx";
import { OverflowMenu } from "./overflow-menu.tsx";
import { RichTextInput } from "./rich-text-input.tsx";
import { SelectMenu } from "./select-menu.tsx";
import { TextInput, TypedInput } from "./text-input.tsx";

export type AnyElement =
  | ActionsBlockElement
  | InputBlockElement
  | SectionBlockAccessory
  | ImageElement
  | NonNullable<CardBlock["actions"]>[number];

/** One interactive element of Block Kit. What cannot be shown is named. */
export function Element(props: ElementProps<AnyElement>) {
  const { element } = props;
  const place = useRef<HTMLDivElement>(null);
  const wantsFocus = "focus_on_load" in element && element.focus_on_load === true;
  useEffect(() => {
    if (!wantsFocus) return;
    const controls = place.current?.querySelectorAll<HTMLElement>("input, select, textarea") ?? [];
    ([...controls].find((control) => control.matches(":checked")) ?? controls[0])?.focus();
  }, [wantsFocus]);
  return (
    <div ref={place} class={`bk-element bk-element-${element.type}`}>
      {known(props)}
    </div>
  );
}

function known({ element, ...place }: ElementProps<AnyElement>): ComponentChildren {
  // Another type or action id is another element: what stood in the last one is gone.
  const key = `${element.type} ${"action_id" in element ? element.action_id : ""}`;
  switch (element.type) {
    case "plain_text_input":
      return <TextInput key={key} element={element} {...place} />;
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return <TypedInput key={key} element={element} {...place} />;
    case "rich_text_input":
      return <RichTextInput key={key} element={element} {...place} />;
    case "static_select":
    case "external_select":
    case "users_select":
    case "conversations_select":
    case "channels_select":
    case "multi_static_select":
    case "multi_external_select":
    case "multi_users_select":
    case "multi_conversations_select":
    case "multi_channels_select":
      return <SelectMenu key={key} element={element} {...place} />;
    case "radio_buttons":
      return <RadioButtons key={key} element={element} {...place} />;
    case "checkboxes":
      return <Checkboxes key={key} element={element} {...place} />;
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return <DateTime key={key} element={element} {...place} />;
    case "file_input":
      return <FileInput key={key} element={element} {...place} />;
    case "overflow":
      return <OverflowMenu key={key} element={element} blockId={place.blockId} />;
    case "button":
    case "workflow_button":
      return <ButtonElement key={key} element={element} blockId={place.blockId} />;
    case "image":
      return <Picture alt={element.alt_text} size="small" />;
    default:
      return <span class="bk-note">{`“${(element as { type: string }).type}” cannot be shown here.`}</span>;
  }
}
