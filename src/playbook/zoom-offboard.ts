import { SNAPSHOT_TITLE, snapshotStep } from "./snapshot-step.ts";
import { z } from "zod";
import type { PlanStep, Playbook, PlaybookSettings } from "./playbook.ts";
import { knownToZoom, type ZoomTarget } from "../target/target.ts";
import { zoneName } from "./zone-name.ts";

export const OFFBOARD_ACTIONS = ["deactivate", "disassociate", "delete"] as const;
export type OffboardAction = (typeof OFFBOARD_ACTIONS)[number];

export const TRANSFERABLE = [
  "meeting",
  "webinar",
  "recording",
  "whiteboard",
  "clipfiles",
  "notes",
  "docs",
  "visitors",
] as const;

/** What they are called within a sentence. */
const TRANSFER_WORDS: Record<(typeof TRANSFERABLE)[number], string> = {
  meeting: "meetings",
  webinar: "webinars",
  recording: "recordings",
  whiteboard: "whiteboards",
  clipfiles: "clips",
  notes: "notes",
  docs: "docs",
  visitors: "visitors",
};

export const offboardFields = z
  .strictObject({
    action: z.enum(OFFBOARD_ACTIONS),
    transferEmail: z.email().optional(),
    transfer: z.array(z.enum(TRANSFERABLE)).default([]),
    revokeCloudflare: z.boolean(),
    reason: z.string().trim().min(1).max(1_000),
    ticket: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
  })
  .superRefine((fields, context) => {
    if (fields.transfer.length > 0 && fields.transferEmail === undefined)
      context.addIssue({
        code: "custom",
        path: ["transferEmail"],
        message: "Say who receives what you chose below.",
      });
    if (fields.action === "deactivate" && fields.transferEmail !== undefined)
      context.addIssue({
        code: "custom",
        path: ["transferEmail"],
        message: "A deactivated user keeps everything; nothing is transferred.",
      });
  });

export type OffboardFields = z.output<typeof offboardFields>;

const ACTION_TITLES: Record<OffboardAction, string> = {
  deactivate: "Deactivate the Zoom user",
  disassociate: "Disassociate the Zoom user from the account",
  delete: "Delete the Zoom user for good",
};

function zoomSteps(fields: OffboardFields, target: ZoomTarget): PlanStep[] {
  const userId = target.zoomUserId;
  const removal: PlanStep =
    fields.action === "deactivate"
      ? {
          id: "deactivate",
          title: ACTION_TITLES.deactivate,
          operation: "zoom.user.updateStatus",
          input: { userId, action: "deactivate" },
          after: ["snapshot"],
          // Reversible and urgent: a snapshot that could not be read does not keep the door open.
          requires: [],
        }
      : {
          id: fields.action,
          title: ACTION_TITLES[fields.action] + describeTransfer(fields),
          operation: "zoom.user.delete",
          input: {
            userId,
            action: fields.action,
            ...(fields.transferEmail === undefined ? {} : { transferEmail: fields.transferEmail }),
            ...(fields.transfer.length === 0 ? {} : { transfer: fields.transfer }),
          },
          after: ["snapshot"],
          requires: ["snapshot"],
        };
  return [
    snapshotStep(userId, SNAPSHOT_TITLE),
    removal,
    {
      id: "revoke-sso-token",
      title: "Revoke the Zoom SSO token",
      operation: "zoom.user.revokeSsoToken",
      input: { userId },
      // Afterwards, so that no new sign-in slips in between.
      after: [removal.id],
      requires: [],
      ...(fields.action === "deactivate"
        ? {}
        : { goneIsFine: "Zoom no longer knows this user, so there is no session token left to revoke." }),
    },
  ];
}

function describeTransfer(fields: OffboardFields): string {
  if (fields.transferEmail === undefined) return "; nothing is transferred";
  const what =
    fields.transfer.length > 0
      ? fields.transfer.map((item) => TRANSFER_WORDS[item]).join(", ")
      : "Zoom Events";
  return `; ${what} go to ${fields.transferEmail}`;
}

function cloudflareSteps(target: ZoomTarget, playbookSettings: PlaybookSettings): PlanStep[] {
  const account: PlanStep[] =
    playbookSettings.cloudflareAccountId === undefined
      ? []
      : [
          {
            id: "revoke-cloudflare-account",
            title: "Revoke Cloudflare Access sessions (account)",
            operation: "cloudflare.access.revokeUserInAccount",
            input: {
              accountId: playbookSettings.cloudflareAccountId,
              email: target.email,
              ...(target.cloudflareUserId === undefined ? {} : { accessUserId: target.cloudflareUserId }),
            },
            after: ["snapshot"],
            requires: [],
          },
        ];
  const zones = playbookSettings.cloudflareZoneIds.map((zoneId): PlanStep => ({
    id: `revoke-cloudflare-zone-${zoneId}`,
    title: `Revoke Cloudflare Access sessions (zone ${zoneName(playbookSettings, zoneId)})`,
    operation: "cloudflare.access.revokeUserInZone",
    input: { zoneId, email: target.email },
    after: ["snapshot"],
    requires: [],
  }));
  return [...account, ...zones];
}

/** Takes a person out of Zoom, and out of Cloudflare Access when asked. */
export const zoomOffboard: Playbook<OffboardFields> = {
  name: "zoom-offboard",
  title: "Offboard from Zoom",
  fields: offboardFields,
  steps(fields, somebody, playbookSettings) {
    const target = knownToZoom(somebody);
    return [
      ...zoomSteps(fields, target),
      ...(fields.revokeCloudflare ? cloudflareSteps(target, playbookSettings) : []),
    ];
  },
};
