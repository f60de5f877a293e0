/** What a promise resolves to, or undefined when it takes longer than so many milliseconds. Its failures are its own. */
export async function atMost<Value>(
  milliseconds: number,
  promise: Promise<Value>,
): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What comes first, the answer or the end of the time; a vendor that hangs must not hold up the other.
 * @throws NoAnswerError when this many milliseconds have passed
 */
export async function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  const answer = await atMost(
    milliseconds,
    work.then((value) => ({ value })),
  );
  if (answer === undefined) throw new NoAnswerError();
  return answer.value;
}

export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  constructor() {
    super("No answer came in time.");
  }
}
