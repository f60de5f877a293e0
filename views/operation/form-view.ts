import type { KnownBlock, ModalView } from "@slack/types";
import { valueAt } from "../../src/catalogue/field-path.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { PreparedOperation } from "../../src/deps/operation.ts";
import { breakGlassInput } from "../blocks/break-glass.ts";
import type { FormField } from "./field.ts";
import { fieldBlocks } from "./field-input.ts";
import { faultBlocks } from "../blocks/faults.ts";
import { emailInput, textInput, urlInput } from "../blocks/inputs.ts";
import { whoInputs } from "../blocks/who.ts";
import {
  choosableFields,
  FIELDS_BLOCK,
  FORM_BLOCKS,
  OPERATION_FORM,
  OPERATION_PERSON,
  shownFields,
  SOMEBODY_ELSE,
  writeMemory,
  type OperationForm,
} from "./form-state.ts";
import { currentBlocks } from "./current.ts";
import { cut, escapeText, mrkdwn, plain } from "../blocks/text.ts";

/** Of so many fields, what is there now is shown only in those that one chooses. */
const MANY_FIELDS = 60;
/** Those who approve must see every change. */
const MOST_CHOSEN = 25;
/** Slack takes so many options in a group. */
const MOST_OPTIONS = 100;
/** What a modal holds, less what stands around the fields. */
const MOST_FIELD_BLOCKS = 70;

function frame(title: string): Pick<ModalView, "type" | "title" | "close"> {
  return { type: "modal", title: plain(title, 24), close: plain("Cancel", 24) };
}

function headBlocks({ operation, faults }: OperationForm): KnownBlock[] {
  return [...faultBlocks(faults), { type: "header", text: plain(operation.title, 150) }];
}

function personBlocks({ target }: OperationForm): KnownBlock[] {
  return whoInputs(target, {
    label: "Who",
    hint: "Not in Slack? Leave this empty and type the e-mail below.",
  });
}

/** The form that asks whom an operation is about, before anything else can be asked. */
export function personForm(form: OperationForm): ModalView {
  return {
    ...frame("Who is it about?"),
    callback_id: OPERATION_PERSON,
    submit: plain("Next", 24),
    private_metadata: writeMemory(form),
    blocks: [...headBlocks(form), ...personBlocks(form)],
  };
}

/** What is shown while the vendors are asked. */
export function lookingForm(form: OperationForm): ModalView {
  return {
    ...frame("One moment"),
    callback_id: "notice",
    private_metadata: writeMemory(form),
    blocks: [...headBlocks(form), { type: "section", text: plain("Looking up what is there now …") }],
  };
}

/** The whole form of an operation. */
export function operationForm(form: OperationForm): ModalView {
  const { operation, prepared } = form;
  const isRead = operation.risk === "read";
  return {
    ...frame(isRead ? "Look" : "Change"),
    callback_id: OPERATION_FORM,
    submit: plain(isRead ? "Look" : "Request", 24),
    private_metadata: writeMemory(form),
    blocks: [
      ...headBlocks(form),
      ...whoBlocks(form),
      // Of very many values none says much: each is filled in once its field is chosen.
      ...(prepared === undefined ? [] : nowBlocks(operation, prepared)),
      ...warningBlocks(operation),
      ...chooserBlocks(form),
      ...inputBlocks(form).slice(0, MOST_FIELD_BLOCKS),
      ...limitBlocks(operation),
      ...(isRead ? [] : requestBlocks(form)),
    ],
  };
}

function whoBlocks(form: OperationForm): KnownBlock[] {
  const { operation, prepared } = form;
  if (operation.about === undefined) return [];
  if (prepared?.person === undefined) return personBlocks(form);
  const { name, email } = prepared.person;
  const { notFound } = prepared;
  return [
    ...(notFound === undefined
      ? []
      : [{ type: "section" as const, text: mrkdwn(`:warning: ${escapeText(notFound)}`) }]),
    {
      type: "section",
      text: mrkdwn(`*${escapeText(name)}*\n${escapeText(email)}`),
      accessory: { type: "button", action_id: SOMEBODY_ELSE, text: plain("Somebody else", 75) },
    },
  ];
}

