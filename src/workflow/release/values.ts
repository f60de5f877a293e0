/** One value that a step of a release changes, as its plan shows it and as it is now; absent where there is none. */
export interface ValueNow {
  /** By which it can be left out of what is sent. */
  key: string;
  title: string;
  before: string | undefined;
  after: string;
  now: string | undefined;
  /** The plan could not say what was there, so whoever approved it approved it whatever that is. */
  isBeforeUnknown?: true;
  /** Where words do not tell it, because two things can have the same name. */
  isDone?: boolean;
}

/** What a step of a release would change. */
export interface ReleaseValues {
  values: ValueNow[];
  /** The input of the call that leaves these values out. */
  without(keys: ReadonlySet<string>): Record<string, unknown>;
}

/** A value of the vendor's as a plan shows it. */
export function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a value was right before and right after an earlier step of the same release was sent. */
export interface OwnChange {
  from: string | undefined;
  to: string | undefined;
}

/**
 * How a value stands to its plan: as it should be already, as it was when the plan was made, or otherwise.
 * @param own what earlier steps of the same release changed of it, in their order: that is nobody else's doing
 */
export function stateOfValue(
  { before, after, now, isBeforeUnknown, isDone = now === after }: ValueNow,
  own: readonly OwnChange[],
): "done" | "as_planned" | "changed" {
  if (isDone) return "done";
  const planned = new Set([before]);
  for (const change of own) if (planned.has(change.from)) planned.add(change.to);
  return isBeforeUnknown === true || planned.has(now) ? "as_planned" : "changed";
}

/** What is there now where someone changed it, and what was there before. */
export function changedSentence({ title, before, now }: ValueNow): string {
  return `${title} is ${now ?? "not there"} now, and was ${before ?? "not there"} when this was asked for: somebody changed it since.`;
}
