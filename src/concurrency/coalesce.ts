/**
 * Work about one thing that is asked for again while it is waited for or done is done once for all who asked: each asks
 * for a look that begins after they asked.
 * @param pause waited for before each time, so that more can ask
 */
export function createGathered<Subject extends { key: string }>(
  work: (subject: Subject) => Promise<void>,
  pause: () => Promise<unknown>,
): (subject: Subject) => Promise<void> {
  const waiting = new Map<string, Promise<void>>();
  const atWork = new Map<string, Promise<unknown>>();

  async function next(subject: Subject): Promise<void> {
    await pause();
    await atWork.get(subject.key)?.catch(() => undefined);
    // From now on who asks is too late for this time.
    waiting.delete(subject.key);
    const mine = work(subject);
    atWork.set(subject.key, mine);
    try {
      await mine;
    } finally {
      if (atWork.get(subject.key) === mine) atWork.delete(subject.key);
    }
  }

  return async (subject) => {
    const soon = waiting.get(subject.key) ?? next(subject);
    waiting.set(subject.key, soon);
    await soon;
  };
}
