/** What an open form of a lockout remembers; it decides nothing. */
export interface LockoutMemory {
  /** The lockout in whose thread others are locked out. */
  threadOf?: string;
  /** Whom the form shows facts of, as they were entered. */
  shown?: string;
  /** For whom, as they were entered, the form offers others. */
  offeredFor?: string;
}

/** What a form remembers; nothing where that is not ours. */
export function readMemory(text: string): LockoutMemory {
  try {
    const { threadOf, shown, offeredFor } = JSON.parse(text) as Record<string, unknown>;
    return {
      threadOf: typeof threadOf === "string" ? threadOf : undefined,
      shown: typeof shown === "string" ? shown : undefined,
      offeredFor: typeof offeredFor === "string" ? offeredFor : undefined,
    };
  } catch {
    return {};
  }
}
