import type { App, RespondArguments } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import type { Deps, Refusal, SubmissionResult } from "../src/deps.ts";
import { readValues, VALUE } from "./inputs.ts";
import {
  chosenAction,
  FIELDS,
  OFFBOARD_VIEW,
  offboardForm,
  parseOffboardForm,
  type FormErrors,
  type ParsedForm,
} from "./offboard-form.ts";
import { refusalText } from "./refusal.ts";
import { escapeText, mrkdwn, plain } from "./text.ts";

/**
 * How long a submission may be checked before the modal says "checking": Slack gives up after 3 s, and a form
 * that it gave up on would lose what was typed.
 */
const CHECK_MILLISECONDS = 2_200;

function notice(title: string, text: string): ModalView {
  return {
    type: "modal",
    callback_id: "notice",
    title: plain(title, 24),
    close: plain("Close", 24),
    blocks: [{ type: "section", text: mrkdwn(text) }],
  };
}

function receipt(result: Extract<SubmissionResult, { kind: "created" }>, channel: string): ModalView {
  const target = escapeText(result.target);
  const text =
    result.state === "pending"
      ? `Your request to offboard *${target}* is in <#${channel}>. It waits for approval:\n${result.rules.map((rule) => `• ${escapeText(rule)}`).join("\n")}\nNothing has been done yet. You get a direct message when it ends.`
      : `Your request to offboard *${target}* is running. Follow it in <#${channel}>. You get a direct message when it ends.`;
  return notice("Request made", text);
}

const checking = (channel: string) =>
  notice(
    "Checking",
    `Zoom or Slack answers slowly. This window changes as soon as the check is through.\nIf nothing appears here or in <#${channel}> within a minute, nothing was requested: submit again.`,
  );

/** Faults of a submission by block id; those of fields that the form does not show go to the e-mail field. */
function errorsOf(faults: Extract<SubmissionResult, { kind: "invalid" }>["faults"]): FormErrors {
  const errors: FormErrors = {};
  for (const fault of faults) {
    const field = FIELDS[fault.field];
    errors[field] = errors[field] === undefined ? fault.message : `${errors[field]} ${fault.message}`;
  }
  return errors;
}

function formAgain(parsed: Extract<ParsedForm, { ok: true }>, faults: string[], deps: Deps): ModalView {
  const { action, ...entered } = parsed.fields;
  return offboardForm({
    target: parsed.target,
    action,
    cloudflareConfigured: deps.cloudflareConfigured,
    faults,
    entered: { ...entered, ...(parsed.confirm === undefined ? {} : { confirm: parsed.confirm }) },
  });
}

function resultView(
  result: SubmissionResult,
  parsed: Extract<ParsedForm, { ok: true }>,
  deps: Deps,
): ModalView {
  if (result.kind === "created") return receipt(result, deps.channel);
  if (result.kind === "refused") return notice("Not allowed", refusalText(result.refusal));
  return formAgain(
    parsed,
    result.faults.map((fault) => fault.message),
    deps,
  );
}

/** What the modal's submission and its one redrawing field do. */
export function registerOffboardView(app: App, deps: Deps): void {
  app.action({ type: "block_actions", block_id: FIELDS.action, action_id: VALUE }, async (args) => {
    await args.ack();
    const view = args.body.view;
    if (view === undefined) return;
    const values = readValues(view.state.values);
    const slackId = values.person(FIELDS.person);
    const email = values.text(FIELDS.email);
    await args.client.views.update({
      view_id: view.id,
      // A stale answer must not overwrite a newer choice.
      hash: view.hash,
      view: offboardForm({
        target: { ...(slackId === undefined ? {} : { slackId }), ...(email === undefined ? {} : { email }) },
        action: chosenAction(values),
        cloudflareConfigured: deps.cloudflareConfigured,
      }),
    });
  });

  app.view(OFFBOARD_VIEW, async ({ ack, body, view, client }) => {
    const parsed = parseOffboardForm(readValues(view.state.values), deps.cloudflareConfigured);
    if (!parsed.ok) {
      await ack({ response_action: "errors", errors: parsed.errors });
      return;
    }
    const outcome = deps.submit({
      viewId: view.id,
      requesterId: body.user.id,
      target: parsed.target,
      fields: parsed.fields,
      ...(parsed.confirm === undefined ? {} : { confirmEmail: parsed.confirm }),
    });
    const early = await Promise.race([outcome, after(CHECK_MILLISECONDS)]);
    if (early === undefined) {
      await ack({ response_action: "update", view: checking(deps.channel) });
      await client.views.update({ view_id: view.id, view: resultView(await outcome, parsed, deps) });
      return;
    }
    if (early.kind === "invalid") await ack({ response_action: "errors", errors: errorsOf(early.faults) });
    else await ack({ response_action: "update", view: resultView(early, parsed, deps) });
  });
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
}

/** A refusal as an ephemeral answer to a command. */
export function refusalAnswer(refusal: Refusal): RespondArguments & { blocks: KnownBlock[] } {
  const text = refusalText(refusal);
  return { response_type: "ephemeral", text, blocks: [{ type: "section", text: mrkdwn(text) }] };
}
