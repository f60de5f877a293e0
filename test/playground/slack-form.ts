import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import type { SlackSimulator } from "../../playground/slack/server.ts";
import { startHttpApp } from "./slack-world.ts";

export const plain = (text: string) => ({ type: "plain_text" as const, text });
export const textInput = (field: string, more: object = {}): KnownBlock => ({
  type: "input",
  block_id: field,
  label: plain(field),
  element: { type: "plain_text_input", action_id: "value", ...more },
});
export const form = (blocks: KnownBlock[], more: Partial<ModalView> = {}): ModalView => ({
  type: "modal",
  callback_id: "form",
  title: plain("Form"),
  submit: plain("Send"),
  blocks,
  ...more,
});

/** An app whose `/form` opens the given modal. */
export async function openForm(
  slack: SlackSimulator,
  view: ModalView,
  listen: (app: App) => void = () => {},
) {
  await startHttpApp(slack, (app) => {
    app.command("/form", async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    });
    listen(app);
  });
  await slack.as("U0ADA").command("/form");
  return onlyView(slack);
}

/** The view that was opened last. */
export function onlyView(slack: SlackSimulator) {
  const view = [...slack.views.values()].at(-1);
  if (view === undefined) throw new Error("No view is open.");
  return view;
}
