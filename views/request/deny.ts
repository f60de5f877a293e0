import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { RequestDeps } from "../../src/deps/decision.ts";
import { readValues, textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { plain } from "../blocks/text.ts";
import { buttonValue, DENY, parseButtonValue } from "./buttons.ts";
import { decide, recordedText, UNREADABLE, unrecordedText, type Pressed } from "./decide.ts";

const DENY_VIEW = "deny_request";
const REASON = "reason";
const VERDICT = "deny";

function denyForm(pressed: Pressed): ModalView {
  return {
    type: "modal",
    callback_id: DENY_VIEW,
    title: plain("Deny this request", 24),
    submit: plain("Deny", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify(pressed),
    blocks: [
      textInput({
        field: REASON,
        label: "Why",
        hint: "The requester and everyone in the channel can read it.",
        maximum: 1_000,
        multiline: true,
      }),
    ],
  };
}

/** Deny, and the form that asks why. Every press is authorized afresh by `deps`. */
export function registerDeny(app: App, deps: RequestDeps): void {
  app.action({ type: "block_actions", action_id: DENY }, async ({ ack, action, body, client, respond }) => {
    await ack();
    const channel = body.channel?.id ?? body.user.id;
    const tell = (text: string) => tellPerson(client, { channel, user: body.user.id, respond }, text);
    const named = parseButtonValue("value" in action ? action.value : undefined);
    if (named === undefined) return tell(refusalText(UNREADABLE));
    const refusal = await deps.mayDecide(named.request, body.user.id);
    if (refusal !== undefined) return tell(refusalText(refusal));
    const view = denyForm({ value: buttonValue(named.request, named.plan), channel });
    await client.views.open({ trigger_id: body.trigger_id, view });
  });

  app.view(DENY_VIEW, async ({ ack, body, view, client }) => {
    const { value, channel } = JSON.parse(view.private_metadata) as Pressed;
    const reason = readValues(view.state.values).text(REASON);
    if (reason === undefined) {
      await ack({ response_action: "errors", errors: { [REASON]: "Say why." } });
      return;
    }
    const result = await decide(deps, value, { personId: body.user.id, verdict: VERDICT, reason });
    if (result.kind !== "recorded") {
      await ack({ response_action: "update", view: notice("Not allowed", unrecordedText(result)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, recordedText(VERDICT, result));
  });
}
