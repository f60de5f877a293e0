/**
 * How long a submission may be checked before the modal says so: Slack gives up after 3 s, and a form that it gave up
 * on would lose what was typed.
 */
const CHECK_MILLISECONDS = 2_200;

/** What a check resolves to in time for Slack; undefined when it takes longer, and then it goes on by itself. */
export async function withinAck<Value>(work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), CHECK_MILLISECONDS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Acknowledges a press once its work is over, so that nobody believes to have done what was lost with the process: Slack
 * shows an error at a press that nobody acknowledged. Where the work takes longer than Slack waits, the person is told.
 * @param stillWorking tells the person; where that fails, the work goes on all the same
 * @throws what the work throws, once the press is acknowledged
 */
export async function ackAfter<Value>(
  ack: () => Promise<unknown>,
  work: Promise<Value>,
  stillWorking: () => Promise<unknown>,
): Promise<Value> {
  try {
    const early = await withinAck(work.then((value) => ({ value })));
    if (early !== undefined) return early.value;
  } finally {
    await ack();
  }
  await stillWorking().catch(() => undefined);
  return work;
}

/** What the person is told whose press takes longer. */
export const STILL_WORKING =
  ":hourglass: Still working on it. It counts only once you are told so, or the thread shows it.";
