import type { ModalView } from "@slack/types";
import { mrkdwn, plain } from "./text.ts";

/** A modal that only says something; whatever came from outside must have been escaped before. */
export function notice(title: string, text: string): ModalView {
  return {
    type: "modal",
    callback_id: "notice",
    title: plain(title, 24),
    close: plain("Close", 24),
    blocks: [{ type: "section", text: mrkdwn(text) }],
  };
}
