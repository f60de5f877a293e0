/** One person, with every id that was found and how. All of it is covered by the hash that approvals bind to. */
export interface Target {
  /** The person's e-mail: Unicode NFKC, trimmed, lower-case. */
  email: string;
  /** What to call the person in messages: the Slack name without invisible characters, or the e-mail. */
  name: string;
  slackId?: string;
  zoomUserId: string;
  /** The e-mail exactly as Zoom has it. */
  zoomEmail: string;
  /** Absent when Cloudflare Access is not set up or has no user with exactly this e-mail. */
  cloudflareUserId?: string;
  /** One sentence for each place that was asked: what it knew, for the preview and the audit trail. */
  found: string[];
}
