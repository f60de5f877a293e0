import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { RequestDeps } from "../../src/deps/decision.ts";
import { choiceInput, readValues, textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { refusalText, unreadable } from "../blocks/refusal.ts";
import { parseButtonValue, REVIEW } from "./buttons.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeText, mrkdwn, plain } from "../blocks/text.ts";

const REVIEW_VIEW = "close_review";
const VERDICT = "verdict";
const NOTE = "note";
const UNREADABLE = `:no_entry: ${unreadable("button")}`;

function reviewForm(request: string, channel: string): ModalView {
  return {
    type: "modal",
    callback_id: REVIEW_VIEW,
    title: plain("Close the review", 24),
    submit: plain("Close it", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify({ request, channel }),
    blocks: [
      {
        type: "section",
        text: mrkdwn(
          "It ran without its approvals. Look at what was done and why, then say what you found. A review is closed once.",
        ),
      },
      choiceInput({
        field: VERDICT,
        label: "Was it justified?",
        choices: [
          { value: "yes", label: "It was justified" },
          { value: "no", label: "It was not justified" },
        ],
        initial: "",
        redraws: false,
      }),
      textInput({
        field: NOTE,
        label: "What you found",
        hint: "Everyone in the channel and the audit log can read it.",
        maximum: 1_000,
        multiline: true,
      }),
    ],
  };
}

/** The button and the form that close the review of what ran without its approvals. */
export function registerReview(app: App, deps: RequestDeps): void {
  app.action({ type: "block_actions", action_id: REVIEW }, async ({ ack, action, body, client, respond }) => {
    await ack();
    const channel = body.channel?.id ?? body.user.id;
    const tell = (text: string) => tellPerson(client, { channel, user: body.user.id, respond }, text);
    const named = parseButtonValue("value" in action ? action.value : undefined);
    if (named === undefined) return tell(UNREADABLE);
    const refusal = await deps.mayReview(named.request, body.user.id);
    if (refusal !== undefined) return tell(refusalText(refusal));
    await client.views.open({ trigger_id: body.trigger_id, view: reviewForm(named.request, channel) });
  });

  app.view(REVIEW_VIEW, async ({ ack, body, view, client }) => {
    const { request, channel } = JSON.parse(view.private_metadata) as { request: string; channel: string };
    const values = readValues(view.state.values);
    const [verdict, note] = [values.choice(VERDICT), values.text(NOTE)];
    if (verdict === undefined || note === undefined) {
      const errors = {
        ...(verdict === undefined ? { [VERDICT]: "Choose one." } : {}),
        ...(note === undefined ? { [NOTE]: "Say what you found." } : {}),
      };
      await ack({ response_action: "errors", errors });
      return;
    }
    const result = await deps.closeReview(request, body.user.id, { justified: verdict === "yes", note });
    if (result.kind === "refused") {
      await ack({ response_action: "update", view: notice("Not done", refusalText(result.refusal)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, escapeText(result.sentence));
  });
}
