/** What a person does by hand where a door stays open, and where. */
export interface ByHand {
  text: string;
  url: string;
}

/** The vendors' own consoles; `ACCOUNT` stands for the Cloudflare account. */
const ZOOM_USERS = "https://zoom.us/account/user#/";
const ZOOM_ACCOUNT = "https://zoom.us/account";
const ZOOM_LIVE = "https://zoom.us/account/metrics/livemeetings";
const CLOUDFLARE_USERS = "https://one.dash.cloudflare.com/ACCOUNT/team/users";
const CLOUDFLARE_LISTS = "https://one.dash.cloudflare.com/ACCOUNT/gateway/lists";
/** Leads whoever follows it to the members of their own organization. */
const SLACK_MEMBERS = "https://my.slack.com/admin";
const CLOUDFLARE_DEVICES = "https://one.dash.cloudflare.com/ACCOUNT/team/devices";

export const BY_HAND = {
  "zoom-sign-in": { text: "Deactivate the user in Zoom's user management.", url: ZOOM_USERS },
  // Zoom deactivates nobody who owns the account.
  "zoom-owner-sign-in": {
    text: "They own the Zoom account, and Zoom deactivates no owner. Reset their password and sign them out of all devices in Zoom's user management now. Hand the account to somebody else in Zoom's account profile, or have Zoom's support do it, then press “Retry what failed”.",
    url: ZOOM_ACCOUNT,
  },
  "zoom-sessions": { text: "Sign the user out of all devices in Zoom's user management.", url: ZOOM_USERS },
  "zoom-meetings": { text: "End the meeting on Zoom's dashboard.", url: ZOOM_LIVE },
  "zoom-password": { text: "Reset the password in Zoom's user management.", url: ZOOM_USERS },
  "cloudflare-sign-in": { text: "Add the e-mail to the block list in Zero Trust.", url: CLOUDFLARE_LISTS },
  "cloudflare-sessions": { text: "Revoke the user in Zero Trust.", url: CLOUDFLARE_USERS },
  "cloudflare-devices": { text: "Revoke the devices in Zero Trust.", url: CLOUDFLARE_DEVICES },
  "zoom-account": { text: "Look for them by name in Zoom's user management.", url: ZOOM_USERS },
  "cloudflare-account": { text: "Look for them by name in Zero Trust.", url: CLOUDFLARE_USERS },
  "slack-account": { text: "Look for them by name among Slack's members.", url: SLACK_MEMBERS },
  "slack-sessions": {
    text: "Sign the person out of Slack in the organization's settings, under “People”, “Members”.",
    url: SLACK_MEMBERS,
  },
} as const satisfies Record<string, ByHand>;

/** The same for the Cloudflare account that is set up. */
export function byHandIn(name: keyof typeof BY_HAND, accountId: string | undefined): ByHand {
  const { text, url } = BY_HAND[name];
  return {
    text,
    url: accountId === undefined ? url.replace(/\/ACCOUNT.*$/, "") : url.replace("ACCOUNT", accountId),
  };
}
