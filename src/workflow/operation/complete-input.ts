import type { Known, KnownName } from "../../catalogue/known.ts";
import { valueAt, withValueAt } from "../../catalogue/field-path.ts";
import { inputFields, type InputField } from "../../catalogue/input-fields.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { EnteredOperation } from "../../deps/operation.ts";
import type { FieldFault } from "../../deps/refusal.ts";
import { emailFault, normaliseEmail } from "../../target/email.ts";
import type { OperationContext } from "./operation-context.ts";
import { readChoices } from "../step/read-choices.ts";

/** An operation's input, whole and checked, with what people should be told of it. */
export interface CompletedInput {
  input: Record<string, unknown>;
  /** What chosen things are called, by path and then by value. */
  titles: Record<string, Record<string, string>>;
  /** What was generated at random, by path. */
  generated: { path: string; title: string; value: string }[];
}

type Completed = { ok: true; completed: CompletedInput } | { ok: false; faults: FieldFault[] };

/** An input on its way to being whole: each part adds what it knows, or its faults. */
interface Draft {
  operation: Operation;
  entered: EnteredOperation;
  known: Known;
  /** Who filled the form in. */
  personId: string;
  fields: InputField[];
  input: Record<string, unknown>;
  faults: FieldFault[];
}

/**
 * Makes an operation's input out of what was entered and what is known. Ids of people and of their things are never
 * taken from the form's word: they are filled in from who was found, or looked for in what the vendor lists.
 * @throws DirectoryError when Slack cannot be asked about people who were chosen
 */
export async function completeInput(
  context: OperationContext,
  operation: Operation,
  entered: EnteredOperation,
  known: Known,
  personId: string,
): Promise<Completed> {
  const fields = inputFields(operation);
  const draft: Draft = { operation, entered, known, fields, personId, input: entered.input, faults: [] };
  refuseUnknownPaths(draft);
  fillIn(draft);
  await addPeople(context, draft);
  await addFiles(context, draft);
  const generated = generate(context, draft);
  const titles = await addChoices(context, draft);
  if (draft.faults.length > 0) return { ok: false, faults: draft.faults.map(inInput) };
  const parsed = operation.input.safeParse(draft.input);
  if (parsed.success)
    return { ok: true, completed: { input: parsed.data as Record<string, unknown>, titles, generated } };
  const faults = parsed.error.issues.map(({ path, message }) => ({
    field: nearestField(fields, path.map(String)),
    message: asSentence(message),
  }));
  return { ok: false, faults: faults.map(inInput) };
}

/** Tells a field of the input from one of the form's own of the same name. */
function inInput({ field, message }: FieldFault): FieldFault {
  return { field: `input.${field}`, message };
}

/** The innermost field of the form that a fault speaks of. */
function nearestField(fields: readonly InputField[], steps: readonly string[]): string {
  for (let length = steps.length; length > 0; length -= 1) {
    const path = steps.slice(0, length).join(".");
    if (fields.some((field) => field.path === path)) return path;
  }
  return steps.join(".");
}

