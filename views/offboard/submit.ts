import type { App, ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { OffboardDeps, SubmissionResult } from "../../src/deps/submission.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { FieldFault } from "../../src/deps/refusal.ts";
import { readValues, VALUE } from "../blocks/inputs.ts";
import { offersBreakGlass } from "../blocks/break-glass.ts";
import {
  changedRequest,
  chosenAction,
  FIELDS,
  OFFBOARD_VIEW,
  offboardForm,
  parseOffboardForm,
  type OffboardForm,
  type ParsedForm,
} from "./form.ts";
import { answerSubmission } from "../blocks/answer-submission.ts";
import { errorsAnswer, errorsByBlock, type FieldErrors } from "../blocks/faults.ts";
import { slackErrorCode } from "../blocks/slack-error.ts";
import { readWho } from "../blocks/who.ts";
import { notice } from "../blocks/notice.ts";
import { receiptText } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { escapeText } from "../blocks/text.ts";

/** The form as it was sent, with what is wrong on top. */
function formAgain(
  parsed: Extract<ParsedForm, { ok: true }>,
  faults: string[],
  now: OffboardForm,
): ModalView {
  const { confirm, breaksGlass } = parsed;
  const { action, ...entered } = parsed.fields;
  return offboardForm({
    ...now,
    target: parsed.target,
    action,
    faults,
    entered: { ...entered, breaksGlass, confirm },
  });
}

function resultView(
  result: SubmissionResult,
  parsed: Extract<ParsedForm, { ok: true }>,
  now: OffboardForm,
  deps: OffboardDeps & SurfaceDeps,
): ModalView {
  if (result.kind === "created") {
    const title = now.changes === undefined ? "Request made" : "Request changed";
    return notice(title, receiptText(result, deps.channel));
  }
  if (result.kind === "refused") return notice("Not allowed", refusalText(result.refusal));
  return formAgain(
    parsed,
    result.faults.map((fault) => fault.message),
    now,
  );
}

/** The same for someone who has closed the window meanwhile. */
function resultText(result: SubmissionResult, deps: OffboardDeps & SurfaceDeps): string {
  if (result.kind === "created") return receiptText(result, deps.channel);
  if (result.kind === "refused") return refusalText(result.refusal);
  return `Nothing was requested. ${result.faults.map((fault) => escapeText(fault.message)).join(" ")}`;
}

/** Faults next to their fields; Slack itself keeps what was entered in fields that stay. */
function faultsAnswer(view: ViewOutput, errors: FieldErrors, now: OffboardForm): ViewResponseAction {
  return errorsAnswer(view, errors, () => offboardForm({ ...now, faults: Object.values(errors) }));
}

/** The form for what is entered now. */
function formNow(view: ViewOutput, deps: OffboardDeps & SurfaceDeps): OffboardForm {
  const values = readValues(view.state.values);
  return {
    target: readWho(values),
    action: chosenAction(values),
    cloudflareConfigured: deps.cloudflareConfigured,
    settingFaults: deps.settingFaults(),
    mayBreakGlass: offersBreakGlass(view),
    changes: changedRequest(view),
  };
}

/** What the modal's submission and its one redrawing field do. */
export function registerOffboardView(app: App, deps: OffboardDeps & SurfaceDeps): void {
  app.action({ type: "block_actions", block_id: FIELDS.action, action_id: VALUE }, async (args) => {
    await args.ack();
    const view = args.body.view;
    if (view === undefined) return;
    const form = offboardForm(formNow(view, deps));
    try {
      // A stale answer must not overwrite a newer choice, which has an answer of its own.
      await args.client.views.update({ view_id: view.id, hash: view.hash, view: form });
    } catch (error) {
      if (slackErrorCode(error) !== "hash_conflict") throw error;
    }
  });

  app.view(OFFBOARD_VIEW, async ({ ack, body, view, client }) => {
    const values = readValues(view.state.values);
    const parsed = parseOffboardForm(values, deps.cloudflareConfigured);
    if (!parsed.ok) {
      await ack(faultsAnswer(view, parsed.errors, formNow(view, deps)));
      return;
    }
    const now = formNow(view, deps);
    const submission = {
      viewId: view.id,
      requesterId: body.user.id,
      target: parsed.target,
      fields: parsed.fields,
      confirmEmail: parsed.confirm,
      breaksGlass: parsed.breaksGlass,
    };
    const outcome =
      now.changes === undefined ? deps.submit(submission) : deps.change(now.changes, submission);
    const sent = { ack, client, viewId: view.id, personId: body.user.id };
    await answerSubmission(sent, outcome, deps.channel, {
      inTime: (result) =>
        result.kind === "invalid"
          ? faultsAnswer(view, errorsByBlock(result.faults.map(faultAtBlock)), now)
          : { response_action: "update", view: resultView(result, parsed, now, deps) },
      late: (result) => resultView(result, parsed, now, deps),
      text: (result) => resultText(result, deps),
    });
  });
}

/** A fault at the block of its field: they have the same names, but for a few. */
function faultAtBlock({ field, message }: FieldFault) {
  return { block: Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof typeof FIELDS] : field, message };
}
