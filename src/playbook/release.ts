import { z } from "zod";
import type { PlanStep, Playbook } from "./playbook.ts";

/** One thing that a release gives back: the step that does it, made from what was kept before the lockout. */
const restoration = z.strictObject({
  id: z.string(),
  title: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  after: z.array(z.string()),
  /** It confirms who the Zoom user is before anything is given to them. */
  isSnapshot: z.boolean().optional(),
  changes: z
    .array(z.strictObject({ title: z.string(), before: z.string().optional(), after: z.string() }))
    .optional(),
});
export type Restoration = z.output<typeof restoration>;

export const releaseFields = z.strictObject({
  /** The requests of the lockouts that it ends. */
  lockouts: z.array(z.string()).min(1),
  restores: z.array(restoration),
  /** What cannot be given back, one sentence each. */
  lost: z.array(z.string()),
  reason: z.string().trim().min(1).max(1_000),
  ticket: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});
export type ReleaseFields = z.output<typeof releaseFields>;

/** Gives a locked-out person back what the snapshots say they had. */
export const release: Playbook<ReleaseFields> = {
  name: "release",
  title: "Release from lockout",
  fields: releaseFields,
  steps: ({ restores }) =>
    restores.map(({ changes, isSnapshot, ...step }): PlanStep => ({
      ...step,
      ...(isSnapshot === undefined ? {} : { isSnapshot }),
      requires: [],
      ...(changes === undefined
        ? {}
        : {
            changes: changes.map(({ title, before, after }) => ({
              title,
              after,
              ...(before === undefined ? {} : { before }),
            })),
          }),
    })),
};
