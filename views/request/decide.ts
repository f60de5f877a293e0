import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Click, ClickResult, RequestDeps } from "../../src/deps/decision.ts";
import type { Refusal } from "../../src/deps/refusal.ts";
import { readValues, textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { refusalText } from "../blocks/refusal.ts";
import { APPROVE, buttonValue, DENY, parseButtonValue } from "./buttons.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeAroundPeople, moment, mrkdwn, plain } from "../blocks/text.ts";

const DENY_VIEW = "deny_request";
const CODE_VIEW = "approve_with_code";
const REASON = "reason";
const CODE = "code";

const UNREADABLE: Refusal = {
  rule: "a button must name its request",
  reason: "This button is not one that this app can read. Nothing was changed.",
};

const NOT_ENROLLED: Refusal = {
  rule: "this approval needs a one-time password",
  reason: "You have none set up, so your approval was not recorded.",
  next: "Set one up with `/deadbolt second-factor`. It counts for what is asked for after that; this request needs somebody who had one before.",
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

function codeForm(value: string, channel: string): ModalView {
  return {
    type: "modal",
    callback_id: CODE_VIEW,
    title: plain("Approve with a code", 24),
    submit: plain("Approve", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify({ value, channel }),
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

/** What the person who pressed is told: only what the press itself did, the message tells the rest. */
function recordedText(
  click: Pick<Click, "verdict">,
  result: Extract<ClickResult, { kind: "recorded" }>,
): string {
  if (click.verdict === "deny") return "Your denial is recorded. Nothing will be done.";
  return result.state === "pending"
    ? `Your approval is recorded. Still missing: ${result.missing.map(escapeAroundPeople).join("; ")}.`
    : "Your approval is recorded. The steps are starting.";
}

/** The answer as text, for wherever no field is there to stand next to. */
function resultText(click: Pick<Click, "verdict">, result: ClickResult): string {
  switch (result.kind) {
    case "recorded":
      return recordedText(click, result);
    case "refused":
      return refusalText(result.refusal);
    case "needs_code":
      return result.isEnrolled
        ? ":no_entry: This approval needs a one-time password, and the window to type it in did not open. Nothing was recorded. Press again."
        : refusalText(NOT_ENROLLED);
    default:
      return `:no_entry: ${codeFault(result)}`;
  }
}

function codeFault({ message, lockedUntil }: Extract<ClickResult, { kind: "wrong_code" }>): string {
  return lockedUntil === undefined ? message : `${message} Possible again from ${moment(lockedUntil)}.`;
}

interface Held {
  value: string;
  channel: string;
}

/** Approve with or without a code, Deny, and the denial's reason. Every press is authorized afresh by `deps`. */
export function registerApprovalView(app: App, deps: RequestDeps): void {
  app.action({ type: "block_actions", action_id: APPROVE }, async ({ ack, action, body, client }) => {
    await ack();
    const named = parseButtonValue("value" in action ? action.value : undefined);
    const verdict = "approve";
    const result: ClickResult = named
      ? await deps.decide({
          requestId: named.request,
          planHash: named.plan,
          personId: body.user.id,
          verdict,
        })
      : { kind: "refused", refusal: UNREADABLE };
    const channel = body.channel?.id;
    if (named !== undefined && result.kind === "needs_code" && result.isEnrolled) {
      const value = buttonValue(named.request, named.plan);
      const opened = await client.views
        .open({ trigger_id: body.trigger_id, view: codeForm(value, channel ?? body.user.id) })
        .then(
          () => true,
          // The trigger lives three seconds: pressed again, it is asked for again.
          () => false,
        );
      if (opened) return;
    }
    await tellPerson(client, { channel, user: body.user.id }, resultText({ verdict }, result));
  });

  app.view(CODE_VIEW, async ({ ack, body, view, client }) => {
    const { value, channel } = JSON.parse(view.private_metadata) as Held;
    const named = parseButtonValue(value);
    const code = readValues(view.state.values).text(CODE);
    if (code === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: "Type the six digits." } });
      return;
    }
    const verdict = "approve";
    const result: ClickResult = named
      ? await deps.decide({
          requestId: named.request,
          planHash: named.plan,
          personId: body.user.id,
          verdict,
          code,
        })
      : { kind: "refused", refusal: UNREADABLE };
    if (result.kind === "wrong_code" && result.lockedUntil === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: result.message } });
      return;
    }
    if (result.kind !== "recorded") {
      await ack({
        response_action: "update",
        view: notice("Not approved", resultText({ verdict }, result)),
      });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, recordedText({ verdict }, result));
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
    const { value, channel } = JSON.parse(view.private_metadata) as Held;
    const named = parseButtonValue(value);
    const reason = readValues(view.state.values).text(REASON);
    if (reason === undefined) {
      await ack({ response_action: "errors", errors: { [REASON]: "Say why." } });
      return;
    }
    const verdict = "deny";
    const result: ClickResult = named
      ? await deps.decide({
          requestId: named.request,
          planHash: named.plan,
          personId: body.user.id,
          verdict,
          reason,
        })
      : { kind: "refused", refusal: UNREADABLE };
    if (result.kind !== "recorded") {
      await ack({
        response_action: "update",
        view: notice("Not allowed", resultText({ verdict }, result)),
      });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, recordedText({ verdict }, result));
  });
}
