import type { App, ViewOutput } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { LockoutDeps, LockoutSubmission } from "../../src/deps/lockout.ts";
import type { AskedTarget } from "../../src/deps/person.ts";
import type { SubmissionResult } from "../../src/deps/submission.ts";
import { PRESET_PARTS, type LockoutPart } from "../../src/playbook/lockout-fields.ts";
import { breaksGlass, offersBreakGlass } from "../blocks/break-glass.ts";
import { readValues, VALUE } from "../blocks/inputs.ts";
import { FIELDS, keyOf, LOCKOUT_VIEW, lockoutForm, readLockoutForm } from "./form.ts";
import { ownChosen, type LockoutForm } from "./form-state.ts";
import { partsField, PARTS_FIELDS } from "./parts.ts";
import { createRedrawing, type Turn } from "../blocks/redrawing.ts";
import type { Watching } from "./watch.ts";
import { checking, notice } from "../blocks/notice.ts";
import { receiptText } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeText } from "../blocks/text.ts";
import { withinAck } from "../blocks/within-ack.ts";

/** The name that a fault gives a field, as the form's block. */
const BLOCKS: Readonly<Record<string, string>> = {
  ...FIELDS,
  lastAdministrator: FIELDS.lastAdministrator,
};

const CHANGED_PERSON =
  "You changed whom it is about. Nothing was done. Look at what is shown for this person, and press again.";

const redrawing = createRedrawing();

/** Opens the form at once, and fills in what the vendors know when they have answered. */
export async function openLockoutForm(
  client: WebClient,
  deps: LockoutDeps & SurfaceDeps,
  asked: {
    triggerId: string;
    personId: string;
    target: AskedTarget;
    parts?: readonly LockoutPart[];
    threadOf?: string;
    reason?: string;
  },
): Promise<void> {
  const { target, parts = PRESET_PARTS.full, threadOf, reason } = asked;
  const isNamed = target.slackId !== undefined || target.email !== undefined;
  const form: LockoutForm = {
    target,
    preset: "full",
    own: deps.ownPlaybooks(),
    hasSlack: deps.slackSessionsConfigured,
    parts,
    mayBreakGlass: await deps.mayBreakGlass(asked.personId),
    ...(isNamed ? { preview: "looking" as const } : {}),
    ...(threadOf === undefined ? {} : { threadOf }),
    ...(reason === undefined ? {} : { entered: { reason } }),
  };
  const opened = await client.views.open({ trigger_id: asked.triggerId, view: lockoutForm(form) });
  if (isNamed && opened.view?.id !== undefined)
    await fillIn(
      client,
      deps,
      asked.personId,
      redrawing.begin({ id: opened.view.id, hash: opened.view.hash }),
      form,
    );
}

/** What the vendors know of whoever is chosen, put into the form; a form that has changed since is left alone. */
async function fillIn(
  client: WebClient,
  deps: LockoutDeps & SurfaceDeps,
  personId: string,
  turn: Turn,
  form: LockoutForm,
): Promise<void> {
  const playbook = ownChosen(form.preset);
  const result = await deps.previewLockout(personId, {
    target: form.target,
    parts: form.parts,
    ...(playbook === undefined ? {} : { playbook }),
  });
  const preview =
    result.kind === "previewed"
      ? result.preview
      : result.kind === "refused"
        ? { refusal: result.refusal }
        : { faults: result.faults.map(({ message }) => message) };
  await turn.draw(client, lockoutForm({ ...form, preview }));
}

/** A form that somebody has filled in. */
type EnteredForm = LockoutForm & ReturnType<typeof readLockoutForm>;

function formNow(view: ViewOutput, deps: LockoutDeps & SurfaceDeps): EnteredForm {
  return {
    ...readLockoutForm(view, readValues(view.state.values)),
    own: deps.ownPlaybooks(),
    hasSlack: deps.slackSessionsConfigured,
    mayBreakGlass: offersBreakGlass(view),
  };
}

interface Person {
  viewId: string;
  target: AskedTarget;
}

/** Who is to be locked out: one, or several, each a request of its own. */
function peopleOf(view: ViewOutput, form: LockoutForm & { people: string[] }): Person[] {
  if (form.threadOf === undefined) return [{ viewId: view.id, target: form.target }];
  return form.people.map((slackId, index) => ({
    viewId: index === 0 ? view.id : `${view.id}-${index}`,
    target: { slackId },
  }));
}

/** Faults that need no look-up, by block. */
function faultsOf(form: EnteredForm): Record<string, string> | undefined {
  const errors: Record<string, string> = {};
  const { target } = form;
  if (form.threadOf !== undefined && form.people.length === 0)
    errors[FIELDS.people] = "Choose at least one person.";
  if (form.threadOf === undefined && target.slackId === undefined && target.email === undefined)
    errors[FIELDS.email] = "Choose a person above, or type their e-mail here.";
  if (form.parts.length === 0 && ownChosen(form.preset) === undefined)
    errors[partsBlockOf(form)] = "Choose at least one step.";
  return Object.keys(errors).length === 0 ? undefined : errors;
}

function partsBlockOf({ partsBlock, preset }: EnteredForm): string {
  return partsBlock ?? partsField(preset, false);
}

