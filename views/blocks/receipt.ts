import type { ModalView } from "@slack/types";
import type { SubmissionResult } from "../../src/deps/submission.ts";
import { notice } from "./notice.ts";
import { escapeAroundPeople, escapeText, escapeValue, messageLink } from "./text.ts";

type Created = Extract<SubmissionResult, { kind: "created" }>;

/** What waited or ran about the same person when something was requested. */
export function alsoOpenLine({
  title,
  state,
  link,
}: {
  title: string;
  state: string;
  link?: string;
}): string {
  const how = state === "pending" ? "waits for approval" : "is running";
  return `:information_source: “${escapeText(title)}” for the same person ${how} already${messageLink(link)}.`;
}

/** What the requester is told of a request that was made. */
export function receiptText(result: Created, channel: string): string {
  const what = `Your request “${escapeText(result.title)}” for *${escapeValue(result.target)}*`;
  const end = ["You get a direct message when it ends.", ...(result.alsoOpen ?? []).map(alsoOpenLine)].join(
    "\n",
  );
  return result.state === "pending"
    ? `${what} is recorded, and is posted in <#${channel}> as soon as Slack takes it. It waits for approval:\n${result.rules.map((rule) => `• ${escapeAroundPeople(rule)}`).join("\n")}\nNothing has been done yet. ${end}`
    : `${what} is running. Follow it in <#${channel}>. ${end}`;
}

/** The modal after a submission; what was generated at random is shown here and nowhere else. */
export function receiptView(result: Created, channel: string): ModalView {
  const view = notice("Request made", receiptText(result, channel));
  const { generated = [] } = result;
  if (generated.length === 0) return view;
  const lines = generated.map(({ title, value }) => `*${escapeText(title)}:* \`${escapeText(value)}\``);
  const text = `${lines.join("\n")}\nThis is shown once and kept nowhere that people can read. Note it down before you close this window.`;
  return {
    ...view,
    clear_on_close: true,
    blocks: [...view.blocks, ...notice("Request made", text).blocks],
  };
}
