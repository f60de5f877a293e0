import { z } from "zod";
import { EFFECTS } from "../catalogue/effect.ts";
import { isHoliday, isTimeZone, parseHours, WEEKDAYS } from "./calendar/calendar.ts";
import { parseDuration } from "./calendar/duration.ts";

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
    /^(\*|(zoom|cloudflare|slack|deadbolt):([A-Za-z0-9._-]+:)*([A-Za-z0-9._-]+|\*))$/,
    "A scope starts with zoom:, cloudflare:, slack: or deadbolt:, and may end in `*`, e.g. zoom:user:read:admin or zoom:*.",
  );

const email = z.string().regex(/^[^\s@]+@[^\s@]+$/, "An e-mail address is written like sam@example.com.");
const emailPattern = z
  .string()
  .regex(
    /^[^\s@]+@[^\s@]+$/,
    "An e-mail address; `*` stands for any text, as in svc-*@example.com or *@board.example.com.",
  );
const sentence = z.string().trim().min(1, "Say something.").max(500, "At most 500 characters.");

const people = z.strictObject({
  usergroups: z.array(usergroupId).optional(),
  users: z.array(userId).optional(),
});
const targets = z.strictObject({ ...people.shape, emails: z.array(emailPattern).optional() });

const role = z.strictObject({
  members: z.strictObject({
    ...people.shape,
    workspace: z.array(z.enum(["owner", "admin"])).optional(),
    on_call: z.array(z.string()).optional(),
  }),
  scopes: z.array(scope),
});

/** A schedule of a provider whose people on call hold a role; `fallback` is the role that stands in for them. */
const onCallSchedule = z.strictObject({
  provider: z.enum(["pagerduty", "opsgenie"]),
  schedule: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "A schedule's id is letters, digits, hyphens and underscores."),
  fallback: z.string().optional(),
});

const calendar = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1, "A calendar needs at least one day."),
  hours: z
    .string()
    .refine((text) => parseHours(text) !== undefined, "Hours are written like 08:00-18:00 or 22:00-06:00."),
  time_zone: z
    .string()
    .refine(
      (text) => text === "requester" || isTimeZone(text),
      "A time zone is written like Europe/Berlin, or `requester` for the zone of whoever asks.",
    ),
  holidays: z
    .array(z.string().refine(isHoliday, "A holiday is a day that exists, written like 2026-12-25."))
    .optional(),
});

/** What is asked for: without a part, whatever it is. */
const asked = z.strictObject({
  playbook: z.string().optional(),
  risk: risk.optional(),
  effect: z.enum(EFFECTS).optional(),
});

const count = z
  .int("A count is a whole number.")
  .min(0, "A count cannot be negative.")
  .max(100, "A count is at most 100.");
const countOfSome = z
  .int("A count is a whole number.")
  .min(1, "At least one person must approve.")
  .max(100, "A count is at most 100.");
const match = z.enum(["any", "all"]);

const stage = z.strictObject({
  name: z.string().trim().min(1).max(60).optional(),
  approvers: z.array(z.string()).optional(),
  people: z.array(userId).optional(),
  match: match.optional(),
  count: countOfSome.optional(),
});

/** How approvals are asked for; of a rule as of a protection. */
const howToApprove = {
  approvers: z.array(z.string()).optional(),
  people: z.array(userId).optional(),
  match: match.optional(),
  stages: z.array(stage).min(1, "Stages are listed in their order.").max(10).optional(),
  expires: duration.optional(),
  second_factor: z.boolean().optional(),
  remind: z.array(duration).max(5, "At most five reminders.").optional(),
  escalate: z.strictObject({ after: duration, to: z.array(z.string()).min(1) }).optional(),
  clock: z.string().optional(),
};

const approval = z.strictObject({ for: asked, ...howToApprove, count: count.optional() });

const protection = z.strictObject({
  members: targets,
  ...howToApprove,
  count: z
    .int("A count is a whole number.")
    .min(1, "A protected person needs at least one approval.")
    .max(100, "A count is at most 100.")
    .optional(),
});

