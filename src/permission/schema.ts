import { z } from "zod";
import { parseDuration } from "./duration.ts";

const usergroupId = z.string().regex(/^S[A-Z0-9]+$/, "A user group is named by its Slack id, such as S0IT.");
const userId = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/, "A person is named by their Slack user id, such as U0SAM.");
const roleName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,62}$/,
    "A name is lower-case letters, digits and hyphens, and starts with a letter.",
  );
const risk = z.enum(["read", "reversible", "irreversible"]);
const duration = z
  .string()
  .refine(
    (text) => parseDuration(text) !== undefined,
    "A duration is written like 30m, 24h or 7d, at most 90d.",
  );
const scope = z
  .string()
  .regex(
    /^(\*|(zoom|cloudflare|deadbolt):([A-Za-z0-9_-]+:)*([A-Za-z0-9_-]+|\*))$/,
    "A scope starts with zoom:, cloudflare: or deadbolt:, and may end in `*`, e.g. zoom:user:read:admin or zoom:*.",
  );

const people = z.strictObject({
  usergroups: z.array(usergroupId).optional(),
  users: z.array(userId).optional(),
});

const role = z.strictObject({
  members: z.strictObject({ ...people.shape, workspace: z.array(z.enum(["owner", "admin"])).optional() }),
  scopes: z.array(scope),
});

const approval = z.strictObject({
  for: z.strictObject({ playbook: z.string().optional(), risk: risk.optional() }),
  approvers: z.array(z.string()),
  count: z
    .int("A count is a whole number.")
    .min(0, "A count cannot be negative.")
    .max(100, "A count is at most 100."),
  expires: duration.optional(),
});

const protection = z.strictObject({
  members: people,
  approvers: z.array(z.string()),
  count: z
    .int("A count is a whole number.")
    .min(1, "A protected person needs at least one approval.")
    .max(100, "A count is at most 100."),
  expires: duration.optional(),
});

const slackIdOrEmail = z
  .string()
  .regex(/^([UW][A-Z0-9]+|[^\s@]+@[^\s@]+)$/, "A target is a Slack user id, such as U0SAM, or an e-mail.");

const policyTest = z.strictObject({
  who: userId,
  asks: z.strictObject({ playbook: z.string(), target: slackIdOrEmail, action: z.string().optional() }),
  given: z.strictObject({ groups: z.record(usergroupId, z.array(userId)) }).optional(),
  expect: z.enum(["allowed", "needs_approval", "denied"]),
});

/** The shape of the policy file. What one part says about another is checked in `references.ts`. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  roles: z.record(roleName, role),
  approvals: z.array(approval),
  protected: z.array(protection).optional(),
  tests: z.array(policyTest).optional(),
});

export type Policy = z.output<typeof policySchema>;
type Role = z.output<typeof role>;
export type Members = Role["members"];
export type ApprovalEntry = z.output<typeof approval>;
export type ProtectedEntry = z.output<typeof protection>;
export type PolicyTest = z.output<typeof policyTest>;
