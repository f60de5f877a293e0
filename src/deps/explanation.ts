import type { RequestState } from "../request/request.ts";
import type { ActResult } from "./decision.ts";
import type { EnteredTarget } from "./person.ts";
import type { Refusal } from "./refusal.ts";

/** One line of a list of requests. */
export interface RequestLine {
  id: string;
  title: string;
  target: string;
  state: RequestState;
  createdAt: Date;
  requesterId: string;
  /** Until when it can be decided or reviewed, while it waits. */
  dueAt?: Date;
  /** Its message in Slack, once it is posted. */
  link?: string;
}

/** What `/deadbolt requests` lists. */
export interface RequestLists {
  /** What the person can approve or deny now, and reviews that they can close; undefined where Slack did not answer. */
  forMe?: { decisions: RequestLine[]; reviews: RequestLine[] };
  /** What the person asked for, newest first. */
  own: RequestLine[];
}

/** Why someone may or may not have something done, in plain sentences about them. */
export interface ExplanationLines {
  /** What was asked about, as people call it. */
  title: string;
  verdict: "allowed" | "needs_approval" | "denied";
  lines: string[];
}

export type ExplainResult =
  | { kind: "explained"; explanation: ExplanationLines }
  | { kind: "refused"; refusal: Refusal };

/** The answers of `/deadbolt`. */
export interface DeadboltDeps {
  /**
   * Why a person may or may not have a playbook or an operation run. Everyone may ask about themselves; about
   * others only those who hold a role themselves.
   * @param asked what: the name of a playbook or an operation; target: about whom, anybody without it
   */
  explain(
    askerId: string,
    personId: string,
    asked: { what: string; target?: EnteredTarget },
  ): Promise<ExplainResult>;
  requestsOf(personId: string): Promise<RequestLists>;
  /** Gives someone back the power to ask and approve that a request took from them. */
  restorePower(askerId: string, personId: string, reason: string): Promise<ActResult>;
}
