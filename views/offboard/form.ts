import type { KnownBlock, ModalView } from "@slack/types";
import type { EnteredTarget } from "../../src/deps/person.ts";
import {
  offboardFields,
  OFFBOARD_ACTIONS,
  TRANSFERABLE,
  type OffboardAction,
  type OffboardFields,
} from "../../src/playbook/zoom-offboard.ts";
import { breakGlassInput, breaksGlass } from "../blocks/break-glass.ts";
import {
  checkboxesInput,
  choiceInput,
  emailInput,
  textInput,
  urlInput,
  type Option,
  type ViewValues,
} from "../blocks/inputs.ts";
import { faultBlocks, type FieldErrors } from "../blocks/faults.ts";
import { settingsNote } from "../blocks/settings-note.ts";
import { mrkdwn, plain } from "../blocks/text.ts";
import { isNamed, readWho, WHO, WHO_MISSING, whoInputs } from "../blocks/who.ts";

export const OFFBOARD_VIEW = "zoom_offboard";

/** Field names are the block ids, so that a fault lands next to the input that caused it. */
export const FIELDS = {
  ...WHO,
  action: "action",
  transferEmail: "transfer_email",
  transfer: "transfer",
  revokeCloudflare: "revoke_cloudflare",
  reason: "reason",
  ticket: "ticket",
  confirm: "confirm_email",
} as const;

const ACTION_CHOICES: readonly Option[] = [
  { value: "deactivate", label: "Deactivate", description: "No sign-in, licence freed. Can be undone." },
  { value: "disassociate", label: "Disassociate", description: "Leaves the account. Cannot be undone here." },
  { value: "delete", label: "Delete", description: "Gone for good, with what is not transferred." },
];

const TRANSFER_CHOICES: readonly Option[] = [
  { value: "meeting", label: "Upcoming meetings" },
  { value: "webinar", label: "Upcoming webinars" },
  { value: "recording", label: "Cloud recordings" },
  { value: "whiteboard", label: "Whiteboards" },
  { value: "clipfiles", label: "Clips" },
  { value: "notes", label: "Notes" },
  { value: "docs", label: "Docs" },
  { value: "visitors", label: "Visitors whom they invited" },
];

const WARNINGS: Record<Exclude<OffboardAction, "deactivate">, string> = {
  disassociate:
    ":warning: *This cannot be undone from here.* The user leaves your Zoom account and becomes an outside user. Only an invitation that they accept brings them back.",
  delete:
    ":warning: *This cannot be undone.* Zoom deletes the user, and everything that you do not transfer goes with them.",
};

const CHANGE_NOTE: KnownBlock = {
  type: "section",
  text: mrkdwn("The request stays about the same person. A change resets approvals and the deadline."),
};

/** What the form shows: who it is about, which action is chosen, and why it came back, if it did. */
export interface OffboardForm {
  target: EnteredTarget;
  action: OffboardAction;
  cloudflareConfigured: boolean;
  /** Which settings of the app are at fault. */
  settingFaults?: readonly string[];
  /** Faults that were found after the form was closed for checking; shown above the fields. */
  faults?: readonly string[];
  /** What was typed before, when the form comes back. */
  entered?: Partial<Omit<OffboardFields, "action">> & { confirm?: string; breaksGlass?: boolean };
  /** Whether to offer that it runs at once. */
  mayBreakGlass?: boolean;
  /** The waiting request that it changes. */
  changes?: string;
}

/** The waiting request that an open form changes; undefined where it makes a new one. */
export function changedRequest(view: { private_metadata: string }): string | undefined {
  return view.private_metadata === "" ? undefined : view.private_metadata;
}

