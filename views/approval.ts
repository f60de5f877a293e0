import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Click, ClickResult, Deps, Refusal } from "../src/deps.ts";
import { readValues, textInput } from "./inputs.ts";
import { notice } from "./notice.ts";
import { refusalText } from "./refusal.ts";
import { APPROVE, buttonValue, DENY, parseButtonValue } from "./request-message.ts";
import { tellPerson } from "./tell-person.ts";
import { escapeText, plain } from "./text.ts";

const DENY_VIEW = "deny_request";
const REASON = "reason";

const UNREADABLE: Refusal = {
  rule: "a button must name its request",
  reason: "This button is not one that this app can read. Nothing was changed.",
};

function denyForm(value: string, channel: string): ModalView {
  return {
    type: "modal",
    callback_id: DENY_VIEW,
    title: plain("Deny this request", 24),
    submit: plain("Deny", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify({ value, channel }),
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

/** What the person who pressed is told: only what the press itself did, the message tells the rest. */
function recordedText(
  click: Pick<Click, "verdict">,
  result: Extract<ClickResult, { kind: "recorded" }>,
): string {
  if (click.verdict === "deny") return "Your denial is recorded. Nothing will be done.";
  return result.state === "pending"
    ? `Your approval is recorded. Still missing: ${result.missing.map(escapeText).join("; ")}.`
    : "Your approval is recorded. The steps are starting.";
}

/** Approve, Deny, and the denial's reason. Every press is authorized afresh by `deps`. */
export function registerApprovalView(app: App, deps: Deps): void {
  app.action({ type: "block_actions", action_id: APPROVE }, async ({ ack, action, body, client }) => {
    await ack();
    const named = parseButtonValue("value" in action ? action.value : undefined);
    const result: ClickResult = named
      ? await deps.decide({
          requestId: named.request,
          planHash: named.plan,
          personId: body.user.id,
          verdict: "approve",
        })
      : { kind: "refused", refusal: UNREADABLE };
    const text =
      result.kind === "refused" ? refusalText(result.refusal) : recordedText({ verdict: "approve" }, result);
    await tellPerson(client, { channel: body.channel?.id, user: body.user.id }, text);
  });

  app.action({ type: "block_actions", action_id: DENY }, async ({ ack, action, body, client }) => {
    await ack();
    const channel = body.channel?.id ?? body.user.id;
    const named = parseButtonValue("value" in action ? action.value : undefined);
    const refusal = named ? await deps.mayDecide(named.request, body.user.id) : UNREADABLE;
    if (refusal !== undefined || named === undefined) {
      await tellPerson(client, { channel, user: body.user.id }, refusalText(refusal ?? UNREADABLE));
      return;
    }
    await client.views.open({
      trigger_id: body.trigger_id,
      view: denyForm(buttonValue(named.request, named.plan), channel),
    });
  });

  app.view(DENY_VIEW, async ({ ack, body, view, client }) => {
    const { value, channel } = JSON.parse(view.private_metadata) as { value: string; channel: string };
    const named = parseButtonValue(value);
    const reason = readValues(view.state.values).text(REASON);
    if (reason === undefined) {
      await ack({ response_action: "errors", errors: { [REASON]: "Say why." } });
      return;
    }
    const result: ClickResult = named
      ? await deps.decide({
          requestId: named.request,
          planHash: named.plan,
          personId: body.user.id,
          verdict: "deny",
          reason,
        })
      : { kind: "refused", refusal: UNREADABLE };
    if (result.kind === "refused") {
      await ack({ response_action: "update", view: notice("Not allowed", refusalText(result.refusal)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, recordedText({ verdict: "deny" }, result));
  });
}
