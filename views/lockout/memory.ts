/** What an open form of a lockout remembers; it decides nothing. */
export interface LockoutMemory {
  /** The lockout in whose thread others are locked out. */
  threadOf?: string;
  /** Whom the form shows facts of, as they were entered. */
  shown?: string;
}

/** What a form remembers; nothing where that is not ours. */
export function readMemory(text: string): LockoutMemory {
  try {
    const { threadOf, shown } = JSON.parse(text) as Record<string, unknown>;
    return {
      threadOf: typeof threadOf === "string" ? threadOf : undefined,
      shown: typeof shown === "string" ? shown : undefined,
    };
  } catch {
    return {};
  }
}
