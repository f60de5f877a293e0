import type { App, ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { LockoutDeps, LockoutSubmission } from "../../src/deps/lockout.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import type { FieldFault } from "../../src/deps/refusal.ts";
import type { SubmissionResult } from "../../src/deps/submission.ts";
import { answerSubmission } from "../blocks/answer-submission.ts";
import { breaksGlass, offersBreakGlass } from "../blocks/break-glass.ts";
import { errorsAnswer, errorsByBlock, type FieldErrors } from "../blocks/faults.ts";
import { readValues, VALUE } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { receiptText } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { escapeText } from "../blocks/text.ts";
import { isNamed, WHO_MISSING } from "../blocks/who.ts";
import { CANDIDATE_FIELD } from "./candidates.ts";
import { FIELDS, keyOf, LOCKOUT_VIEW, lockoutForm, readLockoutForm } from "./form.ts";
import { ownChosen, type LockoutForm } from "./form-state.ts";
import type { LockoutForms } from "./open-form.ts";
import { partsField, PARTS_FIELDS } from "./parts.ts";
import type { Watching } from "./watch.ts";

const CHANGED_PERSON =
  "You changed whom it is about. Nothing was done. Look at what is shown for this person, and press again.";

const WHO_FIELDS: ReadonlySet<string> = new Set([FIELDS.person, FIELDS.email]);

/** A form that someone has filled in. */
type EnteredForm = LockoutForm & ReturnType<typeof readLockoutForm>;

function formNow(view: ViewOutput, deps: LockoutDeps & SurfaceDeps): EnteredForm {
  return {
    ...readLockoutForm(view, readValues(view.state.values)),
    own: deps.ownPlaybooks(),
    hasSlack: deps.slackSessionsConfigured,
    settingFaults: deps.settingFaults(),
    mayBreakGlass: offersBreakGlass(view),
  };
}

interface Person {
  viewId: string;
  target: EnteredTarget;
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
function faultsOf(form: EnteredForm): FieldErrors | undefined {
  const errors: FieldErrors = {};
  if (form.threadOf !== undefined && form.people.length === 0)
    errors[FIELDS.people] = "Choose at least one person.";
  if (form.threadOf === undefined && !isNamed(form.target)) errors[FIELDS.email] = WHO_MISSING;
  if (form.parts.length === 0 && ownChosen(form.preset) === undefined)
    errors[partsBlockOf(form)] = "Choose at least one step.";
  return Object.keys(errors).length === 0 ? undefined : errors;
}

function partsBlockOf({ partsBlock, preset }: EnteredForm): string {
  return partsBlock ?? partsField(preset, false);
}

/** One request for each person. */
function submissionsOf(view: ViewOutput, form: EnteredForm, requesterId: string): LockoutSubmission[] {
  const { entered = {}, parts, threadOf } = form;
  return peopleOf(view, form).map(({ viewId, target }) => ({
    viewId,
    requesterId,
    target,
    parts,
    playbook: ownChosen(form.preset),
    reason: entered.reason ?? "",
    ticket: entered.ticket,
    lastAdministrator: entered.lastAdministrator,
    breaksGlass: breaksGlass(readValues(view.state.values)),
    threadOf,
  }));
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

/** Faults next to their fields where the form shows those, else on top of the form. */
function faultsAnswer(
  view: ViewOutput,
  form: EnteredForm,
  faults: readonly FieldFault[],
): ViewResponseAction {
  const errors = errorsByBlock(
    faults.map(({ field, message }) => ({ block: blockOf(field, form), message })),
  );
  const { lastAdministrator } = form.entered ?? {};
  const asksAgain = faults.some(({ field }) => field === "lastAdministrator");
  return errorsAnswer(view, errors, () =>
    lockoutForm({
      ...form,
      faults: faults.map(({ message }) => message),
      entered: { ...form.entered, lastAdministrator: asksAgain ? "" : lastAdministrator },
    }),
  );
}

/** The block of the field that a fault is about: they have the same names, but for two. */
function blockOf(field: string, form: EnteredForm): string {
  if (field === "parts") return partsBlockOf(form);
  return field === "lastAdministrator" ? FIELDS.lastAdministrator : field;
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
  // What runs at once is shown a moment later, with how each door stands.
  return notice(only.state === "pending" ? "Request made" : "Locking out", receiptText(only, only.channel));
}

/** The windows of lockouts that are open in one app. */
export interface LockoutWindows {
  lockoutForms: LockoutForms;
  watching: Watching;
}

/** How the form follows what is chosen, and what its submission does. */
export function registerLockoutView(
  app: App,
  deps: LockoutDeps & SurfaceDeps,
  { lockoutForms, watching }: LockoutWindows,
): void {
  for (const block of [FIELDS.person, FIELDS.preset, CANDIDATE_FIELD, ...PARTS_FIELDS])
    app.action({ type: "block_actions", block_id: block, action_id: VALUE }, async (args) => {
      await args.ack();
      const { view, user } = args.body;
      if (view?.callback_id !== LOCKOUT_VIEW) return;
      const form = formNow(view, deps);
      const named = isNamed(form.target);
      const drawn: LockoutForm = { ...form, preview: named ? "looking" : undefined };
      const turn = lockoutForms.begin(view);
      if (block !== form.partsBlock && !(await turn.draw(args.client, lockoutForm(drawn)))) return;
      if (named && form.threadOf === undefined) await lockoutForms.fillIn(args.client, user.id, turn, form);
    });

  app.view(LOCKOUT_VIEW, async ({ ack, body, view, client }) => {
    const form = formNow(view, deps);
    const errors = faultsOf(form);
    if (errors !== undefined) {
      await ack({ response_action: "errors", errors });
      return;
    }
    // A person was typed over another one, whose facts are still shown: nobody presses for someone unseen.
    if (form.shown !== undefined && form.shown !== keyOf(form.target)) {
      const turn = lockoutForms.begin(view);
      const block = form.target.email === undefined ? FIELDS.person : FIELDS.email;
      await ack({ response_action: "errors", errors: { [block]: CHANGED_PERSON } });
      await lockoutForms.fillIn(client, body.user.id, turn, { ...form, faults: [CHANGED_PERSON] });
      return;
    }
    const outcomes = submissionsOf(view, form, body.user.id).map((submission) => deps.lockOut(submission));
    const sent = { ack, client, viewId: view.id, personId: body.user.id };
    const results = await answerSubmission(sent, Promise.all(outcomes), deps.channel, {
      inTime: ([only, ...others]) =>
        only?.kind === "invalid" && others.length === 0
          ? faultsAnswer(view, form, only.faults)
          : { response_action: "update", view: resultView([...(only ? [only] : []), ...others], form, deps) },
      late: (all) => resultView(all, form, deps),
      text: (all) => resultsText(all, deps.channel),
    });
    const [only] = results;
    const isAboutPerson = only?.kind === "invalid" && only.faults.some(({ field }) => WHO_FIELDS.has(field));
    if (isAboutPerson && form.threadOf === undefined) {
      const faults = only.faults.map(({ message }) => message);
      await lockoutForms.fillIn(client, body.user.id, lockoutForms.begin(view), { ...form, faults });
    }
    if (results.length === 1 && only?.kind === "created")
      watching.watch(client, { viewId: view.id, requestId: only.requestId });
  });
}
