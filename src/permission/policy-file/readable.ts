import { z } from "zod";

// Reads whatever is readable, so that a slip in one place does not hide the faults in another.
const text = z.string().optional().catch(undefined);
const texts = z.array(z.unknown()).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const names = z.record(z.string(), z.unknown()).optional().catch(undefined);
const asked = z.object({ playbook: text, risk: text, effect: text }).optional().catch(undefined);
const approvers = { approvers: texts, people: texts, count: number, match: z.unknown().optional() };

const entry = z
  .object({
    for: asked,
    ...approvers,
    stages: z.array(z.object(approvers).catch({})).optional().catch(undefined),
    expires: z.unknown().optional(),
    remind: texts,
    escalate: z.object({ after: text, to: texts }).optional().catch(undefined),
    clock: text,
  })
  .catch({ expires: null });

const step = z
  .object({ operation: text, id: text, input: names, each: text, all: text, after: texts, requires: texts })
  .catch({});

const members = z.object({ members: z.object({ on_call: texts }).optional().catch(undefined) }).catch({});

const readable = z
  .object({
    roles: z.record(z.string(), members).optional().catch(undefined),
    on_call: z
      .record(z.string(), z.object({ fallback: text }).catch({}))
      .optional()
      .catch(undefined),
    calendars: names,
    identities: z.array(texts).optional().catch(undefined),
    deny: z
      .array(
        z
          .object({
            for: asked,
            who: z.object({ roles: texts, users: texts, usergroups: texts }).optional().catch(undefined),
            target: z.object({ emails: texts, users: texts, usergroups: texts }).optional().catch(undefined),
          })
          .catch({}),
      )
      .optional()
      .catch(undefined),
    windows: z
      .array(z.object({ for: asked, during: text }).catch({}))
      .optional()
      .catch(undefined),
    limits: z
      .array(z.object({ for: asked }).catch({}))
      .optional()
      .catch(undefined),
    approvals: z.array(entry).optional().catch(undefined),
    protected: z.array(entry).optional().catch(undefined),
    break_glass: z
      .object({ review: z.object({ by: texts, escalate: texts }).optional().catch(undefined) })
      .optional()
      .catch(undefined),
    playbooks: z
      .record(
        z.string(),
        z.object({ title: text, steps: z.array(step).optional().catch(undefined) }).catch({}),
      )
      .optional()
      .catch(undefined),
    tests: z
      .array(z.object({ asks: z.object({ playbook: text }).catch({}) }).catch({ asks: {} }))
      .optional()
      .catch(undefined),
  })
  .catch({});

/** A policy file as far as it can be read, whatever else is wrong with it. */
export type Readable = z.output<typeof readable>;
export type ReadableEntry = z.output<typeof entry>;
export type ReadableStep = z.output<typeof step>;

export function readAsFarAsPossible(document: unknown): Readable {
  return readable.parse(document);
}
