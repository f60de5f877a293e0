/** How long someone waits for an answer, and how it is known that asking again may help. */
export interface Patience {
  milliseconds: number;
  /** Milliseconds before it may be asked again; undefined where that would not help. */
  pauseAfter: (error: unknown, attempt: number) => number | undefined;
}

export interface Waiting {
  /** Milliseconds since the epoch. */
  now: () => number;
  sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * Asks, and asks again after each pause as long as there is time.
 * @throws what the last question was answered with
 */
export async function askPatiently<Answer>(
  ask: () => Promise<Answer>,
  { milliseconds, pauseAfter }: Patience,
  { now, sleep }: Waiting,
): Promise<Answer> {
  const end = now() + milliseconds;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const pause = pauseAfter(error, attempt);
      if (pause === undefined || now() + pause >= end) throw error;
      await sleep(pause);
    }
  }
}
