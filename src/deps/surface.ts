import type { Refusal } from "./refusal.ts";

/** What every surface may reach. */
export interface SurfaceDeps {
  /** The channel where requests and their threads appear. */
  channel: string;
  /** Whether Cloudflare Access can be revoked here at all. */
  cloudflareConfigured: boolean;
  /** Whether someone can be signed out of Slack here at all. */
  slackSessionsConfigured: boolean;
  /** One sentence for each setting of the app that a vendor finds at fault. */
  settingFaults(): readonly string[];
  /** Whether the person could use a playbook; only to spare them a form, the submission decides. */
  mayOpen(personId: string, playbook: string): Promise<Refusal | undefined>;
  /** Whether to offer someone to break glass; the submission decides. */
  mayBreakGlass(personId: string): Promise<boolean>;
  /** Keeps a fault for the operator and returns a short reference to show to the person. */
  reportFault(where: string, error: unknown): string;
}
