import type { KnownBlock, ModalView } from "@slack/types";
import type { EnteredTarget } from "../../src/deps/person.ts";
import { LOCKOUT_PRESETS } from "../../src/playbook/lockout-fields.ts";
import { breakGlassInput } from "../blocks/break-glass.ts";
import {
  type Option,
  choiceInput,
  peopleInput,
  textInput,
  urlInput,
  type ViewValues,
} from "../blocks/inputs.ts";
import { CANDIDATE_FIELD, candidateInputs, readCandidate } from "./candidates.ts";
import { ownChosen, type HowFar, type LockoutForm, type OwnChoice } from "./form-state.ts";
import { partsBlockIn, partsInput, partsOf, tickedIn } from "./parts.ts";
import { readMemory, type LockoutMemory } from "./memory.ts";
import { previewBlocks } from "./preview.ts";
import { PRESET_CHOICES, USUAL_REASON } from "./words.ts";
import { faultBlocks } from "../blocks/faults.ts";
import { settingsNote } from "../blocks/settings-note.ts";
import { mrkdwn, plain } from "../blocks/text.ts";
import { readWho, WHO, whoInputs } from "../blocks/who.ts";

export const LOCKOUT_VIEW = "lockout";

/** Field names are the block ids, so that a fault lands next to the input that caused it. */
export const FIELDS = {
  ...WHO,
  people: "people",
  preset: "preset",
  reason: "reason",
  ticket: "ticket",
  lastAdministrator: "last_administrator",
} as const;

/** The most people that are locked out by one press. */
const MOST_PEOPLE = 20;

/** The modal of `/lockout`: it can be sent from the first moment; what the vendors know is filled in as it comes. */
export function lockoutForm(form: LockoutForm): ModalView {
  const { target, preset, preview, threadOf, entered = {}, who = target, candidates = [], chosen } = form;
  const isMany = threadOf !== undefined;
  const known = typeof preview === "object" && "person" in preview ? preview : undefined;
  const memory: LockoutMemory = {
    threadOf,
    shown: known === undefined ? undefined : keyOf(target),
    offeredFor: candidates.length === 0 && chosen === undefined ? undefined : keyOf(who),
  };
  const blocks: KnownBlock[] = [
    ...settingsNote(form.settingFaults),
    ...faultBlocks(form.faults),
    ...(isMany ? manyInputs(entered.people) : whoInputs(who, { label: "Who", redraws: true })),
    ...previewBlocks(preview),
    ...(isMany ? [] : candidateInputs(candidates, chosen)),
    choiceInput({
      field: FIELDS.preset,
      label: "How far",
      choices: [...PRESET_CHOICES, ...(isMany ? [] : form.own.map(ownChoice))],
      initial: preset,
      redraws: true,
    }),
    ...(ownChosen(preset) === undefined ? [partsInput(form)] : []),
    textInput({
      field: FIELDS.reason,
      label: "Reason",
      hint: "Everyone in the channel and the audit log can read it.",
      maximum: 1_000,
      initial: entered.reason ?? USUAL_REASON,
    }),
    urlInput({
      field: FIELDS.ticket,
      label: "Ticket link",
      optional: true,
      initial: entered.ticket,
    }),
    ...(known?.guard === undefined && entered.lastAdministrator === undefined
      ? []
      : [guardInput(known?.guard, entered.lastAdministrator)]),
    ...(form.mayBreakGlass && known?.permission.needsApproval !== false
      ? [breakGlassInput(entered.breaksGlass)]
      : []),
  ];
  return {
    type: "modal",
    callback_id: LOCKOUT_VIEW,
    title: plain(isMany ? "Lock out more people" : "Lock somebody out", 24),
    submit: plain("Lock out now", 24),
    close: plain("Cancel", 24),
    private_metadata: JSON.stringify(memory),
    notify_on_close: false,
    blocks,
  };
}

function manyInputs(people: readonly string[] = []): KnownBlock[] {
  return [
    {
      type: "section",
      text: mrkdwn("Each of them is a lockout of their own, reported in the same thread."),
    },
    peopleInput({ field: FIELDS.people, label: "Who", most: MOST_PEOPLE, initial: people }),
  ];
}

function ownChoice({ name, title, isIrreversible }: OwnChoice): Option {
  return {
    value: `own:${name}`,
    label: title,
    description: `Playbook of your policy${isIrreversible ? ". Cannot be undone" : ""}`,
  };
}

function guardInput(guard: string | undefined, initial: string | undefined): KnownBlock {
  return textInput({
    field: FIELDS.lastAdministrator,
    label: "The last one who can undo it",
    hint: `${guard ?? "Afterwards nobody else could undo it."} Type LAST ADMINISTRATOR to do it all the same.`,
    maximum: 40,
    optional: true,
    initial,
  });
}

/** Whom a form is about, as it was entered. */
export function keyOf({ slackId = "", email = "", isSamePerson = false }: EnteredTarget): string {
  return `${slackId} ${email.trim().toLowerCase()}${isSamePerson ? " same" : ""}`;
}

function readPreset(chosen: string | undefined): HowFar {
  if (chosen?.startsWith("own:")) return `own:${chosen.slice("own:".length)}`;
  return LOCKOUT_PRESETS.find((name) => name === chosen) ?? "full";
}

type ReadLockoutForm = Omit<LockoutForm, "mayBreakGlass" | "preview" | "faults" | "own" | "hasSlack"> & {
  people: string[];
  shown?: string;
  /** The boxes that the form shows; undefined where it shows none. */
  partsBlock?: string;
};

/** What is entered in a form, be it sent or still open. */
export function readLockoutForm(
  view: { private_metadata: string; blocks: readonly { block_id?: string }[] },
  values: ViewValues,
): ReadLockoutForm {
  const preset = readPreset(values.choice(FIELDS.preset));
  const { threadOf, shown, offeredFor } = readMemory(view.private_metadata);
  const partsBlock = partsBlockIn(view, preset);
  const who = readWho(values);
  // Who was typed over someone else is not whom the others were offered for.
  const isOffered = offeredFor === keyOf(who);
  const chosen = isOffered
    ? readCandidate(values.choice(CANDIDATE_FIELD), values.label(CANDIDATE_FIELD))
    : undefined;
  return {
    target: chosen?.target ?? who,
    who,
    chosen,
    people: values.people(FIELDS.people),
    shown,
    preset,
    // Another preset was chosen just now: its own boxes are not there yet.
    parts: partsBlock === undefined ? partsOf(preset) : tickedIn(partsBlock, preset, values),
    partsBlock,
    entered: {
      reason: values.text(FIELDS.reason),
      ticket: values.text(FIELDS.ticket),
      lastAdministrator: values.text(FIELDS.lastAdministrator),
    },
    threadOf,
  };
}
