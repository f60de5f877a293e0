import type { ModalView } from "@slack/types";
import { mrkdwn, plain } from "./text.ts";

/** What is shown while a submission is still being checked. */
export function checking(channel: string): ModalView {
  return notice(
    "Checking",
    `Still checking: a service is slow. This window will update.\nIf nothing appears here or in <#${channel}> within a minute, nothing was requested: submit again.`,
  );
}

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
