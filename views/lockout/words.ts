import type { LockoutPart, LockoutPreset } from "../../src/playbook/lockout-fields.ts";
import type { Option } from "../blocks/inputs.ts";

/** What is filled in so that one press is enough; whoever has a moment says more. */
export const USUAL_REASON = "Suspected account takeover";

export const PRESET_CHOICES: readonly (Option & { value: LockoutPreset })[] = [
  { value: "full", label: "Full lockout", description: "Every door: accounts, sessions, devices, password" },
  { value: "suspend", label: "Suspend", description: "No sign-in, no sessions. Devices and password stay" },
  { value: "sessions", label: "Sessions only", description: "Signed out everywhere. They can sign in again" },
];

export const PART_CHOICES: readonly (Option & { value: LockoutPart })[] = [
  {
    value: "zoom-deactivate",
    label: "Zoom: deactivate the user",
    description: "An administrator's role is taken away first",
  },
  { value: "zoom-sessions", label: "Zoom: end sessions (SSO token)" },
  { value: "zoom-meetings", label: "Zoom: end live meetings" },
  {
    value: "zoom-password",
    label: "Zoom: random password",
    description: "Only where they sign in with a Zoom password",
  },
  {
    value: "cloudflare-block",
    label: "Cloudflare: block-list entry",
    description: "Keeps them from signing in again",
  },
  { value: "cloudflare-sessions", label: "Cloudflare: end sessions, twice" },
  { value: "cloudflare-devices", label: "Cloudflare: WARP devices" },
  {
    value: "slack-sessions",
    label: "Slack: end sessions",
    description: "They can sign in to Slack again",
  },
];
