/** Switches of the pretend Slack; changed in place, they count from the next call on. */
export interface SlackSwitches {
  /** Whether the published limits are enforced. */
  rateLimits: boolean;
  /** Calls in any sixty seconds by method, e.g. 20 of `usergroups.list`; enforced whatever `rateLimits` says. */
  readonly callsAMinute: Map<string, number>;
  /** The error with which every call with a token is refused, e.g. `token_revoked`; take it out to give the token back. */
  readonly refusedTokens: Map<Caller, string>;
  /** The bot token is of an app that is installed on the whole organization. */
  orgWideInstall: boolean;
  /** `user_count` of groups is text, as it has been seen. */
  userCountAsText: boolean;
}

/** Whose token a call comes with. */
export type Caller = "bot" | "app" | "admin";

/** Switches that stand in nobody's way but for the published limits, where those are wanted. */
export function createSwitches(rateLimits: boolean): SlackSwitches {
  return {
    rateLimits,
    callsAMinute: new Map(),
    refusedTokens: new Map(),
    orgWideInstall: false,
    userCountAsText: false,
  };
}
