/**
 * What comes first, the answer or the end of the time; a vendor that hangs must not hold up the other.
 * @throws NoAnswerError when so many milliseconds have passed
 */
export async function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NoAnswerError()), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  constructor() {
    super("No answer came in time.");
  }
}
