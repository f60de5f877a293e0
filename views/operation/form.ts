import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { OperationDeps } from "../../src/deps/operation.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { AskedTarget } from "../../src/deps/person.ts";
import type { FieldFault } from "../../src/deps/refusal.ts";
import { keepEntered } from "./keep-entered.ts";
import { checking, notice } from "../blocks/notice.ts";
import {
  chosenFields,
  faultsAnswer,
  formOf,
  memoryOf,
  preparedFor,
  readForm,
  resultText,
  resultView,
  send,
  targetOf,
  type Result,
} from "./form-submit.ts";
import {
  FIELDS_BLOCK,
  FORM_BLOCKS,
  lookingForm,
  needsPreparing,
  OPERATION_FORM,
  OPERATION_PERSON,
  operationForm,
  personForm,
  SOMEBODY_ELSE,
  type OperationForm,
} from "./form-view.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { withinAck } from "../blocks/within-ack.ts";

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
  target: AskedTarget,
): Promise<void> {
  const operation = findOperation(operationName);
  const isChange = operation.risk !== "read";
  const mayBreakGlass = isChange && (await context.deps.mayBreakGlass(personId));
  const form: OperationForm = { operation, target, mayBreakGlass };
  const isNamed = target.slackId !== undefined || target.email !== undefined;
  if (!needsPreparing(operation) && (operation.about === undefined || !isNamed)) {
    await show(context.client, place, operationForm(form));
    return;
  }
  if (operation.about !== undefined && !isNamed) {
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
            ...(place.hash === undefined ? {} : { hash: place.hash }),
          });
    return answer.view?.id;
  } catch (error) {
    // A newer choice has an answer of its own; a window that was closed wants none.
    const code = (error as { data?: { error?: string } }).data?.error;
    if (code === "hash_conflict" || code === "not_found") return undefined;
    throw error;
  }
}

/** What the forms of operations do when they are filled in. */
export function registerOperationForm(app: App, deps: OperationDeps & SurfaceDeps): void {
  app.view(OPERATION_PERSON, async ({ ack, body, view, client }) => {
    const target = targetOf(view);
    if (target.slackId === undefined && target.email === undefined) {
      const message = "Choose a person above, or type their e-mail here.";
      await ack({ response_action: "errors", errors: { [FORM_BLOCKS.email]: message } });
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
    const { view } = body;
    if (view === undefined) return;
    const { operation: name, target } = memoryOf(view);
    const operation = findOperation(name);
    const result = needsPreparing(operation)
      ? await deps.prepare(body.user.id, { operation: name, target })
      : undefined;
    if (result?.kind === "refused" && result.refusal.isPassing !== true) {
      await show(client, { viewId: view.id }, notice("Not allowed", refusalText(result.refusal)));
      return;
    }
    const form: OperationForm = {
      ...formOf(view, targetOf(view)),
      chosen: chosenFields(view.state.values),
      ...(result?.kind === "prepared" ? { prepared: result.prepared } : {}),
    };
    await show(
      client,
      { viewId: view.id, hash: view.hash },
      keepEntered(operationForm(form), view.state.values),
    );
  });

  app.view(OPERATION_FORM, async ({ ack, body, view, client }) => {
    const personId = body.user.id;
    const operation = findOperation(memoryOf(view).operation);
    let again: OperationForm = {
      ...formOf(view, targetOf(view)),
      chosen: chosenFields(view.state.values),
    };
    const work = async (): Promise<{ faults: FieldFault[] } | { result: Result }> => {
      const prepared = await preparedFor(deps, personId, operation, targetOf(view));
      if (prepared !== undefined) again = { ...again, prepared };
      const filled = readForm(view, prepared);
      if (Array.isArray(filled)) return { faults: filled };
      again = filled.form;
      const result = await send(deps, personId, view, filled);
      if (result.kind === "refused" && result.refusal.isPassing === true)
        return { faults: [{ field: "", message: result.refusal.reason }] };
      return result.kind === "invalid" ? { faults: result.faults } : { result };
    };
    const outcome = work();
    const early = await withinAck(outcome);
    if (early !== undefined) {
      if ("faults" in early) await ack(faultsAnswer(view, early.faults, again));
      else await ack({ response_action: "update", view: resultView(early.result, deps) });
      return;
    }
    await ack({ response_action: "update", view: checking(deps.channel) });
    const late = await outcome;
    const next =
      "faults" in late
        ? keepEntered(
            operationForm({ ...again, faults: late.faults.map(({ message }) => message) }),
            view.state.values,
          )
        : resultView(late.result, deps);
    const shown = await show(client, { viewId: view.id }, next).catch(() => undefined);
    if (shown === undefined && "result" in late)
      await tellPerson(client, { user: personId }, resultText(late.result, deps));
  });
}