/** The modal of `/zoom-offboard`. */
export function offboardForm(form: OffboardForm): ModalView {
  const entered = form.entered ?? {};
  const irreversible = form.action !== "deactivate";
  const blocks: KnownBlock[] = [
    ...settingsNote(form.settingFaults),
    ...faultBlocks(form.faults),
    ...(form.changes === undefined ? [] : [CHANGE_NOTE]),
    ...whoInputs(form.target, {
      label: "Person leaving",
      hint: "Not in Slack? Leave this empty and type the e-mail below.",
    }),
    choiceInput({
      field: FIELDS.action,
      label: "What happens in Zoom",
      choices: ACTION_CHOICES,
      initial: form.action,
      redraws: true,
    }),
    ...(irreversible ? irreversibleBlocks(form.action as "disassociate" | "delete", entered) : []),
    ...(form.cloudflareConfigured
      ? [
          checkboxesInput({
            field: FIELDS.revokeCloudflare,
            label: "Cloudflare Access",
            choices: [{ value: "revoke", label: "Revoke every Cloudflare Access session" }],
            initial: entered.revokeCloudflare === false ? [] : ["revoke"],
            optional: true,
          }),
        ]
      : []),
    textInput({
      field: FIELDS.reason,
      label: "Reason",
      hint: "Everyone in the channel and the audit log can read it.",
      maximum: 1_000,
      multiline: true,
      initial: entered.reason,
    }),
    urlInput({
      field: FIELDS.ticket,
      label: "Ticket link",
      optional: true,
      initial: entered.ticket,
    }),
    ...(form.mayBreakGlass === true ? [breakGlassInput(entered.breaksGlass)] : []),
  ];
  const isChange = form.changes !== undefined;
  return {
    type: "modal",
    callback_id: OFFBOARD_VIEW,
    title: plain(isChange ? "Change the request" : "Offboard from Zoom", 24),
    submit: plain(isChange ? "Change" : "Request", 24),
    close: plain("Cancel", 24),
    private_metadata: form.changes ?? "",
    blocks,
  };
}

function irreversibleBlocks(
  action: "disassociate" | "delete",
  entered: NonNullable<OffboardForm["entered"]>,
): KnownBlock[] {
  return [
    { type: "section", text: mrkdwn(WARNINGS[action]) },
    emailInput({
      field: FIELDS.transferEmail,
      label: "Who receives what they leave behind",
      hint: "The e-mail of a licensed Zoom user in your account. Leave empty to transfer nothing.",
      optional: true,
      initial: entered.transferEmail,
    }),
    checkboxesInput({
      field: FIELDS.transfer,
      label: "What they receive",
      choices: TRANSFER_CHOICES,
      initial: entered.transfer ?? [],
      optional: true,
    }),
    emailInput({
      field: FIELDS.confirm,
      label: "Type the e-mail of the person who leaves",
      hint: "To make sure that it is this person.",
      initial: entered.confirm,
    }),
  ];
}

export type ParsedForm =
  | {
      ok: true;
      target: EnteredTarget;
      fields: OffboardFields;
      confirm: string | undefined;
      breaksGlass: boolean;
    }
  | { ok: false; errors: FieldErrors };

/** The action chosen in a form that is still open; `deactivate` until something else is chosen. */
export function chosenAction(values: ViewValues): OffboardAction {
  return OFFBOARD_ACTIONS.find((action) => action === values.choice(FIELDS.action)) ?? "deactivate";
}

/** Reads a submitted form. Faults that need no look-up are found here, each by the block id of its field. */
export function parseOffboardForm(values: ViewValues, cloudflareConfigured: boolean): ParsedForm {
  const errors: FieldErrors = {};
  const target = readWho(values);
  const confirm = values.text(FIELDS.confirm);
  const action = chosenAction(values);
  if (!isNamed(target)) errors[FIELDS.email] = WHO_MISSING;
  if (action !== "deactivate" && confirm === undefined)
    errors[FIELDS.confirm] = "Type the e-mail of the person who leaves.";
  const parsed = offboardFields.safeParse({
    action,
    transferEmail: action === "deactivate" ? undefined : values.text(FIELDS.transferEmail),
    transfer:
      action === "deactivate"
        ? []
        : TRANSFERABLE.filter((what) => values.choices(FIELDS.transfer).includes(what)),
    revokeCloudflare: cloudflareConfigured && values.choices(FIELDS.revokeCloudflare).includes("revoke"),
    reason: values.text(FIELDS.reason) ?? "",
    ticket: values.text(FIELDS.ticket),
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = issue.path[0];
      if (typeof name === "string" && name in FIELDS)
        errors[FIELDS[name as keyof typeof FIELDS]] ??= faultText(name, issue.message);
    }
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, target, fields: parsed.data, confirm, breaksGlass: breaksGlass(values) };
}

function faultText(field: string, message: string): string {
  if (field === "reason") return "Say why, in at most 1,000 characters.";
  if (field === "ticket") return "This is not a web address (https://…) of at most 500 characters.";
  if (field === "transferEmail" && message.startsWith("Invalid")) return "This is not an e-mail address.";
  return message;
}