function asSentence(message: string): string {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function refuseUnknownPaths({ entered, fields, faults }: Draft): void {
  const known = new Set(fields.map(({ path }) => path));
  const named = [...entered.people, ...entered.files].map(({ path }) => path);
  for (const path of [...named, ...entered.generate])
    if (!known.has(path)) faults.push({ field: path, message: "This form has no such field." });
}

function fillIn(draft: Draft): void {
  const { known, fields, faults } = draft;
  for (const { path, meta, isOptional } of fields) {
    if (meta.fill === undefined) continue;
    const value = meta.fill === "cloudflareZoneId" ? chosenZone(draft, path) : known[meta.fill];
    if (value === undefined && !isOptional) faults.push({ field: path, message: UNKNOWN_WORDS[meta.fill] });
    draft.input = withValueAt(draft.input, path, value);
  }
}

const UNKNOWN_WORDS: Record<KnownName, string> = {
  email: "The person's e-mail address is not known.",
  zoomUserId: "Zoom does not know this person.",
  cloudflareUserId: "Cloudflare Access does not know this person.",
  cloudflareAccountId: "No Cloudflare account is set up here (CLOUDFLARE_ACCOUNT_ID).",
  cloudflareZoneId: "Choose one of the zones that are set up here (CLOUDFLARE_ZONE_IDS).",
  slackUserId: "Slack does not know this person.",
  slackTeamId: "The administration of Slack is not set up here (SLACK_ADMIN_TOKEN).",
};

function chosenZone({ known, input }: Draft, path: string): string | undefined {
  const { cloudflareZoneIds: zones } = known;
  const chosen = valueAt(input, path);
  return zones.length === 1 && chosen === undefined ? zones[0] : zones.find((zone) => zone === chosen);
}

async function addPeople({ lookups }: OperationContext, draft: Draft): Promise<void> {
  for (const { path, slackIds } of draft.entered.people) {
    const emails: string[] = [];
    for (const slackId of slackIds) {
      const person = await lookups.slackPerson(slackId);
      const fault =
        person === undefined || person.isBot || person.isStranger || person.teamId !== lookups.homeTeamId
          ? "Somebody chosen here is a bot or from outside; choose people of this workspace."
          : person.email === undefined || emailFault(person.email) !== undefined
            ? `Slack shows no usable e-mail address for ${person.realName}: type it instead.`
            : undefined;
      if (fault !== undefined) draft.faults.push({ field: path, message: fault });
      else emails.push(normaliseEmail(person?.email ?? ""));
    }
    const typed = valueAt(draft.input, path);
    const isList = draft.fields.some((field) => field.path === path && field.isList);
    if (isList) {
      const all = [...(Array.isArray(typed) ? (typed as unknown[]) : []), ...emails];
      if (all.length > 0) draft.input = withValueAt(draft.input, path, all);
    } else if (emails.length > 1 || (typed !== undefined && emails.length > 0))
      draft.faults.push({ field: path, message: "Choose the person or type their address, not both." });
    else if (emails[0] !== undefined) draft.input = withValueAt(draft.input, path, emails[0]);
  }
}

async function addFiles(context: OperationContext, draft: Draft): Promise<void> {
  for (const { path, fileId } of draft.entered.files) {
    const maxBytes = draft.fields.find((field) => field.path === path)?.meta.file?.maxBytes ?? 0;
    const file = await context.givenFile(fileId, maxBytes, draft.personId);
    if ("fault" in file) draft.faults.push({ field: path, message: file.fault });
    else
      draft.input = withValueAt(draft.input, path, {
        name: file.name,
        content: file.bytes.toString("base64"),
      });
  }
}

function generate(context: OperationContext, draft: Draft): CompletedInput["generated"] {
  return draft.entered.generate.flatMap((path) => {
    const field = draft.fields.find((one) => one.path === path);
    if (field?.meta.generated === undefined) return [];
    if (valueAt(draft.input, path) !== undefined) {
      draft.faults.push({ field: path, message: "Type it, or have it made up, not both." });
      return [];
    }
    const value = context.makePassword();
    draft.input = withValueAt(draft.input, path, value);
    return [{ path, title: field.meta.title ?? path, value }];
  });
}

async function addChoices(context: OperationContext, draft: Draft): Promise<CompletedInput["titles"]> {
  const titles: CompletedInput["titles"] = {};
  for (const [path, choices] of Object.entries(draft.operation.choices ?? {})) {
    for (const name of choices.fills ?? []) draft.input = withValueAt(draft.input, name, undefined);
    const chosen = valueAt(draft.input, path);
    if (chosen === undefined) continue;
    const listed = await readChoices(context.execute, choices, draft.known);
    if (typeof listed === "string") {
      draft.faults.push({ field: path, message: `${listed} Nothing was done.` });
      continue;
    }
    const values: unknown[] = Array.isArray(chosen) ? chosen : [chosen];
    for (const value of values) {
      const choice = listed.find((one) => one.value === value);
      if (choice === undefined) {
        draft.faults.push({ field: path, message: "This is not there any more. Open the form again." });
        continue;
      }
      (titles[path] ??= {})[choice.value] = choice.title;
      for (const [name, also] of Object.entries(choice.with ?? {}))
        draft.input = withValueAt(draft.input, name, also);
    }
  }
  return titles;
}
