import type { App, ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { OffboardDeps, SubmissionResult } from "../../src/deps/submission.ts";
import { readValues, VALUE } from "../blocks/inputs.ts";
import { offersBreakGlass } from "../blocks/break-glass.ts";
import {
  changedRequest,
  chosenAction,
  FIELDS,
  OFFBOARD_VIEW,
  offboardForm,
  parseOffboardForm,
  type FormErrors,
  type OffboardForm,
  type ParsedForm,
} from "./form.ts";
import { checking, notice } from "../blocks/notice.ts";
import { receiptText } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeText } from "../blocks/text.ts";
import { withinAck } from "../blocks/within-ack.ts";

/** Block ids by the name that a fault gives the field. */
const FIELD_IDS: Readonly<Record<string, string>> = { ...FIELDS, confirm: FIELDS.confirm };

/** Faults of a submission by block id. */
function errorsOf(faults: Extract<SubmissionResult, { kind: "invalid" }>["faults"]): FormErrors {
  const errors: FormErrors = {};
  for (const fault of faults) {
    const field = FIELD_IDS[fault.field] ?? fault.field;
    errors[field] = errors[field] === undefined ? fault.message : `${errors[field]} ${fault.message}`;
  }
  return errors;
}

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
    entered: { ...entered, breaksGlass, ...(confirm === undefined ? {} : { confirm }) },
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

/** The same for somebody who has closed the window meanwhile. */
function resultText(result: SubmissionResult, deps: OffboardDeps & SurfaceDeps): string {
  if (result.kind === "created") return receiptText(result, deps.channel);
  if (result.kind === "refused") return refusalText(result.refusal);
  return `Nothing was requested. ${result.faults.map((fault) => escapeText(fault.message)).join(" ")}`;
}

/**
 * Faults next to their fields. Slack takes faults only for fields that the form shows; where one is not there, as
 * when the form was sent before it had followed the chosen action, the form is drawn again with them on top.
 */
function faultsAnswer(view: ViewOutput, errors: FormErrors, again: OffboardForm): ViewResponseAction {
  const shown = new Set(view.blocks.map((block) => block.block_id));
  if (Object.keys(errors).every((field) => shown.has(field))) return { response_action: "errors", errors };
  return { response_action: "update", view: offboardForm({ ...again, faults: Object.values(errors) }) };
}

/** The form for what is entered now; Slack itself keeps what was entered in fields that stay. */
function formNow(view: ViewOutput, deps: OffboardDeps & SurfaceDeps): OffboardForm {
  const values = readValues(view.state.values);
  const changes = changedRequest(view);
  const slackId = values.person(FIELDS.person);
  const email = values.text(FIELDS.email);
  return {
    target: { ...(slackId === undefined ? {} : { slackId }), ...(email === undefined ? {} : { email }) },
    action: chosenAction(values),
    cloudflareConfigured: deps.cloudflareConfigured,
    mayBreakGlass: offersBreakGlass(view),
    ...(changes === undefined ? {} : { changes }),
  };
}

function isStale(error: unknown): boolean {
  return (error as { data?: { error?: string } }).data?.error === "hash_conflict";
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
      if (!isStale(error)) throw error;
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
      ...(parsed.confirm === undefined ? {} : { confirmEmail: parsed.confirm }),
      ...(parsed.breaksGlass ? { breaksGlass: true } : {}),
    };
    const outcome =
      now.changes === undefined ? deps.submit(submission) : deps.change(now.changes, submission);
    const early = await withinAck(outcome);
    if (early === undefined) {
      await ack({ response_action: "update", view: checking(deps.channel) });
      const result = await outcome;
      try {
        await client.views.update({ view_id: view.id, view: resultView(result, parsed, now, deps) });
      } catch {
        await tellPerson(client, { user: body.user.id }, resultText(result, deps));
      }
      return;
    }
    if (early.kind === "invalid") await ack(faultsAnswer(view, errorsOf(early.faults), now));
    else await ack({ response_action: "update", view: resultView(early, parsed, now, deps) });
  });
}