const denial = z.strictObject({
  for: asked.optional(),
  who: z.strictObject({ ...people.shape, roles: z.array(z.string()).optional() }).optional(),
  target: targets.optional(),
  reason: sentence,
});

const limit = z.strictObject({
  for: asked.optional(),
  at_most: z.int("A limit is a whole number.").min(1, "A limit is at least one.").max(10_000),
  within: duration,
  per: z.enum(["person", "everyone"]).optional(),
});

const hours = z.strictObject({ for: asked, during: z.string() });

const breakGlass = z.strictObject({
  at_most: z.int("A limit is a whole number.").min(1, "A limit is at least one.").max(1_000),
  within: duration,
  review: z.strictObject({
    by: z.array(z.string()).min(1, "Somebody must review it."),
    within: duration,
    escalate: z.array(z.string()).optional(),
  }),
});

/** More would be no list that someone reads before they approve it. */
export const MOST_STEPS = 30;

const stepId = z
  .string()
  .max(60, "At most 60 characters.")
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "An id is lower-case letters and digits in words with hyphens between them, and starts with a letter.",
  );

/** One call of the catalogue; what `each` and `all` name gets its value when the step runs. */
const playbookStep = z.strictObject({
  operation: z.string(),
  id: stepId.optional(),
  title: z.string().trim().min(1, "Say something.").max(150, "At most 150 characters.").optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  each: z.string().optional(),
  all: z.string().optional(),
  after: z.array(z.string()).optional(),
  requires: z.array(z.string()).optional(),
});

const playbook = z.strictObject({
  title: z.string().trim().min(1, "Say something.").max(60, "At most 60 characters."),
  steps: z
    .array(playbookStep)
    .min(1, "A playbook needs at least one step.")
    .max(MOST_STEPS, `At most ${MOST_STEPS} steps.`),
});

const slackIdOrEmail = z
  .string()
  .regex(/^([UW][A-Z0-9]+|[^\s@]+@[^\s@]+)$/, "A target is a Slack user id, such as U0SAM, or an e-mail.");

const policyTest = z.strictObject({
  who: userId,
  asks: z.strictObject({
    playbook: z.string(),
    target: slackIdOrEmail,
    action: z.string().optional(),
    break_glass: z.boolean().optional(),
  }),
  given: z
    .strictObject({
      groups: z.record(usergroupId, z.array(userId)).optional(),
      on_call: z.record(z.string(), z.array(userId)).optional(),
      at: z.iso.datetime("A moment is written like 2026-11-23T09:00:00Z.").optional(),
      time_zone: z.string().refine(isTimeZone, "A time zone is written like Europe/Berlin.").optional(),
      emails: z.record(userId, email).optional(),
    })
    .optional(),
  expect: z.enum(["allowed", "needs_approval", "denied"]),
});

/** The shape of the policy file. What one part says about another is checked in `references.ts`. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  roles: z.record(roleName, role),
  on_call: z.record(roleName, onCallSchedule).optional(),
  calendars: z.record(roleName, calendar).optional(),
  identities: z.array(z.array(z.union([userId, email])).min(2, "Linked names are at least two.")).optional(),
  deny: z.array(denial).optional(),
  windows: z.array(hours).optional(),
  limits: z.array(limit).optional(),
  approvals: z.array(approval),
  protected: z.array(protection).optional(),
  /** Whether someone whom Slack does not know needs what the protected need only where they may be one of them. */
  not_in_slack: z.enum(["compared", "protected"]).optional(),
  break_glass: breakGlass.optional(),
  playbooks: z
    .record(roleName, playbook)
    .refine((all) => Object.keys(all).length <= 50, "At most 50 playbooks.")
    .optional(),
  tests: z.array(policyTest).optional(),
});

export type Policy = z.output<typeof policySchema>;
type Role = z.output<typeof role>;
export type Members = Role["members"];
export type Targets = z.output<typeof targets>;
export type WhatIsAsked = z.output<typeof asked>;
export type Denial = z.output<typeof denial>;
export type ApprovalEntry = z.output<typeof approval>;
export type ProtectedEntry = z.output<typeof protection>;
export type PolicyTest = z.output<typeof policyTest>;