/** What became of each of several people. */
function resultsText(results: readonly SubmissionResult[], channel: string): string {
  return results
    .map((result) => {
      if (result.kind === "created") return `• ${receiptText(result, result.channel)}`;
      if (result.kind === "refused") return `• ${refusalText(result.refusal)}`;
      return `• :warning: ${result.faults.map(({ message }) => escapeText(message)).join(" ")} Nothing was done.`;
    })
    .concat(`The thread is in <#${channel}>.`)
    .join("\n");
}

/** What the modal's submission does, and how it follows what is chosen. */
export function registerLockoutView(app: App, deps: LockoutDeps & SurfaceDeps, watching: Watching): void {
  const changing = [FIELDS.person, FIELDS.preset, ...PARTS_FIELDS];
  for (const block of changing)
    app.action({ type: "block_actions", block_id: block, action_id: VALUE }, async (args) => {
      await args.ack();
      const { view, user } = args.body;
      if (view?.callback_id !== LOCKOUT_VIEW) return;
      const form = formNow(view, deps);
      const isNamed = form.target.slackId !== undefined || form.target.email !== undefined;
      const drawn: LockoutForm = { ...form, ...(isNamed ? { preview: "looking" } : {}) };
      const turn = redrawing.begin(view);
      if (block !== form.partsBlock && !(await turn.draw(args.client, lockoutForm(drawn)))) return;
      if (isNamed && form.threadOf === undefined) await fillIn(args.client, deps, user.id, turn, form);
    });

  app.view(LOCKOUT_VIEW, async ({ ack, body, view, client }) => {
    const form = formNow(view, deps);
    const errors = faultsOf(form);
    if (errors !== undefined) {
      await ack({ response_action: "errors", errors });
      return;
    }
    const { entered = {}, threadOf, shown: seen } = form;
    // A person was typed over another one, whose facts are still shown: nobody presses for somebody unseen.
    if (seen !== undefined && seen !== keyOf(form.target)) {
      const turn = redrawing.begin(view);
      const drawn: LockoutForm = { ...form, faults: [CHANGED_PERSON] };
      const block = form.target.email === undefined ? FIELDS.person : FIELDS.email;
      await ack({ response_action: "errors", errors: { [block]: CHANGED_PERSON } });
      await fillIn(client, deps, body.user.id, turn, drawn);
      return;
    }
    const playbook = ownChosen(form.preset);
    const values = readValues(view.state.values);
    const people = peopleOf(view, form);
    const outcomes = people.map(({ viewId, target }): Promise<SubmissionResult> => {
      const submission: LockoutSubmission = {
        viewId,
        requesterId: body.user.id,
        target,
        parts: form.parts,
        ...(playbook === undefined ? {} : { playbook }),
        reason: entered.reason ?? "",
        ...(entered.ticket === undefined ? {} : { ticket: entered.ticket }),
        ...(entered.lastAdministrator === undefined ? {} : { lastAdministrator: entered.lastAdministrator }),
        ...(breaksGlass(values) ? { breaksGlass: true } : {}),
        ...(threadOf === undefined ? {} : { threadOf }),
      };
      return deps.lockOut(submission);
    });
    const all = Promise.all(outcomes);
    const early = await withinAck(all);
    if (early === undefined) await ack({ response_action: "update", view: checking(deps.channel) });
    const results = early ?? (await all);
    const [only] = results;
    if (results.length === 1 && only?.kind === "invalid" && early !== undefined) {
      await ack(faultsAnswer(view, form, only));
      return;
    }
    const shown = resultView(results, form, deps);
    if (early === undefined)
      await client.views.update({ view_id: view.id, view: shown }).catch(async () => {
        await tellPerson(client, { user: body.user.id }, resultsText(results, deps.channel));
      });
    else await ack({ response_action: "update", view: shown });
    if (results.length === 1 && only?.kind === "created")
      watching.watch(client, { viewId: view.id, requestId: only.requestId });
  });
}

/** Faults next to their fields where the form shows those, else on top of the form. */
function faultsAnswer(
  view: ViewOutput,
  form: EnteredForm,
  { faults }: Extract<SubmissionResult, { kind: "invalid" }>,
) {
  const errors: Record<string, string> = {};
  for (const { field, message } of faults) {
    const block = field === "parts" ? partsBlockOf(form) : (BLOCKS[field] ?? field);
    errors[block] = errors[block] === undefined ? message : `${errors[block]} ${message}`;
  }
  const shown = new Set(view.blocks.map(({ block_id: id }) => id));
  if (Object.keys(errors).every((block) => shown.has(block)))
    return { response_action: "errors" as const, errors };
  return {
    response_action: "update" as const,
    view: lockoutForm({
      ...form,
      faults: faults.map(({ message }) => message),
      entered: {
        ...form.entered,
        ...(faults.some(({ field }) => field === "lastAdministrator") ? { lastAdministrator: "" } : {}),
      },
    }),
  };
}

function resultView(
  results: readonly SubmissionResult[],
  form: LockoutForm,
  deps: LockoutDeps & SurfaceDeps,
): ModalView {
  const [only] = results;
  if (results.length !== 1 || only === undefined)
    return notice("Lockouts", resultsText(results, deps.channel));
  if (only.kind === "refused") return notice("Not allowed", refusalText(only.refusal));
  if (only.kind === "invalid")
    return lockoutForm({ ...form, faults: only.faults.map(({ message }) => message) });
  if (only.state === "pending") return notice("Request made", receiptText(only, only.channel));
  // A moment later it shows how each door stands.
  return notice("Locking out", receiptText(only, only.channel));
}
