import type { Block, KnownBlock, ModalView, SectionBlock } from "@slack/types";
import { textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { escapeText, moment, mrkdwn, plain } from "../blocks/text.ts";

export const CURRENT_VIEW = "second_factor_current";
export const ENROL_VIEW = "second_factor_enrol";
export const CODE = "code";
/** A field of its own: what was typed into one must not stand in the other when the window changes. */
export const CURRENT_CODE = "current_code";
const KEY = "key";
export const TITLE = "One-time password";
const CODE_CHARACTERS = 20;

/** Why a code was not taken. */
export interface Fault {
  message: string;
  lockedUntil?: Date;
}

/** What is shown while the key is made, or a code is being checked. */
export function preparingView(): ModalView {
  return notice(TITLE, "One moment: this window changes as soon as it is ready.");
}

/** Asks whoever has a one-time password already for its code, before it is replaced. */
export function currentCodeView(again: { fault?: string; entered?: string } = {}): ModalView {
  return {
    type: "modal",
    callback_id: CURRENT_VIEW,
    title: plain(TITLE, 24),
    submit: plain("Go on", 24),
    close: plain("Cancel", 24),
    blocks: [
      ...faultBlocks(again.fault),
      {
        type: "section",
        text: mrkdwn(
          "You have a one-time password already. To set it up again, for example on another phone, first show that it is yours.",
        ),
      },
      codeInput(
        {
          field: CURRENT_CODE,
          label: "The code that your app shows now",
          hint: "Six digits. Each code can be used once.",
        },
        again.entered,
      ),
    ],
  };
}

/** Shows the key as a picture and in letters, and asks for the first code. */
export function enrolView(shown: {
  secretText: string;
  fileId?: string;
  fault?: string;
  entered?: string;
}): ModalView {
  const { secretText, fileId } = shown;
  return {
    type: "modal",
    callback_id: ENROL_VIEW,
    title: plain(TITLE, 24),
    submit: plain("Set it up", 24),
    close: plain("Cancel", 24),
    notify_on_close: true,
    private_metadata: JSON.stringify({ fileId }),
    blocks: [
      ...faultBlocks(shown.fault),
      {
        type: "section",
        text: mrkdwn(
          fileId === undefined
            ? "Add an account to your authenticator app and type in this key. It is shown this once, to nobody but you."
            : "Scan the picture with your authenticator app, or type in the key. Both are shown this once, to nobody but you.",
        ),
      },
      ...(fileId === undefined ? [] : [picture(fileId)]),
      { type: "section", block_id: KEY, text: mrkdwn(`\`${escapeText(secretText)}\``) },
      codeInput(
        {
          field: CODE,
          label: "Code from your authenticator app",
          hint: "Six digits, within ten minutes. Each code can be used once.",
        },
        shown.entered,
      ),
    ],
  };
}

function picture(fileId: string): KnownBlock {
  return {
    type: "image",
    slack_file: { id: fileId },
    alt_text: "A QR code for your authenticator app. The key below says the same.",
  };
}

function codeInput(
  text: { field: string; label: string; hint: string },
  entered: string | undefined,
): KnownBlock {
  return textInput({
    ...text,
    maximum: CODE_CHARACTERS,
    initial: entered,
  });
}

function faultBlocks(fault: string | undefined): KnownBlock[] {
  return fault === undefined ? [] : [{ type: "section", text: mrkdwn(`:no_entry: ${fault}`) }];
}

/** A fault with its time, for where the reader's own time zone can be shown: errors next to a field have none. */
export function faultText({ message, lockedUntil }: Fault): string {
  const text = escapeText(message);
  return lockedUntil === undefined ? text : `${text} Try again after ${moment(lockedUntil)}.`;
}

/** A refusal in place of the form. */
export function refusedNotice(fault: Fault): ModalView {
  return notice(TITLE, `:no_entry: ${faultText(fault)}`);
}

/** The picture that a window shows. */
export function fileOf(metadata: string): string | undefined {
  return (JSON.parse(metadata) as { fileId?: string }).fileId;
}

/** The key as the window itself has it: it is kept nowhere else where it could be read. */
export function shownKey(blocks: readonly (Block | KnownBlock)[]): string {
  const block = blocks.find(({ block_id: id }) => id === KEY);
  return block !== undefined && isSection(block) ? (block.text?.text.replaceAll("`", "") ?? "") : "";
}

function isSection(block: Block | KnownBlock): block is SectionBlock {
  return block.type === "section";
}
