/** Whose API an operation is part of. */
export type Vendor = "zoom" | "cloudflare" | "slack";

/** What a vendor is called. */
export const VENDOR_NAMES: Readonly<Record<Vendor, string>> = {
  zoom: "Zoom",
  cloudflare: "Cloudflare",
  slack: "Slack",
};
