/** How many requests in any window of this many milliseconds. */
export interface RateLimit {
  requests: number;
  window: number;
}

/** When calls may go, by what went before. It only counts; the caller says what time it is, and waits. */
export interface RateWindow {
  /** The first moment at which the next call of this priority may go, unless another one goes before it. */
  dueAt(priority: number): number;
  /** Counts a call that goes now, which must not be before it is due, nor before a call that was counted. */
  count(priority: number, now: number): void;
}
