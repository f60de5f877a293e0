import type { SlackViewMiddlewareArgs, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { checking } from "./notice.ts";
import { tellPerson } from "./tell-person.ts";
import { withinAck } from "./within-ack.ts";

/** A form that someone sent. */
export interface SentForm {
  ack: SlackViewMiddlewareArgs["ack"];
  client: WebClient;
  viewId: string;
  personId: string;
}

/** How the result of a submission is answered. */
export interface ResultTexts<Result> {
  /** While Slack waits: faults can stand next to their fields. */
  inTime(result: Result): ViewResponseAction;
  /** In the window that said meanwhile that it is being checked. */
  late(result: Result): ModalView;
  /** To someone who closed that window; undefined where there is nothing to say then. */
  text(result: Result): string | undefined;
}

/**
 * Answers a submission with its result, or with a word that it is being checked, and with the result afterwards.
 * @param channel where requests are posted
 * @returns the result
 */
export async function answerSubmission<Result>(
  { ack, client, viewId, personId }: SentForm,
  work: Promise<Result>,
  channel: string,
  texts: ResultTexts<Result>,
): Promise<Result> {
  const early = await withinAck(work);
  if (early !== undefined) {
    await ack(texts.inTime(early));
    return early;
  }
  await ack({ response_action: "update", view: checking(channel) });
  const result = await work;
  try {
    await client.views.update({ view_id: viewId, view: texts.late(result) });
  } catch {
    const text = texts.text(result);
    if (text !== undefined) await tellPerson(client, { user: personId }, text);
  }
  return result;
}
