import type { App, ViewOutput } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { OperationDeps } from "../../src/deps/operation.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import { keepEntered } from "./keep-entered.ts";
import { notice } from "../blocks/notice.ts";
import {
  chosenFields,
  faultsAnswer,
  formAgain,
  formOf,
  outcomeOf,
  resultText,
  resultView,
  targetOf,
} from "./form-submit.ts";
import {
  FIELDS_BLOCK,
  FORM_BLOCKS,
  needsPreparing,
  OPERATION_FORM,
  OPERATION_PERSON,
  readMemory,
  SOMEBODY_ELSE,
  type OperationForm,
} from "./form-state.ts";
import { lookingForm, operationForm, personForm } from "./form-view.ts";
import { answerSubmission } from "../blocks/answer-submission.ts";
import { slackErrorCode } from "../blocks/slack-error.ts";
import { isNamed, WHO_MISSING } from "../blocks/who.ts";
import { refusalText } from "../blocks/refusal.ts";

interface FormContext {
  client: WebClient;
  deps: OperationDeps & SurfaceDeps;
}

/** Where a form appears: in a new modal, or in one that is open. */
export type FormPlace = { triggerId: string } | { viewId: string; hash?: string };

/**
 * Shows the form of one operation. A new modal opens at once and is filled in when the vendors have answered, because
 * what opens it lives three seconds.
 */
export async function showOperationForm(
  context: FormContext,
  place: FormPlace,
  personId: string,
  operationName: string,
  target: EnteredTarget,
): Promise<void> {
  const operation = findOperation(operationName);
  const isChange = operation.risk !== "read";
  const mayBreakGlass = isChange && (await context.deps.mayBreakGlass(personId));
  const form: OperationForm = { operation, target, mayBreakGlass };
  if (!needsPreparing(operation) && (operation.about === undefined || !isNamed(target))) {
    await show(context.client, place, operationForm(form));
    return;
  }
  if (operation.about !== undefined && !isNamed(target)) {
    await show(context.client, place, personForm(form));
    return;
  }
  const shown = await show(context.client, place, lookingForm(form));
  if (shown === undefined) return;
  await show(context.client, { viewId: shown }, await preparedForm(context.deps, personId, form));
}

/** The form as the vendors' answers let it be: filled in, back to the person, or a refusal. */
async function preparedForm(
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  form: OperationForm,
): Promise<ModalView> {
  const { operation, target } = form;
  const result = await deps.prepare(personId, { operation: operation.name, target });
  if (result.kind === "refused") return notice("Not allowed", refusalText(result.refusal));
  if (result.kind === "invalid")
    return personForm({ ...form, faults: result.faults.map(({ message }) => message) });
  return operationForm({ ...form, prepared: result.prepared });
}

/** Opens or redraws; the view's id, or undefined when what was to be redrawn has changed meanwhile. */
async function show(client: WebClient, place: FormPlace, view: ModalView): Promise<string | undefined> {
  try {
    const answer =
      "triggerId" in place
        ? await client.views.open({ trigger_id: place.triggerId, view })
        : await client.views.update({
            view_id: place.viewId,
            view,
            hash: place.hash,
          });
    return answer.view?.id;
  } catch (error) {
    // A newer choice has an answer of its own; a window that was closed wants none.
    const code = slackErrorCode(error);
    if (code === "hash_conflict" || code === "not_found") return undefined;
    throw error;
  }
}

/** What the forms of operations do when they are filled in. */
export function registerOperationForm(app: App, deps: OperationDeps & SurfaceDeps): void {
  app.view(OPERATION_PERSON, async ({ ack, body, view, client }) => {
    const target = targetOf(view);
    if (!isNamed(target)) {
      await ack({ response_action: "errors", errors: { [FORM_BLOCKS.email]: WHO_MISSING } });
      return;
    }
    const form = formOf(view, target);
    await ack({ response_action: "update", view: lookingForm(form) });
    await show(client, { viewId: view.id }, await preparedForm(deps, body.user.id, form));
  });

  app.action({ type: "block_actions", action_id: SOMEBODY_ELSE }, async ({ ack, body, client }) => {
    await ack();
    const { view } = body;
    if (view === undefined) return;
    await show(client, { viewId: view.id, hash: view.hash }, personForm(formOf(view, {})));
  });

  app.action({ type: "block_actions", action_id: FIELDS_BLOCK }, async ({ ack, body, client }) => {
    await ack();
    if (body.view !== undefined) await showChosenFields({ client, deps }, body.user.id, body.view);
  });

  app.view(OPERATION_FORM, async ({ ack, body, view, client }) => {
    const personId = body.user.id;
    const sent = { ack, client, viewId: view.id, personId };
    await answerSubmission(sent, outcomeOf(deps, personId, view), deps.channel, {
      inTime: (outcome) =>
        "faults" in outcome
          ? faultsAnswer(view, outcome.faults, outcome.form)
          : { response_action: "update", view: resultView(outcome.result, deps) },
      late: (outcome) => ("faults" in outcome ? formAgain(view, outcome) : resultView(outcome.result, deps)),
      text: (outcome) => ("faults" in outcome ? undefined : resultText(outcome.result, deps)),
    });
  });
}

/** Draws an open form with the fields that were chosen just now. */
async function showChosenFields({ client, deps }: FormContext, personId: string, view: ViewOutput) {
  const { operation: name, target } = readMemory(view);
  const result = needsPreparing(findOperation(name))
    ? await deps.prepare(personId, { operation: name, target })
    : undefined;
  if (result?.kind === "refused" && result.refusal.isPassing !== true) {
    await show(client, { viewId: view.id }, notice("Not allowed", refusalText(result.refusal)));
    return;
  }
  const form = operationForm({
    ...formOf(view, targetOf(view)),
    chosen: chosenFields(view.state.values),
    prepared: result?.kind === "prepared" ? result.prepared : undefined,
  });
  await show(client, { viewId: view.id, hash: view.hash }, keepEntered(form, view.state.values));
}
