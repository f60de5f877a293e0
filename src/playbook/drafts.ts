import type { About, KnownName } from "../catalogue/known.ts";
import { inputFields, type InputField } from "../catalogue/input-fields.ts";
import type { Operation } from "../catalogue/operation.ts";
import { findOperation } from "../catalogue/registry.ts";
import { stepIds } from "../catalogue/step-ids.ts";
import type { Target } from "../target/target.ts";
import type { DefinedPlaybook, DefinedStep } from "./defined-step.ts";
import type { PlaybookSettings } from "./playbook.ts";

/** A step on its way into a plan. */
export interface Draft {
  id: string;
  step: DefinedStep;
  operation: Operation;
  fields: InputField[];
  title: string;
  /** Why it is left out, where it is. */
  why?: string;
}

/** What is known of the person and of the set-up. */
export type Values = Partial<Record<KnownName, string>>;

/**
 * Every step of a playbook with what is known of it, also those that are left out.
 * @throws RangeError when the catalogue lacks an operation
 */
export function draftsOf(
  { steps }: DefinedPlaybook,
  target: Target,
  playbookSettings: PlaybookSettings,
): Draft[] {
  const ids = stepIds(steps);
  const values = valuesOf(target, playbookSettings);
  let drafts = steps.map((step, index): Draft => {
    const operation = findOperation(step.operation);
    const fields = inputFields(operation);
    const title = step.title ?? operation.title;
    const draft = { id: ids[index] ?? step.operation, step, operation, fields, title };
    const why = lackOf(operation, fields, values, playbookSettings);
    return why === undefined ? draft : { ...draft, why };
  });
  // What waits for proof of something that is not done may itself be what others wait for.
  for (;;) {
    const gone = new Set(drafts.flatMap(({ id, why }) => (why === undefined ? [] : [id])));
    drafts = drafts.map((draft) => {
      const missing = (draft.step.requires ?? []).find((id) => gone.has(id));
      return draft.why !== undefined || missing === undefined
        ? draft
        : { ...draft, why: `It runs only after ${missing}, which is left out.` };
    });
    if (drafts.filter(({ why }) => why !== undefined).length === gone.size) return drafts;
  }
}

export function valuesOf(
  { email, zoomUserId, cloudflareUserId, slackId }: Target,
  playbookSettings: PlaybookSettings,
): Values {
  const { cloudflareAccountId, slackTeamId } = playbookSettings;
  return {
    ...(email === undefined ? {} : { email }),
    ...(zoomUserId === undefined ? {} : { zoomUserId }),
    ...(cloudflareUserId === undefined ? {} : { cloudflareUserId }),
    ...(cloudflareAccountId === undefined ? {} : { cloudflareAccountId }),
    ...(slackId === undefined ? {} : { slackUserId: slackId }),
    ...(slackTeamId === undefined ? {} : { slackTeamId }),
  };
}

const LACKS: Record<KnownName, string> = {
  email: "The person's e-mail address is not known.",
  zoomUserId: "Zoom does not know this person.",
  cloudflareUserId: "Cloudflare Access does not know this person.",
  cloudflareAccountId: "No Cloudflare account is set up here (CLOUDFLARE_ACCOUNT_ID).",
  cloudflareZoneId: "No Cloudflare zone is set up here (CLOUDFLARE_ZONE_IDS).",
  slackUserId: "Slack does not know this person.",
  slackTeamId: "The administration of Slack is not set up here (SLACK_ADMIN_TOKEN).",
};

/** By what the person must be known whom a call is about. */
const KNOWN_BY: Record<About, KnownName> = {
  zoomUser: "zoomUserId",
  cloudflareUser: "cloudflareUserId",
  slackUser: "slackUserId",
  person: "email",
};

function lackOf(
  { about }: Operation,
  fields: readonly InputField[],
  values: Values,
  playbookSettings: PlaybookSettings,
): string | undefined {
  const needed = fields.flatMap(({ meta, isOptional }) =>
    meta.fill === undefined || isOptional ? [] : [meta.fill],
  );
  if (about !== undefined) needed.push(KNOWN_BY[about]);
  const lacking = needed.find((name) =>
    name === "cloudflareZoneId"
      ? playbookSettings.cloudflareZoneIds.length === 0
      : values[name] === undefined,
  );
  return lacking === undefined ? undefined : LACKS[lacking];
}

/** Whether there is one such step for each zone. */
export function hasZone(fields: readonly InputField[]): boolean {
  return fields.some(({ meta, isOptional }) => meta.fill === "cloudflareZoneId" && !isOptional);
}
