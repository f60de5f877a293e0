import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { LockoutDeps } from "../../src/deps/lockout.ts";
import { personInput, readValues } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeAroundPeople, plain } from "../blocks/text.ts";

const BIND_SLACK_VIEW = "lockout_bind_slack";
const ACCOUNT = "account";

/** Asks for the Slack account of someone who was locked out by an address that Slack does not know. */
export function bindSlackForm(requestId: string, channel: string): ModalView {
  return {
    type: "modal",
    callback_id: BIND_SLACK_VIEW,
    title: plain("Their Slack account", 24),
    submit: plain("Suspend it", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify({ requestId, channel }),
    blocks: [
      personInput({
        field: ACCOUNT,
        label: "Slack account",
        hint: "Choose it only if you know that it is the same person. It can no longer ask or approve.",
      }),
    ],
  };
}

/** What its submission does; it is authorized afresh by `deps`. */
export function registerBindSlack(app: App, deps: LockoutDeps): void {
  app.view(BIND_SLACK_VIEW, async ({ ack, body, view, client }) => {
    const { requestId, channel } = JSON.parse(view.private_metadata) as {
      requestId: string;
      channel: string;
    };
    const slackId = readValues(view.state.values).person(ACCOUNT);
    if (slackId === undefined) {
      await ack({ response_action: "errors", errors: { [ACCOUNT]: "Choose their account." } });
      return;
    }
    const result = await deps.bindSlack(requestId, body.user.id, slackId);
    if (result.kind === "refused") {
      await ack({ response_action: "update", view: notice("Not done", refusalText(result.refusal)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, escapeAroundPeople(result.sentence));
  });
}
