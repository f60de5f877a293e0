import type { KnownBlock } from "@slack/types";
import type { Plan } from "../../src/plan/plan.ts";

/** What a message needs to know of a request. The state is the stored one, never guessed from events. */
export interface RequestSummary {
  id: string;
  plan: Plan;
  requesterId: string;
  state: string;
  decision: {
    kind: "allowed" | "needs_approval";
    because: string;
    rules: { description: string; stages?: readonly unknown[] }[];
    /** Why it cannot be approved as things are, as a sentence. */
    unmet?: string;
    /** What else waited or ran about the same person when it was requested. */
    alsoOpen?: { title: string; state: string; link?: string }[];
    /** What could not be checked, as one sentence. */
    unchecked?: string;
    skipped?: { description: string }[];
    /** Slack ids of those who may approve, as far as they are known. */
    approvers?: string[];
    /** Those of them whose approval would count; all of them in requests that are older. */
    able?: string[];
    /** Those who were written to before it was changed. */
    informed?: string[];
  };
  channel: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** The request in whose thread this one is told. */
  threadOf?: string;
}

/** One Slack message: blocks, and the same told as text for notifications and screen readers. */
export interface MessageContent {
  text: string;
  blocks: KnownBlock[];
}
