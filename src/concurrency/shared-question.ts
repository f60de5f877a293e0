/** How many of one question are on their way at once. */
const AT_ONCE = 2;
/** How long someone waits for one of those to be answered: whoever hangs must not be waited for twice. */
const LONGEST_MILLISECONDS = 250;

/**
 * A question that many ask at the same moment, and that is answered but so often in a minute. Those who ask in one round
 * of the event loop share it, and so do those who ask while too many are on their way, and share the next one: each
 * answer was asked for after they asked, so none is older than what they would have got by asking alone.
 * @returns asks; rejects for all who share it with what the question was rejected with
 */
export function createSharedQuestion<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let onTheWay = 0;
  let waiting: PromiseWithResolvers<Answer> | undefined;
  let late: NodeJS.Timeout | undefined;

  function sendNext(): void {
    clearTimeout(late);
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) send().then(next.resolve, next.reject);
  }

  async function send(): Promise<Answer> {
    onTheWay += 1;
    try {
      return await ask();
    } finally {
      onTheWay -= 1;
      sendNext();
    }
  }

  return async () => {
    if (waiting === undefined) {
      waiting = Promise.withResolvers<Answer>();
      if (onTheWay < AT_ONCE) setImmediate(sendNext);
      else late = setTimeout(sendNext, LONGEST_MILLISECONDS);
    }
    return waiting.promise;
  };
}
