import type { z } from "zod";
import type { Risk } from "../catalogue/operation.ts";
import type { Target } from "../target/target.ts";

/** One field that a step changes, in words for the person who approves. */
export interface PlannedChange {
  title: string;
  /** What is there now; absent where the vendor does not show it. */
  before?: string;
  after: string;
}

/** One planned vendor call: the operation, its input, and what must have ended before it. */
export interface PlanStep {
  /** Unique in the plan and stable, e.g. `deactivate`; events and messages are named after it. */
  id: string;
  /** What it does, as a person would say it: `Deactivate the Zoom user`. */
  title: string;
  operation: string;
  input: Record<string, unknown>;
  /** Ids of steps that must have ended, in whatever way, before this one starts. */
  after: string[];
  /** Ids of steps that must have ended `verified`; otherwise this one is skipped and nothing is sent. */
  requires: string[];
  /** The read keeps what it saw, so that the change can be undone, and confirms who the user is. */
  isSnapshot?: boolean;
  /** What it changes, where that is more than the title says. */
  changes?: PlannedChange[];
  /**
   * Paths of the input at which a placeholder stands: secrets and files are kept apart, sealed, until the step runs.
   */
  kept?: string[];
  /** Why it is no fault when the vendor does not know the person: the sentence to show. */
  goneIsFine?: string;
  /**
   * The field takes what the vendor lists as the person's own when the step runs: one call for each, or one call for
   * all. Its value is absent in `input`. Where nothing is listed, nothing is sent.
   */
  chosen?: {
    path: string;
    how: "each" | "all";
    /** Steps after whose answer it is listed once more, and what has come since is sent too. */
    againAfter?: string[];
  };
  /** Paths of the input that are generated at random when the step is sent, and kept nowhere. */
  generated?: string[];
  /** Seconds that it waits once those before it have been answered. */
  delaySeconds?: number;
  /** Seconds after which those that wait for its answer go on without it. */
  patienceSeconds?: number;
  /** Why it is not known to be done where the vendor accepts it: the rest of a sentence. */
  doubt?: string;
  /** Where the playbook knows better than the operation how grave it is. */
  risk?: Risk;
  /** What a read must not find, so that the step is good. */
  expects?: Expectation;
}

/** No session is open; nobody signed in since the run began; no device is registered. */
export type Expectation = "no-sessions" | "no-sign-ins" | "no-devices";

/** What a playbook must know of the configuration to write its steps. */
export interface PlaybookSettings {
  cloudflareAccountId?: string;
  cloudflareZoneIds: readonly string[];
  /** What zones are called, by their ids; a zone whose name is not known goes by its id. */
  cloudflareZoneNames?: ReadonlyMap<string, string>;
  /** The Gateway list whose people every Access policy denies. */
  cloudflareBlockListId?: string;
  /** Seconds after which a lockout revokes once more, to catch a sign-in that raced; 45 by default. */
  revokeAgainSeconds?: number;
  /** The Slack workspace, where the administration of Slack is set up: without it nobody is signed out of Slack. */
  slackTeamId?: string;
}

/** A named list of steps, made from what someone filled in and the person it is about. */
export interface Playbook<Fields> {
  name: string;
  title: string;
  fields: z.ZodType<Fields>;
  steps(fields: Fields, target: Target, playbookSettings: PlaybookSettings): PlanStep[];
}
