import { setTimeout as sleep } from "node:timers/promises";

/**
 * What comes first, the answer or the end of the time; a vendor that hangs must not hold up the other.
 * @throws NoAnswerError when so many milliseconds have passed
 */
export async function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  const controller = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: controller.signal }).then(() => {
    throw new NoAnswerError();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    controller.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}

export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  constructor() {
    super("No answer came in time.");
  }
}
