import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { RequestDeps } from "../../src/deps/decision.ts";
import { readValues, textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { mrkdwn, plain } from "../blocks/text.ts";
import { ackAfter, STILL_WORKING } from "../blocks/within-ack.ts";
import { APPROVE } from "./buttons.ts";
import { decide, recordedText, unrecordedText, type Pressed } from "./decide.ts";

const CODE_VIEW = "approve_with_code";
const CODE = "code";
const VERDICT = "approve";

function codeForm(pressed: Pressed): ModalView {
  return {
    type: "modal",
    callback_id: CODE_VIEW,
    title: plain("Approve with a code", 24),
    submit: plain("Approve", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify(pressed),
    blocks: [
      {
        type: "section",
        text: mrkdwn("This approval counts only with a one-time password. Nothing is recorded yet."),
      },
      textInput({
        field: CODE,
        label: "One-time password",
        hint: "The six digits that your authenticator app shows now. Each can be used once.",
        maximum: 20,
      }),
    ],
  };
}

/** Asks for the code in a window; false where it did not open: the trigger of a press lives three seconds. */
async function openCodeForm(client: WebClient, triggerId: string, pressed: Pressed): Promise<boolean> {
  try {
    await client.views.open({ trigger_id: triggerId, view: codeForm(pressed) });
    return true;
  } catch {
    return false;
  }
}

/** Approve, with or without a code. Every press is authorized afresh by `deps`. */
export function registerApprove(app: App, deps: RequestDeps): void {
  app.action(
    { type: "block_actions", action_id: APPROVE },
    async ({ ack, action, body, client, respond }) => {
      const user = body.user.id;
      const channel = body.channel?.id;
      const value = "value" in action ? action.value : undefined;
      const tell = (text: string) => tellPerson(client, { channel, user, respond }, text);
      const work = decide(deps, value, { personId: user, verdict: VERDICT });
      const result = await ackAfter(ack, work, () => tell(STILL_WORKING));
      if (value !== undefined && result.kind === "needs_code" && result.isEnrolled) {
        const pressed = { value, channel: channel ?? user };
        if (await openCodeForm(client, body.trigger_id, pressed)) return;
      }
      const text = result.kind === "recorded" ? recordedText(VERDICT, result) : unrecordedText(result);
      await tell(text);
    },
  );

  app.view(CODE_VIEW, async ({ ack, body, view, client }) => {
    const { value, channel } = JSON.parse(view.private_metadata) as Pressed;
    const code = readValues(view.state.values).text(CODE);
    if (code === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: "Type the six digits." } });
      return;
    }
    const result = await decide(deps, value, { personId: body.user.id, verdict: VERDICT, code });
    if (result.kind === "wrong_code" && result.lockedUntil === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: result.message } });
      return;
    }
    if (result.kind !== "recorded") {
      await ack({ response_action: "update", view: notice("Not approved", unrecordedText(result)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, recordedText(VERDICT, result));
  });
}
