import type { Known } from "../../src/catalogue/known.ts";

/** Sam, as far as anything is known of anybody. */
export const known: Known = {
  email: "sam@example.com",
  zoomUserId: "sam-zoom-id",
  cloudflareUserId: "sam-access-id",
  cloudflareAccountId: "the-account",
  cloudflareZoneIds: ["the-zone"],
  slackUserId: "U0SAM",
  slackTeamId: "T0WORKSPACE",
  zoomPlan: "pro",
};

/** The app's settings, with nobody found. */
export const nobody: Known = { cloudflareZoneIds: [], zoomPlan: "pro" };

/** Answers that no vendor gives, and that none must be able to break anything with. */
export const strangeOutputs: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  "text",
  [],
  {},
  [null],
  [[]],
  [{}],
  [{ id: 7, uid: {}, name: [], expiration: -1e300, metadata: { apps: [] } }],
  { id: "sam-zoom-id", email: "sam@example.com" },
  { email: 1, status: {}, type: "2", role_id: [], login_types: "101" },
  { assistants: {}, schedulers: [null], meetings: "none", roles: [{ id: 1 }], domains: [7] },
  { domains: [{ domain: 7 }, { domain: null }, {}] },
  { in_meeting: { virtual_background_settings: { files: [3] } } },
];
