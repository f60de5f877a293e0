import { ApiFailure } from "./api-failure.ts";
import { checkedBlocks } from "./message-content.ts";
import { postAs, showEphemeral } from "./response-address.ts";
import { isObject } from "./rules.ts";
import type { Channel, Delivery, JsonObject, OpenView, SlackState } from "./state.ts";
import { checkedView, closeFrom, closeStack, pushModal, replaceContent } from "./view-stack.ts";

/** What is wrong with an answer is kept, and shown on the delivery as Slack would show the person an error. */
function complain(state: SlackState, delivery: Delivery, what: string): void {
  delivery.shown = what;
  state.mistakes.push(what);
}

function explain(error: unknown): string {
  if (!(error instanceof ApiFailure)) throw error;
  const { errors } = error.more;
  return [error.code, ...(Array.isArray(errors) ? (errors as string[]) : [])].join("; ");
}

function parsed(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Takes a command's acknowledgement as Slack does: a body is a message, for the person alone unless it says so. */
export function takeCommandAcknowledgement(
  state: SlackState,
  delivery: Delivery,
  act: { userId: string; channel: Channel },
): void {
  if (delivery.status !== 200 || delivery.body === "") return;
  const answer = parsed(delivery.body) ?? { text: delivery.body };
  try {
    const text = typeof answer["text"] === "string" ? answer["text"] : undefined;
    const blocks = answer["blocks"] === undefined ? undefined : checkedBlocks(answer["blocks"]);
    if (text === undefined && blocks === undefined) return;
    const to = { userId: act.userId, channel: act.channel.id };
    if (answer["response_type"] === "in_channel") postAs(state, to.channel, { text, blocks });
    else showEphemeral(state, to, { text, blocks }, "acknowledgement");
  } catch (error) {
    complain(state, delivery, `The command's acknowledgement is refused: ${explain(error)}`);
  }
}

function takeErrors(state: SlackState, delivery: Delivery, view: OpenView, errors: unknown): void {
  if (!isObject(errors) || Object.keys(errors).length === 0) {
    complain(state, delivery, "The submission's acknowledgement has no errors by block id.");
    return;
  }
  const inputs = new Set(
    view.content.blocks.filter((block) => block["type"] === "input").map((block) => block["block_id"]),
  );
  const unknown = Object.keys(errors).filter((blockId) => !inputs.has(blockId));
  if (
    unknown.length > 0 ||
    Object.values(errors).some((error) => typeof error !== "string" || error === "")
  ) {
    const where = unknown.length > 0 ? `no input block: ${unknown.join(", ")}` : "an error without text";
    complain(state, delivery, `The submission's acknowledgement names ${where}.`);
    return;
  }
  view.errors = errors as Record<string, string>;
}

/** Takes a submission's acknowledgement as Slack does; without a body the view closes. */
export function takeSubmissionAcknowledgement(state: SlackState, delivery: Delivery, view: OpenView): void {
  if (delivery.status !== 200) return;
  // The app may have changed or closed the view while it answered.
  if (!state.views.has(view.id)) return;
  view.errors = {};
  const answer = delivery.body === "" ? {} : parsed(delivery.body);
  if (answer === undefined) {
    complain(state, delivery, "The submission's acknowledgement is no JSON object.");
    return;
  }
  try {
    switch (answer["response_action"]) {
      case undefined:
        closeFrom(state, view);
        break;
      case "clear":
        closeStack(state, view);
        break;
      case "update":
        replaceContent(state, view, checkedView(answer["view"], "modal"));
        break;
      case "push":
        pushModal(state, view, checkedView(answer["view"], "modal"));
        break;
      case "errors":
        takeErrors(state, delivery, view, answer["errors"]);
        break;
      default:
        complain(state, delivery, `Unknown response_action: ${JSON.stringify(answer["response_action"])}`);
    }
  } catch (error) {
    complain(state, delivery, `The submission's acknowledgement is refused: ${explain(error)}`);
  }
}