function nowBlocks(operation: Operation, { current }: PreparedOperation): KnownBlock[] {
  if (current === undefined) return [];
  if ("fault" in current) return [{ type: "context", elements: [plain(current.fault)] }];
  if (choosableFields(operation).length > MANY_FIELDS) return [];
  const heading: KnownBlock = { type: "section", text: mrkdwn("*What is there now*") };
  return [heading, ...currentBlocks(findOperation(current.operation), current.output), { type: "divider" }];
}

function warningBlocks({ risk, undo = "" }: Operation): KnownBlock[] {
  if (risk !== "irreversible") return [];
  return [{ type: "section", text: mrkdwn(`:warning: *This cannot be undone.* ${escapeText(undo)}`) }];
}

function limitBlocks({ limits = [] }: Operation): KnownBlock[] {
  if (limits.length === 0) return [];
  const text = cut(["Good to know:", ...limits.map((limit) => `• ${limit}`)].join("\n"), 2_000);
  return [{ type: "context", elements: [plain(text, 2_000)] }];
}

function chooserBlocks({ operation, chosen = [] }: OperationForm): KnownBlock[] {
  const fields = choosableFields(operation);
  if (fields.length === 0) return [];
  const option = ({ path, title }: FormField) => ({ text: plain(title, 75), value: path });
  const sections = [...new Set(fields.map(({ section = "Other" }) => section))];
  const groups = sections.flatMap((section) => {
    const own = fields.filter((field) => (field.section ?? "Other") === section).map(option);
    const parts = Math.ceil(own.length / MOST_OPTIONS);
    return Array.from({ length: parts }, (_, index) => ({
      label: plain(parts === 1 ? section : `${section} (${index + 1} of ${parts})`, 75),
      options: own.slice(index * MOST_OPTIONS, (index + 1) * MOST_OPTIONS),
    }));
  });
  const initial = fields.filter(({ path }) => chosen.includes(path)).slice(0, MOST_CHOSEN);
  const isChange = operation.current !== undefined;
  return [
    {
      type: "input",
      block_id: FIELDS_BLOCK,
      dispatch_action: true,
      optional: !isChange,
      label: plain(isChange ? "What do you want to change?" : "What else do you want to say?", 2_000),
      hint: plain(`At most ${MOST_CHOSEN}. Each appears below as soon as you choose it.`),
      element: {
        type: "multi_static_select",
        action_id: FIELDS_BLOCK,
        placeholder: plain("Type to search", 150),
        option_groups: groups,
        max_selected_items: MOST_CHOSEN,
        initial_options: initial.length === 0 ? undefined : initial.map(option),
      },
    },
  ];
}

function inputBlocks({ operation, prepared, chosen = [] }: OperationForm): KnownBlock[] {
  const current = prepared?.current;
  const values = current !== undefined && "values" in current ? current.values : {};
  let section: string | undefined;
  return shownFields(operation, chosen).flatMap((field) => {
    const isNew = field.section !== undefined && field.section !== section;
    section = field.section;
    const heading: KnownBlock[] = isNew
      ? [{ type: "section", text: mrkdwn(`*${escapeText(field.section ?? "")}*`) }]
      : [];
    const choices =
      prepared === undefined && field.kind.type === "chosen"
        ? "They could not be listed just now."
        : prepared?.choices[field.path];
    // A choice is made, and not left as it happens to be: what is there now stands above.
    const isChosen = field.kind.type === "option" && field.isRequired;
    const now = isChosen ? undefined : valueAt(values, field.path);
    return [...heading, ...fieldBlocks({ field, current: now ?? undefined, choices })];
  });
}

function requestBlocks({ operation, mayBreakGlass }: OperationForm): KnownBlock[] {
  const confirm = emailInput({
    field: FORM_BLOCKS.confirm,
    label: "Type the e-mail of the person whom it is about",
    hint: "To make sure that it is this person.",
  });
  return [
    ...(operation.risk === "irreversible" && operation.about !== undefined ? [confirm] : []),
    textInput({
      field: FORM_BLOCKS.reason,
      label: "Reason",
      hint: "Everyone in the channel and the audit log can read it.",
      maximum: 1_000,
      multiline: true,
    }),
    urlInput({ field: FORM_BLOCKS.ticket, label: "Ticket link", optional: true }),
    ...(mayBreakGlass === true ? [breakGlassInput()] : []),
  ];
}
