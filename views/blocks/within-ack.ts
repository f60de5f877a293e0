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
