/** Where a person can have an account that takes part in a lockout. */
export const ACCOUNT_VENDORS = ["zoom", "cloudflare", "slack"] as const;
export type AccountVendor = (typeof ACCOUNT_VENDORS)[number];

/** What an account is called there. */
export const ACCOUNT_NAMES: Readonly<Record<AccountVendor, string>> = {
  zoom: "Zoom account",
  cloudflare: "Cloudflare Access account",
  slack: "Slack account",
};
