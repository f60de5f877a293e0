import { z } from "zod";

/** What a lockout can do, each of it by itself */
export const LOCKOUT_PARTS = [
  "zoom-deactivate",
  "zoom-sessions",
  "zoom-meetings",
  "zoom-password",
  "cloudflare-block",
  "cloudflare-sessions",
  "cloudflare-devices",
  "slack-sessions",
] as const;
export type LockoutPart = (typeof LOCKOUT_PARTS)[number];

/** How grave it is, from ending what is open to closing every door. */
export const LOCKOUT_PRESETS = ["sessions", "suspend", "full"] as const;
export type LockoutPreset = (typeof LOCKOUT_PRESETS)[number];

const SESSIONS: readonly LockoutPart[] = [
  "zoom-sessions",
  "zoom-meetings",
  "cloudflare-sessions",
  "slack-sessions",
];
const SUSPEND: readonly LockoutPart[] = ["zoom-deactivate", ...SESSIONS, "cloudflare-block"];

/** The parts of each preset. */
export const PRESET_PARTS: Readonly<Record<LockoutPreset, readonly LockoutPart[]>> = {
  sessions: SESSIONS,
  suspend: SUSPEND,
  full: LOCKOUT_PARTS,
};

/** What Zoom showed of the person when the plan was made. */
const seen = z.strictObject({
  /** The role that administers something, where the person has one. */
  role: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  /** Whether a password of Zoom's own opens the account. */
  hasPassword: z.boolean(),
  /** Whether they sign in by single sign-on; absent where Zoom did not say. */
  hasSso: z.boolean().optional(),
  /** Whether they own the Zoom account: Zoom deactivates no owner. */
  isOwner: z.literal(true).optional(),
});

export const lockoutFields = z.strictObject({
  parts: z.array(z.enum(LOCKOUT_PARTS)).min(1, "Choose at least one step."),
  reason: z.string().trim().min(1).max(1_000),
  ticket: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  seen,
});
export type LockoutFields = z.output<typeof lockoutFields>;
